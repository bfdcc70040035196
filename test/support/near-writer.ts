import type { AnyProcedure, Procedure, Writer } from '../../src/database/procedure.ts';
import { SqliteWriter } from '../../src/database/sqlite/sqlite-writer.ts';
import type { WriterStart } from '../../src/database/sqlite/wire.ts';
import { procedures } from '../../src/writer/procedures.ts';
import { testProcedures } from './procedures.ts';

const known = new Set<AnyProcedure>([...procedures, ...testProcedures]);

/**
 * Writes an SQLite file as the thread of a serving process does, in the thread of the test: starting one costs a tenth
 * of a second of processor, and most tests of a service are about something else. What crosses over to a thread must be
 * on the list and can be cloned, so here, too.
 */
class NearWriter implements Writer {
  readonly #writer: SqliteWriter;

  constructor({ path, server }: WriterStart) {
    this.#writer = new SqliteWriter(path, server);
  }

  async call<Values, Result>(procedure: Procedure<Values, Result>, values: Values): Promise<Result> {
    if (!known.has(procedure)) throw new Error(`the writer knows no procedure ${procedure.name}`);
    return structuredClone(await this.#writer.call(procedure, structuredClone(values)));
  }

  checkpoint(): Promise<boolean> {
    return this.#writer.checkpoint();
  }

  close(): Promise<void> {
    return this.#writer.close();
  }
}

export function startNearWriter(start: WriterStart): Writer {
  return new NearWriter(start);
}
