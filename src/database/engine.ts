import type { Connection } from './connection.ts';
import type { Executor } from './executor.ts';
import type { Procedure } from './procedure.ts';

/** What either database is to the house. */
export interface Engine {
  /** For lists. */
  readonly queries: Executor;
  /** For fixed statements that only read. */
  readonly reads: Connection;
  migrate(): Promise<void>;
  call<Values, Result>(procedure: Procedure<Values, Result>, values: Values): Promise<Result>;
  /** Gives back what deleted rows took, a little at a time; on SQLite nothing of them is left in file and log then. */
  reclaim(signal: AbortSignal, breath: number): Promise<void>;
  /** This process is the one that serves, where there may be one alone. */
  takeOver(): Promise<void>;
  serve(): Promise<void>;
  /** What was deleted is on the disk no more, as far as this database can see to that; false: a reader is in the way. */
  truncateLog(): Promise<boolean>;
  /** False: what was deleted or moved may still lie between rows, for the file is large or somebody is at it. */
  compact(size: 'small' | 'any'): Promise<boolean>;
  close(): Promise<void>;
}
