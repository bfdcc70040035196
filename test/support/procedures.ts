import type { Connection } from '../../src/database/connection.ts';
import { type AnyProcedure, Procedure } from '../../src/database/procedure.ts';
import { statement } from '../../src/database/statement.ts';
import { isFirst } from '../../src/outbox/insert.ts';

const insertNumber = statement<{ number: number }>('insert into kept values (:number)');
const insertTwice = statement<{ number: number }>('insert into single values (:number), (:number)');
const countNumbers = statement<object, { count: number }>('select count(*) as count from kept');

/** Any SQL without values, for what no procedure of the house does. */
export const runSql = new Procedure('runSql', (transaction, text: string) => raw(transaction, text));

export function raw(on: Connection, text: string): Promise<readonly unknown[]> {
  return on.run({ sqlite: { text, names: [] }, postgres: { text, names: [] } }, {});
}

/** Keeps a number in the table `kept`; a negative one is refused after it was written. */
export const keepNumber = new Procedure('keepNumber', async (transaction, number: number): Promise<number> => {
  await insertNumber(transaction, { number });
  if (number < 0) throw new RangeError('not below zero');
  return (await countNumbers(transaction, {}))[0]?.count ?? 0;
});

/** Breaks a rule of the schema. */
export const keepTwice = new Procedure('keepTwice', async (transaction, number: number): Promise<void> => {
  await insertTwice(transaction, { number });
});

/** Ends the thread it runs in, in the middle of its transaction. */
export const endThread = new Procedure('endThread', async (transaction, number: number): Promise<void> => {
  await insertNumber(transaction, { number });
  process.exit(1);
});

/** Room for so many more pages: SQLite then says the same as on a full disk. */
export const limitPages = new Procedure('limitPages', async (transaction, pages: number): Promise<void> => {
  const [row] = await raw(transaction, 'pragma page_count');
  const count = Number(Reflect.get(Object(row), 'page_count'));
  await raw(transaction, `pragma max_page_count = ${count + pages}`);
});

/** True for the first event with this value of `once:`. */
export const first = new Procedure('first', isFirst);

export const testProcedures: readonly AnyProcedure[] = [runSql, keepNumber, keepTwice, endThread, limitPages, first];
