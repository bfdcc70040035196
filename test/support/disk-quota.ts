import type { Database } from '../../src/database/database.ts';
import { limitPages } from './procedures.ts';

/** Room for so many more pages in the SQLite file of a service. */
export function setDiskQuota(database: Database, pages: number): Promise<void> {
  return database.call(limitPages, pages);
}
