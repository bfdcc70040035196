import type { Text } from '../../text.ts';
import { decodeText } from './charset.ts';
import { readCsv } from './csv-table.ts';
import { entriesOf, type TableEntries } from './table-dictionary.ts';

export interface TableFile {
  /** As shown to people. */
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly kind: 'csv' | 'xlsx';
}

/** The first sheet bears the name of the file; `sheet` is the name of a further one. */
export type SheetEntries = TableEntries & { readonly sheet: string | undefined };

/** What the tables of a file say, or what is wrong with it; in whichever thread. */
export async function readTables({ file, bytes, kind }: TableFile): Promise<readonly SheetEntries[]> {
  if (bytes.length === 0) return [{ sheet: undefined, ...entriesOf(file, { rows: [] }) }];
  const found = formOf(bytes);
  if (found !== (kind === 'xlsx' ? 'zip' : 'text')) return [faulty(file, wrongForm(found))];
  if (kind === 'csv') return [{ sheet: undefined, ...entriesOf(file, readCsv(decodeText(bytes))) }];
  try {
    // Few have workbooks, and the reader is 70 modules.
    const { readXlsx } = await import('./xlsx-tables.ts');
    const sheets = await readXlsx(bytes);
    return sheets.flatMap(({ name, rows }, index) => [
      ...(index === 0 ? [{ sheet: undefined, ...entriesOf(file, { rows }) }] : []),
      { sheet: name, ...entriesOf(file, { rows }) },
    ]);
  } catch {
    return [
      faulty(file, {
        ru: 'книга Excel не читается: сохраните её заново',
        en: 'the workbook cannot be read: save it anew',
      }),
    ];
  }
}

function faulty(file: string, text: Text): SheetEntries {
  return { sheet: undefined, entries: [], faults: [{ file, line: 1, column: 1, level: 'error', text }] };
}

/** What the first bytes say, whatever the name does. */
function formOf(bytes: Uint8Array): 'zip' | 'ole' | 'text' {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04) return 'zip';
  return bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11 && bytes[3] === 0xe0 ? 'ole' : 'text';
}

function wrongForm(found: 'zip' | 'ole' | 'text'): Text {
  switch (found) {
    case 'zip':
      return {
        ru: 'это книга Excel (.xlsx), а не CSV: дайте файлу имя с .xlsx или сохраните его как CSV',
        en: 'this is an Excel workbook (.xlsx) and no CSV: name it .xlsx, or save it as CSV',
      };
    case 'ole':
      return {
        ru: 'это книга старого Excel (.xls): сохраните её как .xlsx или CSV',
        en: 'this is a workbook of an old Excel (.xls): save it as .xlsx or CSV',
      };
    case 'text':
      return {
        ru: 'это не книга Excel, хотя имя кончается на .xlsx: если внутри текст, дайте имя с .csv',
        en: 'this is no Excel workbook, though its name ends in .xlsx: if it is a text, name it .csv',
      };
  }
}
