import { createHash } from 'node:crypto';
import type { Connection } from '../connection.ts';
import { Procedure } from '../procedure.ts';
import type { FixedSql } from '../fixed-sql.ts';
import { statement } from '../statement.ts';
import type { CopiedTable } from './tables.ts';

export type CopiedRow = Readonly<Record<string, unknown>>;

const quoted = (name: string) => `"${name}"`;

/** The same text for both, with values by their numbers. */
function numbered(make: (place: (index: number) => string) => string, names: readonly string[]): FixedSql {
  return {
    sqlite: { text: make(() => '?'), names },
    postgres: { text: make((index) => `$${index + 1}`), names },
  };
}

/** The next rows behind a key, in its order; undefined: from the first. */
export async function rowsBehind(
  on: Connection,
  { name, columns, key }: CopiedTable,
  behind: CopiedRow | undefined,
  most: number,
): Promise<readonly CopiedRow[]> {
  const keys = key.map(quoted).join(', ');
  const where = (place: (index: number) => string) =>
    behind === undefined ? '' : `where (${keys}) > (${key.map((_, index) => place(index)).join(', ')})`;
  const rows = await on.run(
    numbered(
      (place) =>
        `select ${columns.map(quoted).join(', ')} from ${quoted(name)} ${where(place)} order by ${keys} limit ${most}`,
      behind === undefined ? [] : key,
    ),
    behind ?? {},
  );
  return rows as readonly CopiedRow[]; // every column of the table, by its name
}

export interface WrittenRows {
  readonly table: CopiedTable;
  readonly rows: readonly CopiedRow[];
}

/** As they are, sealed ones sealed, with their ids; those that are there already stay. */
export const writeRows = new Procedure(
  'writeCopiedRows',
  async (transaction, { table: { name, columns }, rows }: WrittenRows): Promise<void> => {
    const names = columns.map(quoted).join(', ');
    const always = transaction.engine === 'postgres' ? 'overriding system value' : '';
    const insert = numbered(
      (place) =>
        `insert into ${quoted(name)} (${names}) ${always} values (${columns.map((_, index) => place(index)).join(', ')})
         on conflict do nothing`,
      columns,
    );
    for (const row of rows) await transaction.run(insert, row);
  },
);

const deleteMark = statement<{ name: string }>('delete from cursors where name = :name');

/** The copy is whole. */
export const dropMark = new Procedure('dropCopyMark', async (transaction, name: string): Promise<void> => {
  await deleteMark(transaction, { name });
});

/** What a table holds, whatever the order: how many rows, and the sum of their hashes. */
export class TableDigest {
  rows = 0;
  #sum = 0n;

  add(row: CopiedRow, columns: readonly string[]): void {
    this.rows += 1;
    const text = JSON.stringify(columns.map((column) => plain(row[column])));
    this.#sum = (this.#sum + BigInt(`0x${createHash('sha256').update(text).digest('hex')}`)) % 2n ** 256n;
  }

  get hash(): string {
    return this.#sum.toString(16).padStart(64, '0');
  }
}

/** The same for a value of either database. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return `bytes ${createHash('sha256').update(value).digest('hex')}`;
  return typeof value === 'bigint' ? Number(value) : value;
}
