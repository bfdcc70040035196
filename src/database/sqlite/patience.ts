import {
  SqliteDialect,
  type SqliteDialectConfig,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
} from 'kysely';
import { errorCode } from '../../process/error-code.ts';

/**
 * How long a statement waits for another process to end its write, milliseconds; then the database counts as locked.
 */
const patience = 2000;
const pause = 10;

/** Resolves when no other connection of this process writes; what it gives ends the turn. */
export type TakeTurn = () => Promise<() => void>;

/** SQLite's own wait for a lock stops the whole process: webhooks, health and all. This one lets others go on. */
export class PatientSqliteDialect extends SqliteDialect {
  readonly #takeTurn: TakeTurn | undefined;

  constructor(config: SqliteDialectConfig, takeTurn?: TakeTurn) {
    super(config);
    this.#takeTurn = takeTurn;
  }

  override createDriver(): Driver {
    const driver = super.createDriver();
    const patient = new WeakMap<DatabaseConnection, DatabaseConnection>();
    const acquire = driver.acquireConnection.bind(driver);
    driver.acquireConnection = async (options) => {
      const connection = await acquire(options);
      const known =
        patient.get(connection) ??
        patientConnection(this.#takeTurn === undefined ? connection : politeConnection(connection, this.#takeTurn));
      patient.set(connection, known);
      return known;
    };
    return driver;
  }
}

function patientConnection(connection: DatabaseConnection): DatabaseConnection {
  return {
    executeQuery: async (query, options) => {
      let until: number | undefined;
      for (;;) {
        try {
          return await connection.executeQuery(query, options);
        } catch (error) {
          until ??= performance.now() + patience;
          if (errorCode(error) !== 'SQLITE_BUSY' || performance.now() >= until) throw error;
          await new Promise((resolve) => setTimeout(resolve, pause));
        }
      }
    },
    streamQuery: (...query) => connection.streamQuery(...query),
  };
}

/**
 * Two connections of one process that write at once would ask for the lock again and again: each waits for its turn, a
 * transaction from its first statement to its last.
 */
function politeConnection(connection: DatabaseConnection, takeTurn: TakeTurn): DatabaseConnection {
  let endTransaction: (() => void) | undefined;
  return {
    executeQuery: async <Row>(query: CompiledQuery): Promise<QueryResult<Row>> => {
      if (endTransaction === undefined && query.sql !== 'begin' && !isWrite(query.sql))
        return connection.executeQuery<Row>(query);
      const end = endTransaction ?? (await takeTurn());
      let ended = query.sql === 'rollback' || (endTransaction === undefined && query.sql !== 'begin');
      try {
        const result = await connection.executeQuery<Row>(query);
        // A commit that failed is followed by a rollback.
        ended ||= query.sql === 'commit';
        if (query.sql === 'begin') endTransaction = end;
        return result;
      } catch (error) {
        ended ||= query.sql === 'begin';
        throw error;
      } finally {
        if (ended) {
          end();
          endTransaction = undefined;
        }
      }
    },
    streamQuery: (...query) => connection.streamQuery(...query),
  };
}

function isWrite(sql: string): boolean {
  return /^\s*(?:insert|update|delete|replace|create|alter|drop)\b/i.test(sql);
}
