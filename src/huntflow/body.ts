import type { Text } from '../text.ts';
import { isObject } from './json.ts';
import type { Json, JsonObject } from './json.ts';
import { endOfText, withNumberTexts } from './number-texts.ts';

/** Levels of objects and lists in one another; real webhooks have about ten, `full_path` and custom fields included. */
export const depthLimit = 500;

/**
 * Values of one body, at most: as many numbers take 100 MB, three million lists 200. A real webhook has a few hundred.
 */
const valueLimit = 11_000_000;

export type BodyReading =
  | { readonly ok: true; readonly body: JsonObject }
  | { readonly ok: false; readonly text: Text };

/** The raw bytes of a webhook to a JSON object, or a sentence that says what is wrong and quotes nothing. */
export function readBody(bytes: Uint8Array): BodyReading {
  if (bytes.length > valueLimit && valuesOf(bytes) > valueLimit)
    return fault(`в теле запроса больше ${valueLimit} значений`, `the body has more than ${valueLimit} values`);
  if (bytes.length === 0) return fault('тело запроса пустое', 'the body is empty');
  const text = decoded(bytes);
  if (text === undefined) return fault('тело запроса не в кодировке UTF-8', 'the body is not UTF-8');
  if (text.trim() === '') return fault('тело запроса пустое', 'the body is empty');
  if (isTooDeep(text)) {
    return fault(
      `вложенность JSON больше ${depthLimit} уровней`,
      `the JSON is nested more than ${depthLimit} levels deep`,
    );
  }
  const value = parsed(text);
  if (value === undefined) return fault('тело запроса не разбирается как JSON', 'the body is not valid JSON');
  if (isObject(value)) return { ok: true, body: value };
  const [ru, en] = kindOf(value);
  return fault(`нужен объект JSON, а в теле запроса ${ru}`, `a JSON object is needed, and the body is ${en}`);
}

/** What a comma or a bracket begins; those within texts count too, which does no harm. */
function valuesOf(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if (byte === 0x2c || byte === 0x5b || byte === 0x7b) count += 1;
  return count;
}

function fault(ru: string, en: string): BodyReading {
  return { ok: false, text: { ru, en } };
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes); // takes a leading byte order mark off
  } catch {
    return undefined;
  }
}

/**
 * Sixteen digits in a row, with a point among them or not, behind what may stand before a number; or an exponent of
 * three.
 */
const longNumber = /[\s:[,]-?[\d.]{16}|\d[eE][+-]?\d{3}/;

/**
 * The parser's own message quotes the body, so it goes no further. What it does not know, NaN, is looked for only when
 * it has refused the whole.
 */
function parsed(text: string): Json | undefined {
  const whole = longNumber.test(text);
  return jsonOf(whole ? withNumberTexts(text) : text) ?? (whole ? undefined : jsonOf(withNumberTexts(text)));
}

function jsonOf(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

function kindOf(value: Json): readonly [ru: string, en: string] {
  if (value === null) return ['null', 'null'];
  if (Array.isArray(value)) return ['список', 'a list'];
  switch (typeof value) {
    case 'string':
      return ['текст', 'a text'];
    case 'number':
      return ['число', 'a number'];
    default:
      return ['логическое значение', 'a boolean'];
  }
}

/** A body has a few dozen brackets: only of one with very many do we want to know how they are nested. */
function isTooDeep(text: string): boolean {
  return countOf(text, '{') + countOf(text, '[') > depthLimit && depthOf(text) > depthLimit;
}

function countOf(text: string, bracket: string): number {
  let count = 0;
  for (let at = text.indexOf(bracket); at !== -1 && count <= depthLimit; at = text.indexOf(bracket, at + 1)) count += 1;
  return count;
}

/** Of objects and lists; looks no further than it must. */
function depthOf(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length && depth <= depthLimit; at += 1) {
    const character = text[at];
    if (character === '"') at = endOfText(text, at + 1);
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
  }
  return depth;
}
