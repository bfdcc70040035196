import readWorkbook from 'read-excel-file/node';
import type { TableRow } from './csv-table.ts';

export interface Sheet {
  readonly name: string;
  readonly rows: readonly TableRow[];
}

/** The sheets of an Excel workbook, in their order; numbers and dates as texts. */
export async function readXlsx(bytes: Uint8Array): Promise<Sheet[]> {
  const sheets = await readWorkbook(Buffer.from(bytes));
  return sheets.map(({ sheet, data }) => ({
    name: sheet,
    rows: data.flatMap((cells: readonly unknown[], index: number) => {
      const texts = cells.map(textOf);
      return texts.some((text) => text.trim() !== '') ? [{ line: index + 1, cells: texts }] : [];
    }),
  }));
}

function textOf(cell: unknown): string {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean' ? String(cell) : '';
}
