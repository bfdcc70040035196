import type { Executor } from '../database/executor.ts';
import { readTextColumn } from '../database/json-column.ts';
import type { Seals } from '../people/seals.ts';
import type { Attempt, Delivery } from './delivery.ts';
import { openFindings, openSaid } from './seal-attempt.ts';
import { openReason } from './seal-words.ts';
import { openRecord } from './seal-delivery.ts';
import { deliveriesBy } from './driving-index.ts';
import { type DeliveryFilter, narrowed } from './filter.ts';

/** Deliveries as they stand now, newest first. */
export async function listDeliveries(executor: Executor, seals: Seals, filter: DeliveryFilter): Promise<Delivery[]> {
  const all = executor
    .selectFrom(deliveriesBy(executor, filter))
    .leftJoin('lanes', 'lanes.id', 'deliveries.lane_id')
    .select([
      'deliveries.id',
      'deliveries.event_id',
      'deliveries.mapping',
      'deliveries.mapping_hash',
      'deliveries.target',
      'deliveries.key',
      'deliveries.scope',
      'deliveries.state',
      'deliveries.reason',
      'deliveries.attempts',
      'deliveries.last_error',
      'deliveries.created_at',
      'deliveries.finished_at',
      'deliveries.replay_of',
      'deliveries.attention',
      'deliveries.attention_seen_at',
      'deliveries.applicant',
      'deliveries.vacancy',
      'deliveries.person',
      'deliveries.key_text',
      'deliveries.cause',
      'deliveries.replaces',
      'deliveries.replaced_by',
      'deliveries.edited_by',
      'deliveries.edit_reason',
      'deliveries.pos',
      'lanes.head',
      'lanes.due_at',
      'lanes.lease_until',
    ])
    .orderBy('deliveries.id', 'desc');
  const some = narrowed(all, filter);
  const query = filter.limit === undefined ? some : some.limit(filter.limit);
  const rows = await query.execute();
  await seals.want(rows.flatMap(({ attention, edit_reason }) => [attention, edit_reason]));
  const listed = rows.map(async ({ pos, head, due_at, lease_until, ...row }): Promise<Delivery> => {
    const open = row.state === 'pending';
    const atHead = pos === head;
    return {
      id: row.id,
      eventId: row.event_id,
      mapping: row.mapping,
      mappingHash: row.mapping_hash,
      target: row.target,
      key: row.key,
      scope: row.scope,
      state: open && atHead && (lease_until ?? 0) > 0 ? 'sending' : row.state,
      reason: row.reason,
      attempts: row.attempts,
      dueAt: open && atHead ? due_at : null,
      queued: open && !atHead,
      blocked: open && !atHead && due_at === null && lease_until === 0,
      lastError: readTextColumn(row.last_error),
      createdAt: row.created_at,
      finishedAt: row.finished_at,
      replayOf: row.replay_of,
      attention: await openFindings(seals, row.attention, row.id),
      attentionSeenAt: row.attention_seen_at,
      applicant: row.applicant,
      vacancy: row.vacancy,
      person: row.person,
      keyText: row.key_text,
      cause: row.cause,
      replaces: row.replaces,
      replacedBy: row.replaced_by,
      editedBy: row.edited_by,
      editReason: await openReason(seals, row),
    };
  });
  return Promise.all(listed);
}

/**
 * The record of a delivery as JSON text; null while its mapping has failed, undefined when there is no such delivery.
 */
export async function recordOf(executor: Executor, seals: Seals, id: number): Promise<string | null | undefined> {
  const row = await executor
    .selectFrom('deliveries')
    .select(['record', 'seal'])
    .where('id', '=', id)
    .executeTakeFirst();
  return typeof row?.record === 'string' ? ((await openRecord(seals, row.record, row.seal)) ?? null) : row?.record;
}

export async function attemptsOf(executor: Executor, seals: Seals, delivery: number): Promise<Attempt[]> {
  const rows = await executor
    .selectFrom('attempts')
    .selectAll()
    .where('delivery_id', '=', delivery)
    .orderBy('id')
    .execute();
  await seals.want(rows.map(({ exchanges }) => exchanges));
  return Promise.all(
    rows.map(async (row) => ({
      number: row.number,
      startedAt: row.started_at,
      finishedAt: row.finished_at,
      outcome: row.outcome,
      ...(await openSaid(seals, row)),
    })),
  );
}
