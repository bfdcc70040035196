import type { Transaction } from '../database/connection.ts';
import { statement } from '../database/statement.ts';

const selectRoot = statement<{ scope: string; applicant: string }, { root: number }>(`
  select coalesce(merged_into, id) as root from people
  where applicant = :applicant and scope = :scope and forgotten_at is null`);

const pointTo = statement<{ root: number; survivor: number }>(
  'update people set merged_into = :survivor where id = :root or merged_into = :root',
);

/**
 * Huntflow merged one applicant into another: from now on both are one person, with the events, the keys and the names
 * of both. Whoever stands for somebody is never merged itself, so that one look finds all of a person.
 */
export async function mergePeople(
  transaction: Transaction,
  merged: { readonly scope: string; readonly removed: string; readonly survivor: string },
): Promise<void> {
  const { scope } = merged;
  const [removed] = await selectRoot(transaction, { scope, applicant: merged.removed });
  const [survivor] = await selectRoot(transaction, { scope, applicant: merged.survivor });
  if (removed === undefined || survivor === undefined || removed.root === survivor.root) return;
  await pointTo(transaction, { root: removed.root, survivor: survivor.root });
}
