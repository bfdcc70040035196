import { sql } from 'kysely';
import { Procedure } from '../../src/database/procedure.ts';

/** Keeps a number in the table `kept`; a negative one is refused after it was written. */
export const keepNumber = new Procedure(
  import.meta.url,
  'keepNumber',
  async (transaction, number: number): Promise<number> => {
    await sql`insert into kept values (${number})`.execute(transaction);
    if (number < 0) throw new RangeError('not below zero');
    const { rows } = await sql<{ count: number }>`select count(*) as count from kept`.execute(transaction);
    return rows[0]?.count ?? 0;
  },
);

/** Breaks a rule of the schema. */
export const keepTwice = new Procedure(
  import.meta.url,
  'keepTwice',
  async (transaction, number: number): Promise<void> => {
    await sql`insert into single values (${number}), (${number})`.execute(transaction);
  },
);

/** Ends the thread it runs in, in the middle of its transaction. */
export const endThread = new Procedure(
  import.meta.url,
  'endThread',
  async (transaction, number: number): Promise<void> => {
    await sql`insert into kept values (${number})`.execute(transaction);
    process.exit(1);
  },
);
