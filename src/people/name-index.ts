import { hash } from 'node:crypto';
import type { Profile } from '../huntflow/person.ts';
import { KeyedHash } from './keyed-hash.ts';
import { fullName, nameWords, plainMail, plainPhone } from './plain-name.ts';

/** What a term stands for: equal texts of two kinds are two terms. */
type Kind = 'word' | 'begin' | 'mail' | 'phone' | 'profile';

/** Terms that are remembered, of texts that are not longer than names are; some 100 bytes each. */
const most = 20_000;
const longest = 300;

/** Letters by which the beginning of a word is found. */
const beginning = 3;

/**
 * The blind index of people: each word of a name, its first three letters, mail and phone as a number of 52 bits, made
 * under a key that lies with the person keys. Without a key file there is none, and the terms are plain digests: the
 * bodies lie in clear beside them, and a key in the same database would hide nothing from whoever reads it. The form is
 * the same, so a search is the same, and a first start with a key makes the terms anew. That two people may share a
 * term costs a look at their names, and tells less about them.
 */
export class NameIndex {
  readonly #key: KeyedHash | undefined;
  /** Terms made lately: an applicant comes a dozen times, and half of all share a dozen first names. */
  readonly #made = new Map<string, number>();

  constructor(key?: Uint8Array) {
    this.#key = key && new KeyedHash(key);
  }

  /** All that a person is found by. */
  termsOf(profile: Profile): number[] {
    const words = nameWords(fullName(profile));
    const phone = profile.phone === undefined ? undefined : plainPhone(profile.phone);
    return [
      ...new Set([
        ...words.map((word) => this.word(word)),
        ...words.map((word) => this.begin(word)),
        ...(profile.mail === undefined ? [] : [this.mail(profile.mail)]),
        ...(phone === undefined ? [] : [this.#term('phone', phone)]),
      ]),
    ];
  }

  /** Another one is another profile. */
  digestOf(profile: Profile): number {
    return this.#term('profile', JSON.stringify(profile));
  }

  word(word: string): number {
    return this.#term('word', word);
  }

  /** Of a word's first three letters. */
  begin(word: string): number {
    return this.#term('begin', Array.from(word).slice(0, beginning).join(''));
  }

  mail(text: string): number {
    return this.#term('mail', plainMail(text));
  }

  /** Undefined when it is no phone. */
  phone(text: string): number | undefined {
    const phone = plainPhone(text);
    return phone === undefined ? undefined : this.#term('phone', phone);
  }

  #term(kind: Kind, text: string): number {
    const named = `${kind}\u001f${text}`;
    const made = this.#made.get(named);
    if (made !== undefined) return made;
    const term = this.#hashed(named);
    if (this.#made.size >= most) this.#made.clear();
    if (named.length <= longest) this.#made.set(named, term);
    return term;
  }

  #hashed(named: string): number {
    // At once: a Hash object costs three times as much, and an event has a dozen terms.
    const digest = this.#key === undefined ? hash('sha256', named, 'buffer') : this.#key.digest(named);
    // What both databases and JavaScript have as a whole number.
    return digest.readUIntBE(0, 6) * 16 + (digest.readUInt8(6) >> 4);
  }
}
