import type { EntityName } from '../../src/adapter.ts';
import { objectKey } from './object-key.ts';

/**
 * The token that a text field carries so that an object can be found by it. `{check}` is the first 8 digits of the
 * Ref_Key
 * we give, so that no token is the beginning of another and scope, role and set are covered.
 */
export function markerOf(template: string, scope: string, entity: EntityName): string {
  const key = objectKey(scope, entity);
  const parts: Readonly<Record<string, string>> = {
    scope,
    kind: entity.kind,
    id: String(entity.id),
    role: entity.role ?? '',
    key,
    check: key.slice(0, 8),
  };
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => parts[name] ?? whole);
}

/** The largest id of this kind among the tokens of a text; Huntflow's ids rise with time. */
export function markedId(template: string, kind: string, text: string): bigint | undefined {
  const parts: Readonly<Record<string, string>> = {
    kind: escaped(kind),
    id: String.raw`(\d+)`,
    check: '[0-9a-f]{8}',
    key: '[0-9a-f-]{36}',
  };
  const pattern = template
    .split(/\{(\w+)\}/)
    .map((part, at) => (at % 2 === 0 ? escaped(part) : (parts[part] ?? '.*?')))
    .join('');
  const ids = [...text.matchAll(new RegExp(pattern, 'gu'))].map(([, id = '0']) => BigInt(id));
  return ids.reduce<bigint | undefined>((most, id) => (most === undefined || id > most ? id : most), undefined);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}

/** The text with the token, which stays where it is when the text has it already. */
export function withMarker(text: string, marker: string): string {
  if (text.includes(marker)) return text;
  return text.trim() === '' ? marker : `${text.trimEnd()} ${marker}`;
}
