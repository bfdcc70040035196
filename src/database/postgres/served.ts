import type { Connection } from '../connection.ts';
import { statement } from '../statement.ts';

const selectLeases = statement<object, { name: string }>({
  sqlite: 'select name from leases where 1 = 0',
  postgres: 'select name from leases where until > extract(epoch from clock_timestamp()) * 1000 limit 1',
});

/** Whether a service works with a database of PostgreSQL, or stopped less than 15 s ago without saying so. */
export async function isServed(reads: Connection): Promise<boolean> {
  return (await selectLeases(reads, {})).length > 0;
}
