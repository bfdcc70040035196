import readWorkbook from 'read-excel-file/node';
import type { Text } from '../../text.ts';
import type { TableRow } from './csv-table.ts';
import { type SheetNotes, workbookNotes } from './workbook-notes.ts';

export interface Sheet {
  readonly name: string;
  readonly rows: readonly TableRow[];
}

/** The sheets of an Excel workbook, the first one that people see before all others; numbers and dates as texts. */
export async function readXlsx(bytes: Uint8Array): Promise<Sheet[]> {
  const notes = workbookNotes(bytes);
  const read = await readWorkbook(Buffer.from(notes.bytes));
  const sheets = read.map(({ sheet, data }) => ({ name: sheet, rows: rowsOf(data, notes.sheets.get(sheet)) }));
  return sheets.toSorted((one, other) => Number(isHidden(one, notes.sheets)) - Number(isHidden(other, notes.sheets)));
}

function isHidden({ name }: Sheet, notes: ReadonlyMap<string, SheetNotes>): boolean {
  return notes.get(name)?.hidden === true;
}

/** The reader cuts what is empty at the right and at the bottom, and to it a formula without a result is. */
function rowsOf(data: readonly (readonly unknown[])[], notes: SheetNotes | undefined): TableRow[] {
  const failed = [...(notes?.failed.keys() ?? [])].map(placeOf);
  const height = Math.max(data.length, ...failed.map(({ row }) => row + 1));
  return Array.from({ length: height }, (_row, row) => {
    const own = failed.filter((place) => place.row === row);
    return rowOf(data, row, Math.max(data[row]?.length ?? 0, ...own.map(({ column }) => column + 1)), notes);
  }).filter(({ cells, spoilt }) => spoilt !== undefined || cells.some((text) => text.trim() !== ''));
}

function rowOf(
  data: readonly (readonly unknown[])[],
  row: number,
  width: number,
  notes: SheetNotes | undefined,
): TableRow {
  const columns = Array.from({ length: width }, (_column, column) => column);
  const valueAt = (column: number): unknown => {
    const merged = notes?.merged.get(addressOf(row, column));
    return data[merged === undefined ? row : placeOf(merged).row]?.[column];
  };
  const cells = columns.map((column) => textOf(valueAt(column), notes?.digits.get(addressOf(row, column))));
  const spoilt = columns.flatMap((column) => {
    const text = faultOf(valueAt(column), addressOf(row, column), notes);
    return text === undefined ? [] : [[column, text] as const];
  });
  return { line: row + 1, cells, ...(spoilt.length > 0 && { spoilt: new Map(spoilt) }) };
}

/** `B2`, counted from nought here; a dictionary has its columns at the left. */
function addressOf(row: number, column: number): string {
  return `${column < letters.length ? letters.charAt(column) : '?'}${row + 1}`;
}

function placeOf(address: string): { readonly row: number; readonly column: number } {
  const [, column = '', row = ''] = /^([A-Z]*)(\d*)$/.exec(address) ?? [];
  return { row: Number(row) - 1, column: column.length > 1 ? letters.length : letters.indexOf(column) };
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

function textOf(cell: unknown, digits: number | undefined): string {
  if (cell instanceof Date) return dateText(cell);
  // Excel shows fifteen digits: what stands behind them is what a sum of floats leaves.
  if (typeof cell === 'number') {
    const text = String(Number(cell.toPrecision(15)));
    return /^\d+$/.test(text) ? text.padStart(digits ?? 0, '0') : text;
  }
  return typeof cell === 'string' || typeof cell === 'boolean' ? String(cell) : '';
}

/** Excel counts days as a float, so midnight may be a millisecond early. */
function dateText(date: Date): string {
  const text = new Date(Math.round(date.getTime() / 1_000) * 1_000).toISOString().slice(0, 19);
  return text.endsWith('T00:00:00') ? text.slice(0, 10) : text;
}

function faultOf(cell: unknown, address: string, notes: SheetNotes | undefined): Text | undefined {
  if (typeof cell === 'number' && Math.abs(cell) >= 1e15) return tooLong;
  if (notes?.failed.has(address) !== true) return undefined;
  const error = notes.failed.get(address);
  return error === undefined
    ? {
        ru: `формула в ${address} ещё не посчитана: откройте книгу в Excel и сохраните её`,
        en: `the formula in ${address} has not been computed yet: open the workbook in Excel and save it`,
      }
    : {
        ru: `формула в ${address} дала ошибку ${error}: исправьте её или впишите значение`,
        en: `the formula in ${address} came to the error ${error}: mend it, or type the value`,
      };
}

const tooLong: Text = {
  ru: 'в числе больше 15 цифр, а Excel хранит только 15: сделайте столбец текстовым и впишите номер заново',
  en: 'the number has more than 15 digits, and Excel keeps 15: make the column text and type the number anew',
};
