import type { Expression, Focus } from 'jsonata';
import type { Json, JsonObject } from '../../../huntflow/json.ts';
import { isObject, valueAt } from '../../../huntflow/json.ts';
import { isStage } from '../../../huntflow/stage.ts';
import type { Converted, Scalar } from '../../conversions/converted.ts';
import { toInn } from '../../conversions/inn.ts';
import { toPhone } from '../../conversions/phone.ts';
import { toSnils } from '../../conversions/snils.ts';
import { FormulaFailure } from '../formula-failure.ts';
import { withFace } from '../native-face.ts';
import { candidateLink } from './candidate-link.ts';
import { htmlToText } from './html-text.ts';
import { fullName, initials } from './person-name.ts';
import { addDays, addMonths, age, daysBetween, plainDate } from './plain-date.ts';
import { transliterate } from './transliteration.ts';

type Implementation = (this: Focus, ...args: readonly Json[]) => Json | undefined;

interface OwnFunction {
  /** jsonata's notation: `-` takes the context when the argument is left out. */
  readonly signature: string;
  readonly implementation: Implementation;
}

/**
 * What HR needs and jsonata lacks. Each gives nothing for what it cannot read; `as:` of a conversion refuses instead.
 */
export const ownFunctions: Readonly<Record<string, OwnFunction>> = {
  transliterate: {
    signature: '<s-s?:s>',
    // one argument by its length: $map would hand its index to a second
    implementation: withFace(inLatin, { length: 1, source: '(text, alphabet)' }),
  },
  fullName: { signature: '<(so)-:s>', implementation: (person) => (isPerson(person) ? fullName(person) : undefined) },
  initials: { signature: '<(so)-:s>', implementation: (person) => (isPerson(person) ? initials(person) : undefined) },
  phone: { signature: '<(sn)-:s>', implementation: (value) => valueOf(value, toPhone) },
  snils: { signature: '<(sn)-:s>', implementation: (value) => valueOf(value, toSnils) },
  inn: { signature: '<(sn)-:s>', implementation: (value) => valueOf(value, toInn) },
  isStage: {
    signature: '<oa:b>',
    implementation: (stage, names) =>
      isObject(stage) && Array.isArray(names) && names.some((one) => isOneOf(stage, one)),
  },
  htmlToText: { signature: '<s-:s>', implementation: (html) => onText(html, htmlToText) },
  nfc: { signature: '<s-:s>', implementation: (text) => onText(text, (each) => each.normalize('NFC')) },
  date: { signature: '<s-:s>', implementation: (text) => onText(text, plainDate) },
  age: {
    signature: '<ss:n>',
    implementation: (birthday, day) => onText(birthday, (from) => onText(day, (on) => age(from, on))),
  },
  daysBetween: {
    signature: '<ss:n>',
    implementation: (from, to) => onText(from, (start) => onText(to, (end) => daysBetween(start, end))),
  },
  addDays: {
    signature: '<sn:s>',
    implementation: (date, days) =>
      onText(date, (start) => (typeof days === 'number' ? addDays(start, days) : undefined)),
  },
  addMonths: {
    signature: '<sn:s>',
    implementation: (date, months) =>
      onText(date, (start) => (typeof months === 'number' ? addMonths(start, months) : undefined)),
  },
};

function inLatin(text: Json | undefined, alphabet: Json | undefined): string | undefined {
  if (alphabet !== undefined && alphabet !== 'icao' && alphabet !== 'gost')
    throw new FormulaFailure(
      '$transliterate знает алфавиты icao и gost',
      '$transliterate knows the alphabets icao and gost',
    );
  return typeof text === 'string' ? transliterate(text, alphabet ?? 'icao') : undefined;
}

/** `$candidateLink()` needs to know the event and the configured template. */
export function registerFunctions(formula: Expression, linkTemplate: string | undefined): void {
  for (const [name, { implementation, signature }] of Object.entries(ownFunctions))
    formula.registerFunction(name, implementation, signature);
  formula.registerFunction(
    'candidateLink',
    function (this: Focus) {
      const view: JsonObject = this.environment.lookup('$');
      return candidateLink(linkTemplate, view);
    },
    '<:s>',
  );
}

function isOneOf(stage: JsonObject, one: Json): boolean {
  return (
    (typeof one === 'string' || typeof one === 'number') && isStage(one, valueAt(stage, 'id'), valueAt(stage, 'name'))
  );
}

function isPerson(value: Json | undefined): value is string | JsonObject {
  return typeof value === 'string' || isObject(value);
}

function onText<T>(value: Json | undefined, use: (text: string) => T): T | undefined {
  return typeof value === 'string' ? use(value) : undefined;
}

function valueOf(value: Json | undefined, convert: (value: Json) => Converted): Scalar | undefined {
  if (value === undefined) return undefined;
  const result = convert(value);
  return result.ok ? result.value : undefined;
}
