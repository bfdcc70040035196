import type { Text } from '../text.ts';
import { isObject } from './json.ts';
import type { Json, JsonObject } from './json.ts';

/** Levels of objects and lists in one another; real webhooks have about ten, `full_path` and custom fields included. */
export const depthLimit = 500;

export type BodyReading = { readonly ok: true; readonly body: JsonObject } | { readonly ok: false; readonly text: Text };

/** The raw bytes of a webhook to a JSON object, or a sentence that says what is wrong and quotes nothing. */
export function readBody(bytes: Uint8Array): BodyReading {
  if (bytes.length === 0) return fault('тело запроса пустое', 'the body is empty');
  if (isTooDeep(bytes)) {
    return fault(`вложенность JSON больше ${depthLimit} уровней`, `the JSON is nested more than ${depthLimit} levels deep`);
  }
  const text = decoded(bytes);
  if (text === undefined) return fault('тело запроса не в кодировке UTF-8', 'the body is not UTF-8');
  if (text.trim() === '') return fault('тело запроса пустое', 'the body is empty');
  const value = parsed(text);
  if (value === undefined) return fault('тело запроса не разбирается как JSON', 'the body is not valid JSON');
  if (isObject(value)) return { ok: true, body: value };
  const [ru, en] = kindOf(value);
  return fault(`нужен объект JSON, а в теле запроса ${ru}`, `a JSON object is needed, and the body is ${en}`);
}

function fault(ru: string, en: string): BodyReading {
  return { ok: false, text: { ru, en } };
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes); // takes a leading byte order mark off
  } catch {
    return undefined;
  }
}

/** The parser's own message quotes the body, so it goes no further. */
function parsed(text: string): Json | undefined {
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
    case 'string': return ['текст', 'a text'];
    case 'number': return ['число', 'a number'];
    default: return ['логическое значение', 'a boolean'];
  }
}

const quote = 0x22;
const backslash = 0x5c;

/** Counts brackets outside of texts before anything is parsed; all its bytes are ASCII, so UTF-8 cannot hide one. */
function isTooDeep(bytes: Uint8Array): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (inText) {
      if (byte === backslash) at += 1;
      else if (byte === quote) inText = false;
    } else if (byte === quote) inText = true;
    else if (byte === 0x7b || byte === 0x5b) { // { [
      depth += 1;
      if (depth > depthLimit) return true;
    } else if (byte === 0x7d || byte === 0x5d) depth -= 1; // } ]
  }
  return false;
}
