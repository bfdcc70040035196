import type { DeliveryFilter } from '../outbox/filter.ts';
import type { BulkAction } from './bulk.ts';

/** Without a word on states, what is dead is meant; a replay repeats whatever it is told. */
export function inDefaultState(action: BulkAction, filter: DeliveryFilter): DeliveryFilter {
  const open = filter.state !== undefined || filter.cause !== undefined || action === 'replay';
  return open ? filter : { ...filter, state: 'dead' };
}

/** The deliveries that an action means by these ids, by this filter, or by both. */
export function wantedRows(
  action: BulkAction,
  named: readonly number[],
  filter: DeliveryFilter,
  evenUnknown = false,
): DeliveryFilter {
  const narrowed = Object.keys(filter).length > 0;
  const stated = named.length > 0 ? { ...filter, ids: named } : inDefaultState(action, filter);
  return {
    ...stated,
    ...(narrowed && action !== 'replay' && { fit: action === 'retry' ? ('retry' as const) : ('change' as const) }),
    ...(action === 'remap' && !evenUnknown && { safe: true as const }),
  };
}
