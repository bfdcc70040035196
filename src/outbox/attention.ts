import type { Actor } from '../audit/entry.ts';
import { writeEntry } from '../audit/write-entry.ts';
import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';

const markRow = statement<{ id: number; now: number }, { id: number }>(`
  update deliveries set attention_seen_at = :now
  where id = :id and attention is not null and attention_seen_at is null returning id`);

/** A person has seen the findings of these deliveries; returns the ids of those that had any unseen ones. */
export const markSeen = new Procedure(
  'markSeen',
  async (
    transaction,
    { ids, now, actor }: { readonly ids: readonly number[]; readonly now: number; readonly actor?: Actor | undefined },
  ): Promise<number[]> => {
    const seen: number[] = [];
    for (const id of ids) seen.push(...(await markRow(transaction, { id, now })).map((row) => row.id));
    if (actor !== undefined && seen.length > 0)
      await writeEntry(transaction, actor, { action: 'seen', on: seen.map((id) => `delivery/${id}`), now });
    return seen;
  },
);
