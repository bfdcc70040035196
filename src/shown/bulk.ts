import type { InferType } from 'yup';
import { type Bulk, bulkActions, type BulkRow, bulkStates, type Preview } from '../bulk/bulk.ts';
import type { Delivery } from '../outbox/delivery.ts';
import type { Language } from '../text.ts';
import { deliverySchema, shownDelivery } from './delivery.ts';
import {
  anything,
  count,
  countOrNull,
  id,
  isoTime,
  listOf,
  oneOf,
  shape,
  text,
  textOrNull,
  time,
  timeOrNull,
} from './shape.ts';

const bulkFields = {
  id: id(),
  action: oneOf(bulkActions),
  /** What was asked for: ids, no names. */
  filter: anything(),
  by: text(),
  state: oneOf(bulkStates),
  /** Rows a minute at most; null: as fast as it goes. */
  pace: countOrNull(),
  total: count(),
  done: count(),
  failed: count(),
  left: count(),
  createdAt: time(),
  finishedAt: timeOrNull(),
};

/** One action over a fixed set of deliveries. */
export const bulkSchema = shape(bulkFields);

/** The same with what became of its deliveries, the first thousand. */
export const bulkDetailSchema = shape({
  ...bulkFields,
  rows: listOf(shape({ delivery: id(), state: oneOf(['left', 'done', 'failed']), why: textOrNull() })),
});

/** What an action would do, with its newest deliveries. */
export const previewSchema = shape({
  action: oneOf(bulkActions),
  deliveries: count(),
  people: count(),
  oldest: timeOrNull(),
  newest: timeOrNull(),
  rows: listOf(deliverySchema),
});

export function shownBulk(bulk: Bulk): InferType<typeof bulkSchema> {
  return {
    id: bulk.id,
    action: bulk.action,
    filter: bulk.filter,
    by: bulk.by,
    state: bulk.state,
    pace: bulk.pace,
    total: bulk.total,
    done: bulk.done,
    failed: bulk.failed,
    left: bulk.left,
    createdAt: isoTime(bulk.createdAt),
    finishedAt: isoTime(bulk.finishedAt),
  };
}

export function shownBulkRow({ delivery, state, why }: BulkRow, language: Language) {
  return { delivery, state, why: why?.[language] ?? null };
}

export function shownPreview(
  action: Bulk['action'],
  { deliveries, people, oldest, newest }: Preview,
  examples: readonly Delivery[],
  language: Language,
): InferType<typeof previewSchema> {
  return {
    action,
    deliveries,
    people,
    oldest: isoTime(deliveries === 0 ? null : oldest),
    newest: isoTime(deliveries === 0 ? null : newest),
    rows: examples.map((delivery) => shownDelivery(delivery, language)),
  };
}
