import type { Transaction } from '../database/connection.ts';
import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';
import { eraseOnce } from './erase-once.ts';

/** What is left of one person, which goes: rows of people, and by what references and aliases name them. */
export interface Erasure {
  readonly people: readonly number[];
  readonly scope: string;
  readonly applicants: readonly string[];
  /** Rows of one transaction. */
  readonly most: number;
}

/** How many rows were erased, by what they were. */
export interface Erased {
  readonly events: number;
  readonly deliveries: number;
  readonly attempts: number;
  readonly references: number;
}

type OfPerson = { readonly person: number; readonly most: number };

const reduceEvents = statement<OfPerson, { id: number }>(`
  update events set body = null, seal = null, headers = '{}', error = null
  where id in (
    select id from events where person = :person and (body is not null or seal is not null or headers <> '{}')
    limit cast(:most as bigint))
  returning id`);
const reduceAttempts = statement<OfPerson, { id: number }>(`
  update attempts set exchanges = '[]', summary = null, warnings = '[]', seal = null
  where id in (
    select attempts.id from deliveries join attempts on attempts.delivery_id = deliveries.id
    where deliveries.person = :person
      and (exchanges <> '[]' or attempts.summary is not null or warnings <> '[]' or attempts.seal is not null)
    limit cast(:most as bigint))
  returning id`);
const reduceDeliveries = statement<OfPerson, { id: number; lane_id: number }>(`
  update deliveries set record = null, progress = null, seal = null, key = null, key_text = null, applicant = null,
    vacancy = null, last_error = null, attention = null, edit_reason = null, idempotency_key = ''
  where id in (
    select id from deliveries where person = :person and state in ('delivered', 'cancelled')
      and (record is not null or progress is not null or key is not null or applicant is not null
        or last_error is not null or attention is not null or idempotency_key <> '')
    limit cast(:most as bigint))
  returning id, lane_id`);
const deleteIdleLane = statement<{ id: number }>(
  'delete from lanes where id = :id and head > tail and lease_until = 0',
);
const deleteReferences = statement<OfPerson, { entity: string }>(`
  delete from "references" where person = :person returning entity`);
// Those of whoever came since under the same number are theirs.
const deleteNamed = statement<{ scope: string; applicant: string }, { entity: string }>(`
  delete from "references"
  where scope = :scope and kind = 'applicant' and entity = :applicant and person is null returning entity`);
const deleteAliases = statement<{ scope: string; applicant: string }>(`
  delete from aliases
  where scope = :scope and kind = 'applicant' and (entity = :applicant or survivor = :applicant)`);
const deleteTerms = statement<{ person: number }>('delete from person_terms where person = :person');
const emptyPerson = statement<{ person: number }>(
  'update people set applicant = null, profile = null, digest = null, merged_into = null where id = :person',
);

/**
 * A slice of what is kept about somebody who was marked as forgotten: rows stay without what they said. All is gone
 * when it erases nothing more.
 */
export const eraseSlice = new Procedure(
  'eraseSlice',
  async (transaction, { people, scope, applicants, most }: Erasure): Promise<Erased> => {
    const erased = { events: 0, deliveries: 0, attempts: 0, references: 0 };
    for (const person of people) {
      erased.events += (await reduceEvents(transaction, { person, most })).length;
      erased.attempts += (await reduceAttempts(transaction, { person, most })).length;
      // The rows of attempts are found by their deliveries, which say of whom they are to the end.
      const deliveries = await reduceDeliveries(transaction, { person, most });
      for (const id of new Set(deliveries.map((row) => row.lane_id))) await deleteIdleLane(transaction, { id });
      erased.deliveries += deliveries.length;
      erased.references += (await deleteReferences(transaction, { person, most })).length;
    }
    erased.references += await eraseNames(transaction, { scope, applicants });
    for (const person of people) {
      await eraseOnce(transaction, person);
      await deleteTerms(transaction, { person });
      await emptyPerson(transaction, { person });
    }
    return erased;
  },
);

async function eraseNames(
  transaction: Transaction,
  { scope, applicants }: Pick<Erasure, 'scope' | 'applicants'>,
): Promise<number> {
  let count = 0;
  for (const applicant of applicants) {
    count += (await deleteNamed(transaction, { scope, applicant })).length;
    await deleteAliases(transaction, { scope, applicant });
  }
  return count;
}
