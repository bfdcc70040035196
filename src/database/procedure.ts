import type { Transaction } from './executor.ts';

/**
 * A piece of work that is done in one transaction, in whichever thread the database is written: found there by its
 * module and
 * the name it is exported under. Values and result cross over as structured clones. It may be run again after a
 * rollback.
 */
export class Procedure<Values, Result> {
  /** `import.meta.url` of its file. */
  readonly module: string;
  readonly name: string;
  readonly run: (transaction: Transaction, values: Values) => Promise<Result>;

  constructor(module: string, name: string, run: (transaction: Transaction, values: Values) => Promise<Result>) {
    this.module = module;
    this.name = name;
    this.run = run;
  }
}
