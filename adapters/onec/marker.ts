import type { EntityName } from '../../src/adapter.ts';
import { objectKey } from './object-key.ts';

/** What means something to LIKE, which 1C turns a search in a text into. */
const patternCharacters = /[[\]_%]/g;

/**
 * The token that a text field carries so that an object can be found by it. `{check}` is the first 8 digits of the
 * Ref_Key we give, so that no token is the beginning of another and scope, role and set are covered. Free of `[ ] _ %`.
 */
export function markerOf(template: string, scope: string, entity: EntityName): string {
  return filled(template, scope, entity).replace(patternCharacters, '').trim();
}

/** Tokens as they were written before they were freed of pattern characters, where the new one is no part of them. */
export function earlierMarkers(template: string, scope: string, entity: EntityName): readonly string[] {
  const marker = markerOf(template, scope, entity);
  const [today, first] = [template, '[HF {kind} {id} {check}]'].map((one) => filled(one, scope, entity));
  return [...new Set([today ?? '', first ?? ''])].filter((one) => one !== '' && !one.includes(marker));
}

function filled(template: string, scope: string, entity: EntityName): string {
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
    kind: escaped(kind.replace(patternCharacters, '')),
    id: String.raw`(\d+)`,
    check: '[0-9a-f]{8}',
    key: '[0-9a-f-]{36}',
  };
  const pattern = template
    .replace(patternCharacters, '')
    .trim()
    .split(/\{(\w+)\}/)
    .map((part, at) => (at % 2 === 0 ? escaped(part) : (parts[part] ?? '.*?')))
    .join('');
  const plain = text.replace(patternCharacters, '');
  const ids = [...plain.matchAll(new RegExp(pattern, 'gu'))].map(([, id = '0']) => BigInt(id));
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
