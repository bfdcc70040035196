import { Kysely, type Transaction as KyselyTransaction } from 'kysely';
import { migrate } from './migrate.ts';
import type { Tables } from './schema.ts';
import { sqliteDialect } from './sqlite.ts';

/** Whatever runs queries: the database itself or one of its transactions. */
export type Executor = Kysely<Tables>;
export type Transaction = KyselyTransaction<Tables>;

/** The one store of the road: inbox and outbox are tables of the same database, so that one transaction can link them. */
export class Database {
  readonly queries: Executor;
  /** `sqlite:<path>` as configured. */
  readonly url: string;

  constructor(url: string) {
    this.url = url;
    this.queries = new Kysely<Tables>({ dialect: sqliteDialect(sqlitePath(url)) });
  }

  /** Brings the schema up to date; throws when the database was written by a newer version. */
  async migrate(): Promise<void> {
    await migrate(this.queries);
  }

  /** Never hold one across a network call. */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.queries.transaction().execute(work);
  }

  async close(): Promise<void> {
    await this.queries.destroy();
  }
}

export function sqlitePath(url: string): string {
  if (!url.startsWith('sqlite:')) throw new Error(`${url.split(':')[0] ?? ''}: databases are not supported yet; use sqlite:<path>`);
  return url.slice('sqlite:'.length);
}
