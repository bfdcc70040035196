import type { Executor } from '../database/executor.ts';
import { readTextColumn } from '../database/json-column.ts';
import { sql } from 'kysely';
import type { Seals } from '../people/seals.ts';
import type { Cause } from './cause.ts';
import type { DeliveryState } from './delivery.ts';
import { mostCounted } from './open-causes.ts';
import { openReason } from './seal-words.ts';

/** What one delivery has to do with others. */
export interface DeliveryLinks {
  /** The delivery whose turn it is in its lane. */
  readonly head: number | null;
  /** Deliveries that wait behind it; counting stops at 1,001. */
  readonly behind: number;
  /** What it repeats or replaces, and what repeats or replaces it, itself included, by id. */
  readonly chain: readonly {
    readonly id: number;
    readonly state: DeliveryState;
    readonly createdAt: number;
    readonly replayOf: number | null;
    readonly editedBy: string | null;
    readonly editReason: string | null;
  }[];
  /** What its last failure has in common with others. */
  readonly cause: Pick<Cause, 'id' | 'kind' | 'code' | 'field' | 'text'> | null;
}

/** Links of a chain that are shown. */
const longestChain = 50;

export async function linksOf(executor: Executor, seals: Seals, id: number): Promise<DeliveryLinks> {
  const [place, chain, cause] = await Promise.all([
    placeOf(executor, id),
    chainOf(executor, seals, id),
    causeOf(executor, id),
  ]);
  return { ...place, chain, cause };
}

async function placeOf(executor: Executor, id: number): Promise<Pick<DeliveryLinks, 'head' | 'behind'>> {
  const { rows } = await sql<{ head: number | null; behind: number }>`
    select (select first.id from deliveries as first where first.lane_id = lanes.id and first.pos = lanes.head) as head,
      (select count(*) from (select 1 as one from deliveries as later where later.lane_id = lanes.id
        and later.pos > deliveries.pos and later.state = 'pending' limit ${sql.lit(mostCounted)}) as counted) as behind
    from deliveries join lanes on lanes.id = deliveries.lane_id
    where deliveries.id = ${id} and deliveries.state in ('pending', 'dead')`.execute(executor);
  return rows[0] ?? { head: null, behind: 0 };
}

/** Step by step both ways: each link names its neighbours. */
async function chainOf(executor: Executor, seals: Seals, id: number): Promise<DeliveryLinks['chain']> {
  const found = new Map<number, DeliveryLinks['chain'][number]>();
  for (let next = [id]; next.length > 0 && found.size < longestChain;) {
    const linked = executor
      .selectFrom('deliveries')
      .select(['id', 'state', 'created_at', 'replay_of', 'replaces', 'replaced_by', 'edited_by', 'edit_reason'])
      .orderBy('id')
      .limit(longestChain);
    const rows = [
      ...(await linked.where('id', 'in', next).execute()),
      // As the partial index says it.
      ...(await linked.where('replay_of', 'in', next).where('replay_of', 'is not', null).execute()),
    ];
    for (const row of rows)
      found.set(row.id, {
        id: row.id,
        state: row.state,
        createdAt: row.created_at,
        replayOf: row.replay_of,
        editedBy: row.edited_by,
        editReason: await openReason(seals, row),
      });
    next = rows
      .flatMap(({ replay_of, replaces, replaced_by }) => [replay_of, replaces, replaced_by])
      .filter((each) => each !== null && !found.has(each))
      .map(Number);
  }
  return [...found.values()].toSorted((a, b) => a.id - b.id);
}

async function causeOf(executor: Executor, id: number): Promise<DeliveryLinks['cause']> {
  const row = await executor
    .selectFrom('deliveries')
    .innerJoin('causes', 'causes.id', 'deliveries.cause')
    .select(['causes.id', 'causes.kind', 'causes.code', 'causes.field', 'causes.text'])
    .where('deliveries.id', '=', id)
    .executeTakeFirst();
  return row === undefined ? null : { ...row, text: readTextColumn(row.text) ?? { ru: '', en: '' } };
}
