import type { Transaction } from '../database/connection.ts';
import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';
import { fingerprint, linkHash } from './chain.ts';
import type { Actor, AuditEntry, Deed } from './entry.ts';

// PostgreSQL: one chain for all instances, so one writes at a time; the lock goes with the transaction.
const lockChain = statement<object>('select pg_advisory_xact_lock(7044203111690247)');

const selectHead = statement<object, { seq: number; hash: string }>(
  'select seq, hash from audit order by seq desc limit 1',
);

interface Row {
  readonly seq: number;
  readonly at: number;
  readonly who: string;
  readonly place: string;
  readonly action: string;
  readonly ids: string;
  readonly hash: string;
  readonly key_id: string;
}

const insertRow = statement<Row>(`
  insert into audit (seq, at, who, place, action, ids, hash, key_id)
  values (:seq, :at, :who, :place, :action, :ids, :hash, :key_id)`);

/** Ids beyond so many are counted by the bulk that they belong to. */
const mostIds = 1000;

/**
 * The next link of the chain, in the transaction of the change that it tells of: both are there or neither. Last in its
 * transaction, for on PostgreSQL whatever else is locked after it would be locked against everybody who writes here.
 */
export async function writeEntry(
  transaction: Transaction,
  actor: Actor,
  { action, on, now }: Deed,
): Promise<AuditEntry> {
  if (transaction.engine === 'postgres') await lockChain(transaction, {});
  const [head] = await selectHead(transaction, {});
  const { who, from, key } = actor;
  const entry = { seq: (head?.seq ?? 0) + 1, at: now, who: who.slice(0, 200), from, action, on: on.slice(0, mostIds) };
  const link = { hash: linkHash(key, head?.hash ?? '', entry), key: fingerprint(key) };
  await insertRow(transaction, {
    seq: entry.seq,
    at: entry.at,
    who: entry.who,
    place: from,
    action,
    ids: JSON.stringify(entry.on),
    hash: link.hash,
    key_id: link.key,
  });
  return { ...entry, ...link };
}

/** For what changes nothing in the database, or does so elsewhere: a reveal, an export, a restore. */
export const addEntry = new Procedure(
  'addAuditEntry',
  async (transaction, { actor, deed }: { readonly actor: Actor; readonly deed: Deed }): Promise<void> => {
    await writeEntry(transaction, actor, deed);
  },
);
