import type { Database } from '../database.ts';
import type { Text } from '../../text.ts';
import { copyMark } from './half-copy.ts';
import { lastGiven } from './numbering.ts';
import { setLastGiven } from './set-last-given.ts';
import { type CopiedRow, dropMark, rowsBehind, TableDigest, writeRows } from './rows.ts';
import { type CopiedTable, tablesOf } from './tables.ts';

/** Why there is no copy. */
export class CopyError extends Error {
  override readonly name = 'CopyError';
  readonly text: Text;

  constructor(text: Text) {
    super(text.en);
    this.text = text;
  }
}

/** What was copied of a table. */
export interface CopiedCount {
  readonly table: string;
  readonly rows: number;
  readonly hash: string;
}

export interface CopyParts {
  readonly from: Database;
  readonly to: Database;
  /** Tells this source from others, a number below 2^48: a copy that was begun goes on from it alone. */
  readonly source: number;
  readonly told: (table: string, rows: number) => void;
}

const batch = 500;

/**
 * Every table with its columns as they are. May be ended at any point and begun anew: what is there stays, and the copy
 * counts when both sides have the same rows and the same hashes.
 * @throws CopyError
 */
export async function copyDatabase({ from, to, source, told }: CopyParts): Promise<CopiedCount[]> {
  const tables = await tablesOf(from.queries);
  const cursors = tables.find(({ name }) => name === 'cursors');
  if (cursors === undefined) throw new Error('a database of this schema has cursors');
  await begin(to, tables, cursors, source);
  for (const table of tables) await copyTable(from, to, table, told);
  for (const { name, key } of tables) {
    if (key.join() !== 'id') continue;
    const last = Math.max(await lastGiven(from.queries, name), await lastGiven(to.queries, name));
    if (last > 0) await to.call(setLastGiven, { table: name, last });
  }
  const counts: CopiedCount[] = [];
  for (const table of tables) {
    const [here, there] = [await digest(from, table), await digest(to, table)];
    if (here.rows !== there.rows || here.hash !== there.hash) throw different(table.name, here.rows, there.rows);
    counts.push({ table: table.name, rows: there.rows, hash: there.hash });
  }
  await to.call(dropMark, copyMark);
  return counts;
}

async function begin(
  to: Database,
  tables: readonly CopiedTable[],
  cursors: CopiedTable,
  source: number,
): Promise<void> {
  const marks = await rowsBehind(to.reads, cursors, undefined, 1000);
  const begun = marks.find((row) => row['name'] === copyMark);
  if (begun?.['place'] === source) return;
  if (begun !== undefined) throw otherSource;
  for (const table of tables)
    if ((await rowsBehind(to.reads, table, undefined, 1)).length > 0) throw notEmpty(table.name);
  await to.call(writeRows, { table: cursors, rows: [{ name: copyMark, place: source }] });
}

/** Rows of an own id are only ever added at the end, so what is there already need not be looked at again. */
async function copyTable(from: Database, to: Database, table: CopiedTable, told: CopyParts['told']): Promise<void> {
  let behind: CopiedRow | undefined;
  if (table.key.join() === 'id' || table.key.join() === 'seq') behind = await lastRow(to, table);
  let rows = 0;
  for (;;) {
    const next = await rowsBehind(from.reads, table, behind, batch);
    if (next.length > 0) await to.call(writeRows, { table, rows: next });
    rows += next.length;
    if (next.length < batch) break;
    behind = next.at(-1);
    told(table.name, rows);
  }
  told(table.name, rows);
}

async function lastRow({ reads }: Database, { name, key }: CopiedTable): Promise<CopiedRow | undefined> {
  const [column = ''] = key;
  const text = `select "${column}" from "${name}" order by "${column}" desc limit 1`;
  const [row] = await reads.run({ sqlite: { text, names: [] }, postgres: { text, names: [] } }, {});
  return row as CopiedRow | undefined; // one column of the table, by its name
}

async function digest({ reads }: Database, table: CopiedTable): Promise<TableDigest> {
  const digest = new TableDigest();
  for (let behind: CopiedRow | undefined; ;) {
    const rows = await rowsBehind(reads, table, behind, batch);
    for (const row of rows) if (table.name !== 'cursors' || row['name'] !== copyMark) digest.add(row, table.columns);
    if (rows.length < batch) return digest;
    behind = rows.at(-1);
  }
}

const notEmpty = (table: string): CopyError =>
  new CopyError({
    ru: `в базе, куда копировать, уже есть данные (${table}): нужна пустая или та, в которую уже начали копировать отсюда`,
    en: `the database to copy to holds data already (${table}): an empty one is needed, or one that a copy from here was begun to`,
  });

const otherSource = new CopyError({
  ru: 'в эту базу начали копировать другую: закончите ту копию или возьмите пустую базу',
  en: 'a copy of another database was begun to this one: end that copy, or take an empty database',
});

const different = (table: string, here: number, there: number): CopyError =>
  new CopyError({
    ru: `копия не сошлась в таблице ${table} (строк ${here} и ${there}): с одной из баз кто-то работает — остановите службу и повторите`,
    en: `the copy differs in the table ${table} (${here} and ${there} rows): somebody works with one of the databases; stop the service and try again`,
  });
