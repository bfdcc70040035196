import type pg from 'pg';
import { type Connection, placedValues } from '../connection.ts';
import type { FixedSql } from '../fixed-sql.ts';

/** One transaction on PostgreSQL: statements go one after the other over one connection of the pool. */
export class PostgresConnection implements Connection {
  readonly engine = 'postgres';
  readonly #client: pg.ClientBase;

  constructor(client: pg.ClientBase) {
    this.#client = client;
  }

  async run({ postgres: { text, names } }: FixedSql, values: object): Promise<readonly unknown[]> {
    const { rows } = await this.#client.query<pg.QueryResultRow>(text, placedValues(names, values));
    return rows;
  }
}

/** Reads, each over whichever connection of the pool is free. */
export class PooledReads implements Connection {
  readonly engine = 'postgres';
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async run(sql: FixedSql, values: object): Promise<readonly unknown[]> {
    const client = await this.#pool.connect();
    try {
      return await new PostgresConnection(client).run(sql, values);
    } finally {
      client.release();
    }
  }
}
