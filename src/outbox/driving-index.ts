import { type Executor, isPostgres } from '../database/executor.ts';
import { walkedBy } from '../database/walked-by.ts';
import type { DeliveryFilter } from './filter.ts';

/**
 * Deliveries as a query over this filter is to walk them. PostgreSQL counts how often values stand there; SQLite, which
 * nobody analyses, takes one index that fits for another: two seconds for the dead of one target among a million
 * (measured).
 */
export function deliveriesBy(executor: Executor, filter: DeliveryFilter): 'deliveries' {
  const index = isPostgres(executor) ? undefined : indexFor(filter);
  return index === undefined ? 'deliveries' : walkedBy('deliveries', index);
}

/** The index whose rows are the fewest; undefined: any will do. */
function indexFor(filter: DeliveryFilter): string | undefined {
  const { id, ids, event, key, people, applicant, cause, vacancy, attention, state, reason, target, mapping } = filter;
  if (id !== undefined || ids !== undefined) return undefined;
  if (event !== undefined) return 'deliveries_event';
  if (key !== undefined) return 'deliveries_key';
  if (people !== undefined) return 'deliveries_person';
  if (applicant !== undefined) return 'deliveries_applicant';
  if (cause !== undefined) return 'deliveries_cause';
  if (vacancy !== undefined) return 'deliveries_vacancy';
  if (attention !== undefined) return 'deliveries_attention';
  if (reason !== undefined) return 'deliveries_reason';
  switch (state) {
    case 'dead':
      return target === undefined ? 'deliveries_dead_id' : 'deliveries_dead';
    case 'pending':
    case 'sending':
    case 'blocked':
      return target === undefined ? 'deliveries_pending_id' : 'deliveries_open';
    case 'cancelled':
      return 'deliveries_cancelled_id';
    case 'delivered':
    case undefined:
      break;
  }
  if (mapping !== undefined) return 'deliveries_mapping';
  return target === undefined ? undefined : 'deliveries_target';
}
