import { type ExpressionBuilder, sql } from 'kysely';
import type { Executor } from '../database/executor.ts';
import { readTextColumn, readTextsColumn } from '../database/json-column.ts';
import type { Tables } from '../database/schema.ts';
import type { Attempt, Delivery, DeliveryState, RecordedExchange } from './delivery.ts';

export interface DeliveryFilter {
  readonly state?: DeliveryState;
  readonly target?: string;
  readonly mapping?: string;
  readonly key?: string;
  readonly event?: number;
  readonly id?: number;
  /** Only these. */
  readonly ids?: readonly number[];
  /** Only those with findings that nobody has seen. */
  readonly attention?: 'open';
  /** Newest first; undefined: all of them. */
  readonly limit?: number;
}

/** Deliveries as they stand now, newest first. */
export async function listDeliveries(executor: Executor, filter: DeliveryFilter): Promise<Delivery[]> {
  let query = executor
    .selectFrom('deliveries')
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
      'deliveries.pos',
      'lanes.head',
      'lanes.due_at',
      'lanes.lease_until',
    ])
    .orderBy('deliveries.id', 'desc');
  if (filter.id !== undefined) query = query.where('deliveries.id', '=', filter.id);
  if (filter.ids !== undefined) query = query.where('deliveries.id', 'in', [...filter.ids]);
  if (filter.attention === 'open')
    query = query.where('deliveries.attention', 'is not', null).where('deliveries.attention_seen_at', 'is', null);
  if (filter.target !== undefined) query = query.where('deliveries.target', '=', filter.target);
  if (filter.mapping !== undefined) query = query.where('deliveries.mapping', '=', filter.mapping);
  if (filter.key !== undefined) query = query.where('deliveries.key', '=', filter.key);
  if (filter.event !== undefined) query = query.where('deliveries.event_id', '=', filter.event);
  if (filter.state === 'sending')
    query = query.where('deliveries.state', '=', sql.lit('pending' as const)).where(isSending);
  else if (filter.state === 'pending')
    query = query
      .where('deliveries.state', '=', sql.lit('pending' as const))
      .where((where) => where.not(isSending(where)));
  else if (filter.state !== undefined) query = query.where('deliveries.state', '=', sql.lit(filter.state));
  if (filter.limit !== undefined) query = query.limit(filter.limit);
  return (await query.execute()).map(({ pos, head, due_at, lease_until, ...row }) => {
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
      blocked: open && !atHead && due_at === null && lease_until === 0,
      lastError: readTextColumn(row.last_error),
      createdAt: row.created_at,
      finishedAt: row.finished_at,
      replayOf: row.replay_of,
      attention: row.attention === null ? [] : readTextsColumn(row.attention),
      attentionSeenAt: row.attention_seen_at,
    };
  });
}

function isSending(where: ExpressionBuilder<Tables & { lanes: Tables['lanes'] }, 'deliveries' | 'lanes'>) {
  return where.and([where('deliveries.pos', '=', where.ref('lanes.head')), where('lanes.lease_until', '>', 0)]);
}

/**
 * The record of a delivery as JSON text; null while its mapping has failed, undefined when there is no such delivery.
 */
export async function recordOf(executor: Executor, id: number): Promise<string | null | undefined> {
  const row = await executor.selectFrom('deliveries').select('record').where('id', '=', id).executeTakeFirst();
  return row?.record;
}

export async function attemptsOf(executor: Executor, delivery: number): Promise<Attempt[]> {
  const rows = await executor
    .selectFrom('attempts')
    .selectAll()
    .where('delivery_id', '=', delivery)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    number: row.number,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    outcome: row.outcome,
    summary: readTextColumn(row.summary),
    exchanges: readExchanges(row.exchanges),
    warnings: readTextsColumn(row.warnings),
  }));
}

function readExchanges(column: string): readonly RecordedExchange[] {
  const value: readonly RecordedExchange[] = JSON.parse(column);
  return value;
}
