import type { Database } from '../database/database.ts';
import { statement } from '../database/statement.ts';

/** Events looked at, the newest: enough to see what nobody maps. */
const skippedLookedAt = 1000;

const select = statement<{ most: number }, { event: string; count: number }>(`
  select event, count(*) as count from (
    select event from events where state = 'skipped' and event is not null order by id desc limit cast(:most as bigint)
  ) as newest group by event order by event`);

/** Types of the newest events that no mapping took, with how many there are of each. */
export function skippedTypes(
  database: Database,
): Promise<readonly { readonly event: string; readonly count: number }[]> {
  return select(database.reads, { most: skippedLookedAt });
}
