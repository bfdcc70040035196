/** The key that something is sealed with, and whose it is: looked at again where the row is written. */
export interface SealedWith {
  /** Of the key. */
  readonly number: number;
  /** A row of people; null: nobody's. */
  readonly person: number | null;
  /** `2026-11`: the key of what is about nobody. */
  readonly month: string | null;
}
