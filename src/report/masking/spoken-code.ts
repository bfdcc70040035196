import { KnownValues } from './known-values.ts';
import { maskSentence } from './mask-sentence.ts';
import { plainWord } from './known-values.ts';
import { plainWords } from './plain-words.ts';

/** What a target's answer calls the fault and the field, fit for a log. */
export interface SpokenCode {
  readonly code?: string;
  readonly field?: string;
}

const codeFields = ['code', 'error_code', 'errorCode', 'error', 'type', 'reason'] as const;
const fieldFields = ['field', 'property', 'attribute', 'param', 'parameter', 'path', 'column'] as const;

/**
 * The code and the field out of a JSON answer, wherever APIs put them (`error`, `error.code`, `errors[0].field`).
 * Words for programs only: a sentence, or anything that the record holds, is none. Never throws.
 */
export function spokenCode(text: string, record: unknown): SpokenCode {
  const answer = parsed(text);
  const known = new KnownValues(record);
  const places = [
    answer,
    at(answer, 'error'),
    first(at(answer, 'errors')),
    first(at(answer, 'details')),
    at(answer, 'odata.error'),
  ];
  const code = firstOf(places, codeFields, (word) => isCode(word, known));
  const field = firstOf(places, fieldFields, (word) => isField(word, record, known));
  return { ...(code !== undefined && { code }), ...(field !== undefined && { field }) };
}

function firstOf(
  places: readonly unknown[],
  names: readonly string[],
  fits: (word: string) => boolean,
): string | undefined {
  for (const place of places) {
    for (const name of names) {
      const value = at(place, name);
      const word = typeof value === 'number' && Math.abs(value) < 100_000 ? String(value) : value;
      if (typeof word === 'string' && fits(word)) return word;
    }
  }
  return undefined;
}

/** `unknown_department`, `E-17`, `required`: a word that no person bears. */
function isCode(word: string, known: KnownValues): boolean {
  if (!/^-?[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$/.test(word) || maskSentence(word, known) !== word) return false;
  return /[_.:\d-]|[a-z][A-Z]/.test(word) || plainWords.has(plainWord(word));
}

/** A field that the record has, or a name that only a program gives. */
function isField(word: string, record: unknown, known: KnownValues): boolean {
  if (!/^[\p{L}_][\p{L}\p{N}_ .[\]/-]{0,63}$/u.test(word)) return false;
  const last = /[^./]*$/.exec(word)?.[0] ?? word;
  return namesOf(record).has(last) || (isCode(word, known) && !word.includes(' '));
}

function namesOf(record: unknown, names = new Set<string>(), depth = 20): ReadonlySet<string> {
  if (typeof record !== 'object' || record === null || depth === 0 || names.size > 2000) return names;
  for (const [name, value] of Object.entries(record)) {
    if (!Array.isArray(record)) names.add(name);
    namesOf(value, names, depth - 1);
  }
  return names;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function at(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined;
}

function first(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : undefined;
}
