import { parse } from 'yaml';
import type { Text } from '../../text.ts';
import { isMap } from '../record/template.ts';
import { type Parameter, parameterTypes } from './parameter.ts';

type Content = Readonly<Record<string, unknown>>;

/** A shipped record with parameters. */
export interface Preset {
  /** `zup-3.1/hire` */
  readonly name: string;
  readonly title: Text;
  readonly about: Text;
  /** The adapter whose record it is. */
  readonly adapter: string;
  readonly parameters: readonly Parameter[];
  /**
   * `on`, `when`, `key`, `once` and `record` as a mapping file would have them, with `$with.…` where parameters stand.
   */
  readonly content: Content;
}

/** From the texts of preset files, by name; `…/parts/…` are pieces that several presets share. */
export function readPresets(texts: ReadonlyMap<string, string>): ReadonlyMap<string, Preset> {
  const files = new Map([...texts].map(([name, text]) => [name, mapOf(parse(text))]));
  const presets = [...files].flatMap(([name, file]): (readonly [string, Preset])[] => {
    if (name.includes('/parts/')) return [];
    const used = new Map<string, Content>();
    const content = Object.fromEntries(
      ['on', 'when', 'key', 'once', 'record'].flatMap((key) =>
        file[key] === undefined ? [] : [[key, assembled(file[key], files, used)]],
      ),
    );
    const parameters: Content = Object.assign(
      {},
      mapOf(file['parameters']),
      ...[...used.values()].map((part) => mapOf(part['parameters'])),
      mapOf(file['parameters']),
    );
    return [
      [
        name,
        {
          name,
          title: textOf(file['title']),
          about: textOf(file['about']),
          adapter: String(file['adapter']),
          // A preset may leave out what a part would use.
          parameters: Object.entries(parameters)
            .filter(([key]) => isUsed(key, content))
            .map(([key, value]) => parameterOf(key, mapOf(value)))
            .toSorted((a, b) => Number(b.required) - Number(a.required)),
          content,
        },
      ],
    ];
  });
  return new Map(presets);
}

/** `{ part: NAME, … }` becomes the value of that part with what stands beside it laid over; `if` names a flag. */
function assembled(value: unknown, files: ReadonlyMap<string, Content>, used: Map<string, Content>): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => assembled(item, files, used));
  if (!isMap(value)) return value;
  const { part, ...over } = value;
  if (typeof part !== 'string')
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, assembled(item, files, used)]));
  const piece = files.get(part);
  if (piece === undefined) throw new Error(`there is no preset part ${part}`);
  used.set(part, piece);
  return laidOver(assembled(piece['value'], files, used), over);
}

function isUsed(parameter: string, content: Content): boolean {
  return new RegExp(String.raw`\$with\.${parameter}\b|"if":"${parameter}"`).test(JSON.stringify(content));
}

/** Maps are merged key by key, null takes a key out, anything else stands in the old one's place. */
function laidOver(under: unknown, over: unknown): unknown {
  if (!isMap(under) || !isMap(over)) return over;
  const merged = new Map(Object.entries(under));
  for (const [key, value] of Object.entries(over))
    if (value === null) merged.delete(key);
    else merged.set(key, laidOver(merged.get(key), value));
  return Object.fromEntries(merged);
}

function parameterOf(name: string, value: Content): Parameter {
  return {
    name,
    type: parameterTypes.find((type) => type === value['type']) ?? 'text',
    required: value['required'] === true,
    default: value['default'],
    oneOf: Array.isArray(value['oneOf']) ? value['oneOf'].map(String) : [],
    stage: typeof value['stage'] === 'string' ? value['stage'] : undefined,
    example: value['example'] ?? value['default'],
    about: textOf(value),
  };
}

function textOf(value: unknown): Text {
  const { ru, en } = mapOf(value);
  return { ru: String(ru), en: String(en) };
}

function mapOf(value: unknown): Content {
  return isMap(value) ? value : {};
}
