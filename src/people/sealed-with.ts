import { randomInt } from 'node:crypto';

/** The key that something is sealed with, and whose it is: looked at again where the row is written. */
export interface SealedWith {
  /** Of the key. */
  readonly number: number;
  /** A row of people; null: nobody's. */
  readonly person: number | null;
  /** `2026-11`: the key of what is about nobody. */
  readonly month: string | null;
}

/** Without the key itself. */
export function sealedWith({ number, person, month }: SealedWith): SealedWith {
  return { number, person, month };
}

/** What the sealed columns of a row are bound to: it tells the row from all others before the database gave it an id. */
export function newSeal(): number {
  return randomInt(1, 2 ** 47);
}
