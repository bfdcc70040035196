import type { SealedWith } from '../people/sealed-with.ts';

/** What is sealed of a row beside its record. */
export interface Sealed {
  readonly seal: number;
  /** The text of a key that is kept as its hash, sealed. */
  readonly keyText: string | null;
  readonly with: SealedWith;
}
