import type { Transaction } from '../database/connection.ts';
import { statement } from '../database/statement.ts';
import { staysAsItIs } from './seals.ts';

interface OnceKey {
  readonly mapping: string;
  readonly scope: string;
  readonly value: string;
}

const selectCheck = statement<object, { name: string }>(`select name from privacy where name = 'check'`);
const selectValues = statement<{ person: number }, OnceKey>(`
  select mapping, scope, value from once where event_id in (select id from events where person = :person)`);
const deleteValue = statement<OnceKey>(
  'delete from once where mapping = :mapping and scope = :scope and value = :value',
);

/** Values of `once:` may be a mail address. Where there are keys they are hashed, and stay: so nothing is done twice. */
export async function eraseOnce(transaction: Transaction, person: number): Promise<void> {
  if ((await selectCheck(transaction, {})).length > 0) return;
  for (const row of await selectValues(transaction, { person }))
    if (!staysAsItIs(row.value)) await deleteValue(transaction, row);
}
