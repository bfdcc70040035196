import { Procedure } from '../procedure.ts';

/** The next row of a table gets an id above this one. */
export const setLastGiven = new Procedure(
  'setLastGiven',
  async (transaction, { table, last }: { readonly table: string; readonly last: number }): Promise<void> => {
    const set = (text: string, names: readonly string[]) =>
      transaction.run({ sqlite: { text, names }, postgres: { text, names } }, { table, last });
    if (transaction.engine === 'postgres') {
      await set(`select setval(pg_get_serial_sequence(quote_ident($1), 'id'), $2::bigint)`, ['table', 'last']);
      return;
    }
    await set('delete from sqlite_sequence where name = ?', ['table']);
    await set('insert into sqlite_sequence (name, seq) values (?, ?)', ['table', 'last']);
  },
);
