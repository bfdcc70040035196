import type { Actor } from '../audit/entry.ts';
import { writeEntry } from '../audit/write-entry.ts';
import type { Transaction } from '../database/connection.ts';
import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';
import type { Text } from '../text.ts';

export interface ForgetWish {
  /** Rows of one person. */
  readonly people: readonly number[];
  readonly scope: string;
  readonly applicants: readonly string[];
  /** Names of stored files that only this person's records name. */
  readonly files: readonly string[];
  readonly actor: Actor;
  readonly now: number;
}

/** What keeps somebody from being forgotten now. */
export interface Unfinished {
  readonly unmapped: number;
  readonly pending: readonly number[];
  readonly sending: number;
  readonly dead: readonly number[];
}

export type Marked =
  | { readonly done: true; readonly forgetting: number }
  | { readonly done: false; readonly why: Text };

const lockPerson = statement<{ person: number }, { id: number }>({
  sqlite: 'select id from people where id = :person and forgotten_at is null',
  postgres: 'select id from people where id = :person and forgotten_at is null for update',
});
const selectKin = statement<{ person: number }, { id: number }>(`
  select id from people where merged_into = :person and forgotten_at is null
  union all
  select merged_into as id from people where id = :person and merged_into is not null`);
const selectUnmapped = statement<{ person: number }, { id: number }>(
  `select id from events where person = :person and state = 'received' limit 1000`,
);
const selectOpen = statement<{ person: number }, { id: number; state: 'pending' | 'dead'; leased: number }>(`
  select deliveries.id, deliveries.state,
    case when lanes.head = deliveries.pos and lanes.lease_until > 0 then 1 else 0 end as leased
  from deliveries left join lanes on lanes.id = deliveries.lane_id
  where deliveries.person = :person and deliveries.state in ('pending', 'dead')`);
const mark = statement<{ person: number; now: number }>(
  'update people set forgotten_at = :now where id = :person and forgotten_at is null',
);
const insertForgetting = statement<
  { scope: string; applicants: string; people: string; files: string; by: string; now: number },
  { id: number }
>(`
  insert into forgettings (scope, applicants, people, files, "by", marked_at)
  values (:scope, :applicants, :people, :files, :by, :now) returning id`);

/**
 * False: one of them is forgotten already, or somebody else was merged with them since they were looked up. Nobody
 * writes about them until the transaction ends.
 */
export async function lockPeople(transaction: Transaction, people: readonly number[]): Promise<boolean> {
  for (const person of people.toSorted((a, b) => a - b))
    if ((await lockPerson(transaction, { person })).length === 0) return false;
  for (const person of people)
    if ((await selectKin(transaction, { person })).some(({ id }) => !people.includes(id))) return false;
  return true;
}

export async function unfinishedOf(transaction: Transaction, people: readonly number[]): Promise<Unfinished> {
  const found = { unmapped: 0, pending: new Array<number>(), sending: 0, dead: new Array<number>() };
  for (const person of people) {
    found.unmapped += (await selectUnmapped(transaction, { person })).length;
    for (const { id, state, leased } of await selectOpen(transaction, { person })) {
      if (leased === 1) found.sending += 1;
      else found[state].push(id);
    }
  }
  return found;
}

/**
 * From the commit on the person is nobody any more: whatever comes is about somebody new, with a key of their own.
 * Deliveries that are not under way are closed by whoever calls, in the same transaction.
 */
export async function markForgotten(transaction: Transaction, wish: ForgetWish): Promise<Marked> {
  const { people, scope, applicants, files, actor, now } = wish;
  for (const person of people) await mark(transaction, { person, now });
  const [row] = await insertForgetting(transaction, {
    scope,
    applicants: JSON.stringify(applicants),
    people: JSON.stringify(people),
    files: JSON.stringify(files),
    by: actor.who,
    now,
  });
  if (row === undefined) throw new Error('the database returned no id for a forgetting');
  await writeEntry(transaction, actor, {
    action: 'forget',
    on: [...applicants.map((applicant) => `applicant/${applicant}`), `forgetting/${row.id}`],
    now,
  });
  return { done: true, forgetting: row.id };
}

export const forgettingsLeft = statement<object, ForgettingRow>(
  'select * from forgettings where finished_at is null order by id',
);
export const forgettingOf = statement<{ id: number }, ForgettingRow>('select * from forgettings where id = :id');
const finish = statement<{ id: number; now: number; counts: string }>(
  'update forgettings set finished_at = :now, counts = :counts where id = :id',
);
const deleteOld = statement<{ before: number }>(
  'delete from forgettings where finished_at is not null and finished_at < cast(:before as bigint)',
);

export interface ForgettingRow {
  readonly id: number;
  readonly scope: string;
  readonly applicants: string;
  readonly people: string;
  readonly files: string;
  readonly by: string;
  readonly marked_at: number;
  readonly finished_at: number | null;
  readonly counts: string | null;
}

export const finishForgetting = new Procedure(
  'finishForgetting',
  async (
    transaction,
    values: { readonly id: number; readonly now: number; readonly counts: string },
  ): Promise<void> => {
    await finish(transaction, values);
  },
);

export const dropOldForgettings = new Procedure(
  'dropOldForgettings',
  async (transaction, values: { readonly before: number }): Promise<void> => {
    await deleteOld(transaction, values);
  },
);

export const forgottenBefore: Text = {
  ru: 'этот человек уже забыт, или его только что объединили с другим: повторите команду',
  en: 'this person is forgotten already, or was merged into another just now: run the command again',
};
