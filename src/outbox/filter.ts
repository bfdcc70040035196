import { type ExpressionBuilder, type SelectQueryBuilder, sql } from 'kysely';
import { idAfter, idBefore } from '../database/id-at.ts';
import type { Tables } from '../database/schema.ts';
import { alarmMapping, type DeadReason, type DeliveryState } from './delivery.ts';

/** Which deliveries: all that is given must hold. */
export interface DeliveryFilter {
  /** `blocked`: pending, and the head of its lane cannot be sent. */
  readonly state?: DeliveryState | 'blocked';
  readonly target?: string;
  readonly mapping?: string;
  readonly key?: string;
  readonly event?: number;
  readonly id?: number;
  /** Only those with smaller ids: where the page before ended. */
  readonly before?: number;
  /** Only these. */
  readonly ids?: readonly number[];
  readonly reason?: DeadReason;
  /** Fingerprint. */
  readonly cause?: string;
  /** Huntflow's ids. */
  readonly applicant?: string;
  readonly vacancy?: string;
  /** Rows of people: whom they are about. */
  readonly people?: readonly number[];
  /** When it was made, milliseconds since 1970: from then on, and before then. */
  readonly from?: number;
  readonly to?: number;
  /** Only those with findings that nobody has seen. */
  readonly attention?: 'open';
  /** Only what a person may still retry, or change. */
  readonly fit?: 'retry' | 'change';
  /** Without those whose attempts may have left something at the target. */
  readonly safe?: true;
  /** Newest first; undefined: all of them. */
  readonly limit?: number;
}

type Road = 'deliveries' | 'lanes';
type Where = ExpressionBuilder<Tables, Road>;

/** Narrows a query over deliveries and their lanes. */
export function narrowed<Row>(
  query: SelectQueryBuilder<Tables, Road, Row>,
  filter: DeliveryFilter,
): SelectQueryBuilder<Tables, Road, Row> {
  return query.where((where) => where.and([...named(where, filter), ...stated(where, filter)]));
}

function named(where: Where, filter: DeliveryFilter) {
  const { id, ids, before, target, mapping, key, event, cause, applicant, vacancy, people, from, to, reason } = filter;
  const all = mapping === alarmMapping || id !== undefined;
  return [
    ...(all ? [] : [where('deliveries.event_id', 'is not', null)]),
    ...(id === undefined ? [] : [where('deliveries.id', '=', id)]),
    ...(before === undefined ? [] : [where('deliveries.id', '<', before)]),
    ...(ids === undefined ? [] : [where('deliveries.id', 'in', [...ids])]),
    ...(target === undefined ? [] : [where('deliveries.target', '=', target)]),
    ...(mapping === undefined ? [] : [where('deliveries.mapping', '=', mapping)]),
    ...(key === undefined ? [] : [where('deliveries.key', '=', key), where('deliveries.key', 'is not', null)]),
    ...(event === undefined ? [] : [where('deliveries.event_id', '=', event)]),
    ...(applicant === undefined ? [] : [where('deliveries.applicant', '=', applicant)]),
    ...(vacancy === undefined ? [] : [where('deliveries.vacancy', '=', vacancy)]),
    ...(people === undefined ? [] : [where('deliveries.person', 'in', [...people])]),
    ...(from === undefined
      ? []
      : [where('deliveries.created_at', '>=', from), where('deliveries.id', '>', idBefore('deliveries', from))]),
    ...(to === undefined
      ? []
      : [where('deliveries.created_at', '<', to), where('deliveries.id', '<=', idAfter('deliveries', to))]),
    ...(reason === undefined ? [] : [where('deliveries.reason', '=', reason), isDead(where)]),
    // As the partial index says it.
    ...(cause === undefined
      ? []
      : [
          where('deliveries.cause', '=', cause),
          where('deliveries.cause', 'is not', null),
          where('deliveries.state', 'in', [sql.lit('pending' as const), sql.lit('dead' as const)]),
        ]),
  ];
}

function stated(where: Where, { state, attention, safe, fit }: DeliveryFilter) {
  return [
    ...(fit === undefined ? [] : [isFit(where, fit)]),
    ...(state === undefined ? [] : [inState(where, state)]),
    ...(attention === undefined
      ? []
      : [where('deliveries.attention', 'is not', null), where('deliveries.attention_seen_at', 'is', null)]),
    ...(safe === undefined
      ? []
      : [
          where('deliveries.progress', 'is', null),
          where.not(
            where.exists(
              where
                .selectFrom('attempts')
                .select('attempts.id')
                .whereRef('attempts.delivery_id', '=', 'deliveries.id')
                .where('attempts.outcome', '=', 'unknown'),
            ),
          ),
          where.or([where('deliveries.reason', 'is', null), where('deliveries.reason', '!=', 'unknown outcome')]),
        ]),
  ];
}

function inState(where: Where, state: NonNullable<DeliveryFilter['state']>) {
  const pending = where('deliveries.state', '=', sql.lit('pending' as const));
  const atHead = where('deliveries.pos', '=', where.ref('lanes.head'));
  const sending = where.and([atHead, where('lanes.lease_until', '>', 0)]);
  switch (state) {
    case 'sending':
      return where.and([pending, sending]);
    case 'pending':
      return where.and([pending, where.not(sending)]);
    case 'blocked':
      return where.and([
        pending,
        where.not(atHead),
        where('lanes.due_at', 'is', null),
        where('lanes.lease_until', '=', 0),
      ]);
    default:
      return where('deliveries.state', '=', sql.lit(state));
  }
}

/** Of what waits, only the head of a lane is kept waiting by its time. */
function isFit(where: Where, fit: NonNullable<DeliveryFilter['fit']>) {
  const due = where.and([
    where('deliveries.pos', '=', where.ref('lanes.head')),
    where('lanes.due_at', 'is not', null),
    where('lanes.lease_until', '=', 0),
  ]);
  const open = inState(where, 'pending');
  return where.or([isDead(where), fit === 'retry' ? where.and([open, due]) : open]);
}

function isDead(where: Where) {
  return where('deliveries.state', '=', sql.lit('dead' as const));
}
