import type { Database } from '../database/database.ts';
import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';
import { cancelDelivery } from '../outbox/intervene.ts';
import type { KeyRing } from '../people/key-ring.ts';
import { unfinishedOf } from '../people/unfinished.ts';
import type { Erasure } from './erasure.ts';

const selectPeople = statement<
  { after: number },
  { id: number; key: number; scope: string; applicant: string | null }
>(`
  select id, key, scope, applicant from people where id > cast(:after as bigint) and key is not null
  order by id limit 500`);
const mark = statement<{ person: number; now: number }>(
  'update people set forgotten_at = coalesce(forgotten_at, :now) where id = :person',
);
const skipEvents = statement<{ person: number; now: number }>(`
  update events set state = 'failed', finished_at = :now where person = :person and state = 'received'`);
const endLeases = statement<object>('update lanes set lease_until = 0 where lease_until > 0');

/** A person whose key is in no store: what is open is cancelled, and nobody writes about them any more. */
export const forgetLost = new Procedure(
  'forgetLost',
  async (transaction, { person, now }: { readonly person: number; readonly now: number }): Promise<number> => {
    await mark(transaction, { person, now });
    await skipEvents(transaction, { person, now });
    const { pending, dead } = await unfinishedOf(transaction, [person]);
    for (const id of [...pending, ...dead]) await cancelDelivery.run(transaction, { id, now });
    return pending.length + dead.length;
  },
);

/** Before that: nobody is at work in a copy that was just put back. */
export const endAllLeases = new Procedure('endAllLeases', async (transaction): Promise<void> => {
  await endLeases(transaction, {});
});

type KeyedPerson = Awaited<ReturnType<typeof selectPeople>>[number];

async function* lostPeople(database: Database, ring: KeyRing): AsyncGenerator<KeyedPerson> {
  for (let after = 0; ;) {
    const rows = await selectPeople(database.reads, { after });
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
    const found = await ring.findAll(rows.map(({ key }) => key));
    for (const row of rows) if (!found.has(row.key)) yield row;
  }
}

/** People whose keys are in no store, of whom the database still has something. */
export async function countLostPeople(database: Database, ring: KeyRing): Promise<number> {
  let count = 0;
  for await (const { applicant } of lostPeople(database, ring)) if (applicant !== null) count += 1;
  return count;
}

/**
 * Makes of an old copy what today's keys allow: whoever has no key any more was forgotten meanwhile, and is reduced to
 * what forgetting leaves.
 */
export async function forgetLostPeople(
  { database, ring, erasure }: { readonly database: Database; readonly ring: KeyRing; readonly erasure: Erasure },
  now: number,
): Promise<{ readonly people: number; readonly cancelled: number }> {
  const lost = { people: 0, cancelled: 0 };
  await database.call(endAllLeases, undefined);
  for await (const { id, scope, applicant } of lostPeople(database, ring)) {
    if (applicant !== null) lost.people += 1;
    lost.cancelled += await database.call(forgetLost, { person: id, now });
    await erasure.erase({ people: [id], scope, applicants: applicant === null ? [] : [applicant] });
  }
  return lost;
}
