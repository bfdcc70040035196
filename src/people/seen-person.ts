import type { Whom } from '../huntflow/person.ts';
import type { NameIndex } from './name-index.ts';

/** Whom an event is about, ready to be kept: nothing has to be hashed where the database is written. */
export interface SeenPerson {
  readonly applicant: string;
  /** A Profile as JSON; null: the event says nothing of the person but the id. */
  readonly profile: string | null;
  readonly digest: number | null;
  readonly terms: readonly number[];
  /** The key that the profile and the event are sealed with; undefined: nothing is. */
  readonly key?: number | undefined;
}

export function seenPerson({ applicant, profile }: Whom, index: NameIndex): SeenPerson {
  const terms = index.termsOf(profile);
  return terms.length === 0
    ? { applicant, profile: null, digest: null, terms }
    : { applicant, profile: JSON.stringify(profile), digest: index.digestOf(profile), terms };
}
