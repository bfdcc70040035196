import type { Text } from '../../text.ts';
import { decodeText } from './charset.ts';
import { readCsv, type Table } from './csv-table.ts';
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
  if (kind === 'csv') return [{ sheet: undefined, ...entriesOf(file, csvOf(decodeText(bytes))) }];
  try {
    // Few have workbooks, and the reader is 70 modules.
    const { readXlsx } = await import('./xlsx-tables.ts');
    const sheets = await readXlsx(bytes);
    const other = sheets.find(({ rows }, index) => index > 0 && rows.length > 0);
    return sheets.flatMap(({ name, rows }, index) => [
      ...(index === 0
        ? [
            rows.length === 0 && other !== undefined
              ? faulty(file, emptySheet(name, other.name))
              : { sheet: undefined, ...entriesOf(file, { rows }) },
          ]
        : []),
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

/** Programs save a web page or an XML with any name. */
function csvOf(text: string): Table {
  const line = text.slice(0, Math.max(0, text.indexOf('\0'))).split('\n').length;
  if (text.includes('\0')) return { rows: [], fault: { line, text: noughts } };
  return /^\s*<(?:\?xml|!doctype|html|table)/i.test(text.slice(0, 1_000))
    ? { rows: [], fault: { line: 1, text: webPage } }
    : readCsv(text);
}

const noughts: Text = {
  ru: 'в файле нулевые байты: он записан не до конца или повреждён; сохраните его заново',
  en: 'the file has bytes of nought: it was not written to its end, or is damaged; save it anew',
};
const webPage: Text = {
  ru: 'это веб-страница или XML, а не CSV: откройте файл в Excel и сохраните как .xlsx или CSV',
  en: 'this is a web page or XML and no CSV: open it in Excel and save it as .xlsx or CSV',
};

function emptySheet(name: string, other: string): Text {
  return {
    ru: `первый лист «${name}» пуст: перенесите таблицу на него или ищите в словаре по имени листа (lookup: ИМЯ/${other})`,
    en: `the first sheet "${name}" is empty: move the table there, or look it up by the sheet's name (lookup: NAME/${other})`,
  };
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
