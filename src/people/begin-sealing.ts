import type { Transaction } from '../database/connection.ts';
import { indexed } from '../database/indexed.ts';
import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';
import { holdKey } from './hold-key.ts';
import { KeyedHash } from './keyed-hash.ts';
import { sealAsText, secretKey } from './sealed-bytes.ts';
import { hashedKey, staysAsItIs } from './seals.ts';

export interface FirstSeal {
  readonly check: string;
  /** Under which keys are hashed. */
  readonly secret: Uint8Array;
  /** The key of this month: texts of keys are sealed with it until the person of their delivery is known. */
  readonly nobody: { readonly number: number; readonly key: Uint8Array; readonly month: string };
}

const lockTables = statement<object>('lock table lanes, deliveries, once in exclusive mode');
const writeCheck = statement<{ value: string }>(
  `insert into privacy (name, value) values ('check', :value) on conflict (name) do nothing`,
);
// A long key is cut in its lane: the whole stands in the deliveries. Keys of alarms are causes, and nobody's.
const selectLanes = statement<{ after: number }, { id: number; key: string | null; scope: string | null }>(`
  select id, (select key from deliveries where lane_id = lanes.id limit 1) as key,
    (select scope from deliveries where lane_id = lanes.id limit 1) as scope
  from lanes where id > cast(:after as bigint) and key is not null and not exists (
    select 1 from deliveries where lane_id = lanes.id and mapping = 'alarms')
  order by id limit 1000`);
const deleteIdle = statement<object>('delete from lanes where head > tail and lease_until = 0');
const deleteTerms = statement<object>('delete from person_terms');
const clearDigests = statement<object>('update people set digest = null where digest is not null');
const renameLane = statement<{ id: number; key: string }>('update lanes set key = :key where id = :id');
const selectDeliveries = statement<{ after: number }, { id: number; key: string }>(`
  select id, key from deliveries
  where id > cast(:after as bigint) and key is not null and key_text is null and mapping <> 'alarms'
  order by id limit 1000`);
const renameDelivery = statement<{ id: number; key: string; text: string }>(
  'update deliveries set key = :key, key_text = :text where id = :id',
);
const selectOnce = statement<object, { mapping: string; scope: string; value: string }>(
  'select mapping, scope, value from once',
);
const renameOnce = statement<{ mapping: string; scope: string; value: string; hashed: string }>(`
  update once set value = :hashed where mapping = :mapping and scope = :scope and value = :value`);

/**
 * From here on data is sealed. Keys that name no entity get the form that they are kept in, all of them in one
 * transaction, so that what waits in a lane and what comes next stay one queue.
 */
export const beginSealing = new Procedure(
  'beginSealing',
  async (transaction, { check, secret: bytes, nobody }: FirstSeal): Promise<void> => {
    const secret = new KeyedHash(bytes);
    if (transaction.engine === 'postgres') await lockTables(transaction, {});
    await holdKey(transaction, { number: nobody.number, person: null, month: nobody.month });
    await deleteIdle(transaction, {});
    await renameLanes(transaction, secret);
    await renameDeliveries(transaction, secret, nobody);
    for (const { mapping, scope, value } of await selectOnce(transaction, {}))
      if (!staysAsItIs(value))
        await renameOnce(transaction, { mapping, scope, value, hashed: hashedKey(secret, value) });
    await deleteTerms(transaction, {});
    await clearDigests(transaction, {});
    await writeCheck(transaction, { value: check });
  },
);

async function renameLanes(transaction: Transaction, secret: KeyedHash): Promise<void> {
  for (let after = 0; ;) {
    const lanes = await selectLanes(transaction, { after });
    for (const { id, key, scope } of lanes) {
      if (key === null || scope === null || staysAsItIs(key)) continue;
      await renameLane(transaction, { id, key: indexed(`${scope}\u001f${hashedKey(secret, key)}`) });
    }
    const last = lanes.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
}

async function renameDeliveries(
  transaction: Transaction,
  secret: KeyedHash,
  { number, key }: FirstSeal['nobody'],
): Promise<void> {
  const dataKey = { number, key: secretKey(key) };
  for (let after = 0; ;) {
    const rows = await selectDeliveries(transaction, { after });
    for (const { id, key: text } of rows) {
      if (staysAsItIs(text)) continue;
      const hashed = hashedKey(secret, text);
      const place = { table: 'deliveries', column: 'key', row: hashed };
      await renameDelivery(transaction, {
        id,
        key: hashed,
        text: `~${sealAsText(dataKey, place, text)}`,
      });
    }
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
}
