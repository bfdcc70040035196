import { isObject, type Json, type JsonObject } from '../huntflow/json.ts';
import { fakeEmail, fakePhone, fakeUrl, isEmail, isPhone, isUrl } from './contact.ts';
import { earlierDate, isDate, otherDate } from './date.ts';
import { fakeInn, fakeSnils, isInn, isSnils } from './document-number.ts';
import { fakeName, guessPart, looksLikeName, type NamePart } from './name.ts';
import { below, isContact, isId, isVocabulary, namePartOf, type Place, root } from './place.ts';
import { fakeFileName, fakeText, isFileName } from './words.ts';

/**
 * A webhook body in which every personal value is replaced by an invented one of the same form. The same value becomes
 * the same fake, in this body and in any other. Texts are taken for personal unless they are known as the vocabulary of
 * Huntflow or of the organisation (log types, stages, divisions, tags, positions of vacancies); ids stay.
 */
export function fakeBody(body: JsonObject): JsonObject {
  return new BodyFaker(body).object(body, root);
}

/**
 * The words of Huntflow and of the organisation in a body, which are nobody's: types, stages, divisions, regions,
 * reasons, tags, positions of vacancies. None that holds a name of this body, an address or a number.
 */
export function vocabularyOf(body: JsonObject): ReadonlySet<string> {
  return new BodyFaker(body).vocabulary(body, root);
}

class BodyFaker {
  /** Words of names in this body, in lower case, with what part of a name they are. */
  readonly #parts = new Map<string, NamePart>();
  /** What must not show through in texts that stay. */
  readonly #personal = new Set<string>();

  constructor(body: JsonObject) {
    this.#learn(body, root);
  }

  object(object: JsonObject, place: Place): JsonObject {
    return Object.fromEntries(
      Object.entries(object).map(([key, value]) => [key, this.#value(value, below(place, key))]),
    );
  }

  vocabulary(value: Json, place: Place, words = new Set<string>()): Set<string> {
    if (Array.isArray(value)) for (const item of value) this.vocabulary(item, place, words);
    else if (isObject(value))
      for (const [key, item] of Object.entries(value)) this.vocabulary(item, below(place, key), words);
    else if (typeof value === 'string' && place.zone === 'known' && value.length <= 200)
      if (isVocabulary(place, value) && !/@|\d{5}/.test(value) && !this.#isPersonal(value)) words.add(value);
    return words;
  }

  #value(value: Json, place: Place): Json {
    if (typeof value === 'string') return this.#text(value, place);
    if (typeof value === 'number') return this.#number(value, place);
    if (Array.isArray(value)) return value.map((item) => this.#value(item, place));
    return isObject(value) ? this.object(value, place) : value;
  }

  #text(text: string, place: Place): string {
    if (text.trim() === '') return text;
    if (isVocabulary(place, text) && !this.#isPersonal(text)) return text;
    if (place.key === 'domain') return 'huntflow.example';
    return this.#fake(text, place);
  }

  #fake(text: string, place: Place): string {
    const { key } = place;
    const part = namePartOf(place);
    if (part !== undefined)
      return fakeName(text, (word) => (part === 'full' ? (this.#parts.get(word) ?? guessPart(word)) : part));
    if (isDate(text)) return place.zone === 'free' || /birth|рожд/i.test(key) ? otherDate(text) : earlierDate(text);
    if (isUrl(text)) return fakeUrl(text);
    if (isEmail(text)) return fakeEmail(text);
    if (isSnils(text, key)) return fakeSnils(text);
    if (isInn(text, key)) return fakeInn(text);
    if (isPhone(text, /phone|телефон/i.test(key))) return fakePhone(text);
    if (isFileName(text)) return fakeFileName(text);
    return looksLikeName(text) ? fakeName(text, (word) => this.#parts.get(word) ?? guessPart(word)) : fakeText(text);
  }

  /** Ids and counts stay, as they do in masks; phones, document numbers and money do not. */
  #number(value: number, place: Place): number {
    const small = Math.abs(value) < (place.zone === 'known' ? 1_000_000_000 : 1000);
    if (isId(place) || (Number.isInteger(value) && small && !/money|salary|phone|оклад|зарплата/i.test(place.key)))
      return value;
    const fake = Number(this.#fake(String(value), place).replace(/^(-?)0(?=\d)/, '$11'));
    return Number.isFinite(fake) ? fake : 0;
  }

  #isPersonal(text: string): boolean {
    const lower = folded(text);
    return (
      [...this.#personal].some((one) => lower === one || (one.length > 3 && lower.includes(one))) ||
      wordsOf(lower).some((word) => this.#personal.has(word))
    );
  }

  #learn(value: Json, place: Place): void {
    if (Array.isArray(value)) for (const item of value) this.#learn(item, place);
    else if (isObject(value)) for (const [key, item] of Object.entries(value)) this.#learn(item, below(place, key));
    else if (typeof value === 'string' || typeof value === 'number') this.#learnText(String(value), place);
  }

  #learnText(text: string, place: Place): void {
    const part = namePartOf(place);
    const personal = part !== undefined || (isContact(place) && !isVocabulary(place, text));
    if (!personal || text.trim().length < 2) return;
    this.#personal.add(folded(text.trim()));
    if (part === undefined) return;
    for (const word of wordsOf(folded(text))) {
      if (word.length > 2) this.#personal.add(word);
      if (part !== 'full') this.#parts.set(word, part);
    }
  }
}

function folded(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

function wordsOf(text: string): string[] {
  return text.match(/\p{L}[\p{L}\p{M}]*/gu) ?? [];
}
