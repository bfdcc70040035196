import { SqliteDialect, type DatabaseConnection, type Driver } from 'kysely';
import { errorCode } from '../error-code.ts';

/** How long a statement waits for another process to end its write, milliseconds; then the database counts as locked. */
const patience = 2000;
const pause = 10;

/** SQLite's own wait for a lock stops the whole process: webhooks, health and all. This one lets others go on. */
export class PatientSqliteDialect extends SqliteDialect {
  override createDriver(): Driver {
    const driver = super.createDriver();
    const patient = new WeakMap<DatabaseConnection, DatabaseConnection>();
    const acquire = driver.acquireConnection.bind(driver);
    driver.acquireConnection = async (options) => {
      const connection = await acquire(options);
      const known = patient.get(connection) ?? patientConnection(connection);
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
