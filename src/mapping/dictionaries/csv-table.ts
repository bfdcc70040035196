import { CsvError, parse } from 'csv-parse/sync';
import type { Text } from '../../text.ts';

/** One row and where it begins; lines count from 1. */
export interface TableRow {
  readonly line: number;
  readonly cells: readonly string[];
  /** By column, from nought: what the program that wrote the file has made of the cell. */
  readonly spoilt?: ReadonlyMap<number, Text>;
}

export interface Table {
  readonly rows: readonly TableRow[];
  readonly fault?: { readonly line: number; readonly text: Text };
}

/**
 * RFC 4180 with any of `;`, tab and `,` between cells: the one that most of the first lines have outside of quotes, as
 * Excel writes by country; lines end in CR LF, LF or, from old Macs, CR. `="007"` is how people keep Excel from
 * counting.
 */
export function readCsv(text: string): Table {
  const named = /^sep=(.)\r?\n/i.exec(text);
  const body = text.slice(named?.[0].length ?? 0);
  const above = named === null ? 0 : 1;
  const rows: TableRow[] = [];
  let begins = 1;
  try {
    parse(body, {
      delimiter: named?.[1] ?? delimiterOf(body),
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      ltrim: true,
      on_record: (cells: string[], { lines }) => {
        if (cells.some((cell) => cell.trim() !== ''))
          rows.push({ line: begins + above, cells: cells.map((cell) => /^="(.*)"\s*$/.exec(cell)?.[1] ?? cell) });
        begins = lines + 1;
        return null;
      },
    });
    return { rows };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { rows, fault: { line: begins + above, text: csvSentence(error.code) } };
  }
}

function csvSentence(code: string): Text {
  return code === 'CSV_QUOTE_NOT_CLOSED'
    ? { ru: 'кавычка открыта, но не закрыта', en: 'a quote is opened and never closed' }
    : { ru: `строка записана не по правилам CSV (${code})`, en: `the row does not follow the rules of CSV (${code})` };
}

/** A title above the table may have a comma, and so may a value. */
function delimiterOf(text: string): string {
  const lines = text
    .slice(0, 10_000)
    .replace(/"[^"]*"/g, '')
    .split(/\r\n|\n|\r/)
    .slice(0, 20);
  const counted = [';', '\t', ','].map((each) => [each, lines.filter((line) => line.includes(each)).length] as const);
  return counted.toSorted(([, one], [, other]) => other - one)[0]?.[0] ?? ';';
}
