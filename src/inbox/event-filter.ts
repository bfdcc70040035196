import { sql } from 'kysely';
import type { Executor } from '../database/executor.ts';
import { idAfter, idBefore } from '../database/id-at.ts';
import type { EventState } from './event.ts';

/** Which events: all that is given must hold. */
export interface EventFilter {
  readonly state?: EventState;
  readonly source?: string;
  readonly event?: string;
  /** Received at or after, and before; milliseconds since 1970. */
  readonly since?: number;
  readonly until?: number;
  /** Ids from, to and including. */
  readonly from?: number;
  readonly to?: number;
  /** Only those with smaller ids: where the page before ended. */
  readonly before?: number;
  readonly type?: string;
  /** Rows of people: whom they are about. */
  readonly people?: readonly number[];
  /** Only these. */
  readonly ids?: readonly number[];
  /** Newest first; undefined: all of them. */
  readonly limit?: number;
}

/** A query for them, newest first. */
export function selectEvents(executor: Executor, filter: EventFilter) {
  const { state, source, event, type, since, until, from, to, before, people, ids, limit } = filter;
  let query = executor
    .selectFrom('events')
    .select([
      'id',
      'source',
      'scope',
      'event',
      'type',
      'action',
      'state',
      'received_at',
      'finished_at',
      'body_size',
      'headers',
      'error',
      'person',
    ])
    .select((select) => select.val<Uint8Array | null>(null).as('body'))
    .orderBy('id', 'desc');
  // A state is written out: partial indexes are chosen by it.
  if (state !== undefined) query = query.where('state', '=', sql.lit(state));
  if (source !== undefined) query = query.where('source', '=', source);
  if (event !== undefined) query = query.where('event', '=', event).where(isShort('event', event));
  if (type !== undefined) query = query.where('type', '=', type).where(isShort('type', type));
  if (since !== undefined) query = query.where('received_at', '>=', since).where('id', '>', idBefore('events', since));
  if (until !== undefined) query = query.where('received_at', '<', until).where('id', '<=', idAfter('events', until));
  if (from !== undefined) query = query.where('id', '>=', from);
  if (to !== undefined) query = query.where('id', '<=', to);
  if (before !== undefined) query = query.where('id', '<', before);
  if (people !== undefined) query = query.where('person', 'in', [...people]).where('person', 'is not', null);
  if (ids !== undefined) query = query.where('id', 'in', [...ids]);
  return limit === undefined ? query : query.limit(limit);
}

/** As the partial index of such words says it; longer ones have none. */
function isShort(column: 'event' | 'type', word: string) {
  return word.length <= 64 ? sql<boolean>`length(${sql.ref(column)}) <= 64` : sql<boolean>`1 = 1`;
}
