import { Document, parse, stringify } from 'yaml';
import type { Language, Text } from '../../text.ts';
import { isMap } from '../record/template.ts';
import { expand } from './expansion.ts';
import type { Preset } from './preset.ts';

const style = { lineWidth: 120, flowCollectionPadding: true, singleQuote: true } as const;

/** The preset as a mapping file of one's own: defaults filled in, and examples where a value is needed. */
export function ejectPreset(preset: Preset, language: Language = 'en'): string {
  const values = new Map(
    preset.parameters.map((one) => [one.name, one.required ? (one.example ?? one.oneOf[0]) : one.default] as const),
  );
  const target = preset.adapter.startsWith('onec') ? 'zup' : preset.adapter;
  const head = { mapping: `${preset.name.split('/').at(-1)}-to-1c`, title: preset.title.ru };
  return `#${writtenOut(preset)[language]}\n${stringify(
    ordered({ ...head, to: target, ...written(preset, values) }),
    style,
  )}`;
}

/** The text of a mapping file with the record in place of its preset; undefined when it has none that is known. */
export function ejectMapping(
  text: string,
  presets: ReadonlyMap<string, Preset>,
  language: Language = 'en',
): string | undefined {
  const file: unknown = parse(text);
  if (!isMap(file) || typeof file['preset'] !== 'string') return undefined;
  const preset = presets.get(file['preset']);
  if (preset === undefined) return undefined;
  const given = isMap(file['with']) ? file['with'] : {};
  const values = new Map(preset.parameters.map((one) => [one.name, given[one.name] ?? one.default] as const));
  const { preset: _, with: __, when, ...rest } = file;
  const content = written(preset, values);
  const condition = bothConditions(content['when'], when);
  const merged = ordered({ ...content, ...rest, ...(condition === undefined ? {} : { when: condition }) });
  const document = new Document(merged);
  document.commentBefore = writtenOut(preset)[language];
  return document.toString(style);
}

function writtenOut({ name }: Preset): Text {
  return {
    ru: ` Выписано из ${name}: за пресетом в новых версиях больше не следует.`,
    en: ` Written out from ${name}: it no longer follows the shipped preset.`,
  };
}

function written(preset: Preset, values: ReadonlyMap<string, unknown>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(expand(preset, values).content).map(([key, value]) => [key, withoutNulls(value)]),
  );
}

/** What a parameter without a value leaves behind says nothing. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => withoutNulls(item));
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => (item === null ? [] : [[key, withoutNulls(item)]])),
  );
}

function bothConditions(preset: unknown, own: unknown): unknown {
  if (typeof preset !== 'string' || !preset.startsWith('=')) return own ?? preset;
  if (own === undefined || own === null || own === true) return preset;
  return typeof own === 'string' ? `=(${preset.slice(1)}) ? (${own.slice(1)}) : false` : own;
}

const order = ['mapping', 'title', 'on', 'when', 'to', 'key', 'order', 'once', 'record', 'tests'];

function ordered(file: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(file).toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b)));
}
