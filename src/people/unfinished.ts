import type { Transaction } from '../database/connection.ts';
import { statement } from '../database/statement.ts';
import type { Text } from '../text.ts';

/** What keeps somebody from being forgotten now. */
export interface Unfinished {
  readonly unmapped: number;
  readonly pending: readonly number[];
  readonly sending: number;
  readonly dead: readonly number[];
}

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

export const forgottenBefore: Text = {
  ru: 'этот человек уже забыт, или его только что объединили с другим: повторите команду',
  en: 'this person is forgotten already, or was merged into another just now: run the command again',
};
