import { Kysely } from 'kysely';
import type pg from 'pg';
import type { Engine } from '../engine.ts';
import type { Executor } from '../executor.ts';
import { migrate, MigrationError } from '../migrate.ts';
import type { Procedure } from '../procedure.ts';
import type { Tables } from '../schema.ts';
import { statement } from '../statement.ts';
import { PooledReads, PostgresConnection } from './connection.ts';
import { connectionPool, postgresDialect } from './dialect.ts';
import { Pooler } from './pooler.ts';

export interface PostgresNews {
  readonly lost?: (error: Error) => void;
  readonly pooled?: () => void;
}

const readOnly = statement<object, { setting: string }>(`select current_setting('transaction_read_only') as setting`);

/** SQLSTATE. */
const readOnlyTransaction = '25006';

/** A PostgreSQL database, which several processes may share: each call is a transaction of its own. */
export class PostgresEngine implements Engine {
  readonly queries: Executor;
  readonly reads: PooledReads;
  readonly pooler: Pooler;
  readonly #pool: pg.Pool;
  readonly #questions: pg.Pool;

  constructor(url: string, { lost = () => undefined, pooled = () => undefined }: PostgresNews) {
    this.pooler = new Pooler(url, pooled);
    this.#pool = connectionPool(url, this.pooler, 'once', lost);
    this.#questions = connectionPool(url, this.pooler, 'anew', lost);
    this.queries = new Kysely<Tables>({ dialect: postgresDialect(this.#questions) });
    this.reads = new PooledReads(this.#pool);
  }

  migrate(): Promise<void> {
    return migrate(this.queries);
  }

  async call<Values, Result>(procedure: Procedure<Values, Result>, values: Values): Promise<Result> {
    const client = await this.#pool.connect();
    try {
      await client.query('begin');
      const result = await procedure.run(new PostgresConnection(client), values);
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch(() => undefined); // why it failed is said already
      throw error;
    } finally {
      client.release();
    }
  }

  /** Autovacuum does. */
  async reclaim(): Promise<void> {}

  /** Several may serve one. */
  async takeOver(): Promise<void> {}

  /** Throws MigrationError when this server takes no writes. */
  async serve(): Promise<void> {
    const [row] = await readOnly(this.reads, {});
    if (row?.setting === 'on')
      throw new MigrationError(
        { ru: 'эта база PostgreSQL только для чтения', en: 'this PostgreSQL database is read-only' },
        { cause: Object.assign(new Error('the server is read-only'), { code: readOnlyTransaction }) },
      );
  }

  async truncateLog(): Promise<boolean> {
    return true;
  }

  /** Its vacuum is its own. */
  async compact(): Promise<boolean> {
    return true;
  }

  async close(): Promise<void> {
    await this.queries.destroy(); // ends its pool, if it was ever asked for anything
    for (const pool of [this.#questions, this.#pool]) if (!pool.ending) await pool.end();
  }
}
