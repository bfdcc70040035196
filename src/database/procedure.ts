import type { Transaction } from './connection.ts';

/**
 * Work that writes, done in one transaction and in whichever thread the database is written: found there by its name
 * (`src/writer/procedures.ts` lists them all). Values and result cross over as structured clones. It may be run again
 * after a rollback, and shares its transaction with others.
 */
export class Procedure<Values, Result> {
  readonly name: string;
  readonly run: (transaction: Transaction, values: Values) => Promise<Result>;

  constructor(name: string, run: (transaction: Transaction, values: Values) => Promise<Result>) {
    this.name = name;
    this.run = run;
  }
}

/** One of a list: what it takes is known to whoever calls it. */
export type AnyProcedure = Procedure<never, unknown>;

/** Does what is asked in one transaction, perhaps together with others; committed when `call` resolves. */
export interface Writer {
  call<Values, Result>(procedure: Procedure<Values, Result>, values: Values): Promise<Result>;
  /**
   * Empties the write-ahead log into the file, so that what was deleted is in neither; false: somebody reads what is
   * in it, or writes.
   */
  checkpoint(): Promise<boolean>;
  /** After what was called before. */
  close(): Promise<void>;
}
