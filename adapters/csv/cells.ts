import { parse } from 'csv-parse/sync';
import { RejectedError } from '../../src/adapter.ts';

/** What a cell is made of; null is an empty cell. */
export type CellValue = string | number | boolean | null;

/** @throws RejectedError for anything that is not one value, naming the column. */
export function cellText(column: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw new RejectedError({
      ru: `Колонка «${column}»: в ячейку CSV помещается одно значение, а здесь список или набор полей. Выберите поле или соберите текст формулой.`,
      en:
        `Column "${column}": a CSV cell holds one value, but this is a list or a set of fields. Pick a field ` +
        'or build a text with a formula.',
    });
  }
  const text = String(value);
  // Programs of the DOS age take U+001A for the end of the file.
  if (/[\0\u001a]/.test(text)) {
    throw new RejectedError({
      ru: `Колонка «${column}»: в тексте есть символ NUL или SUB (U+001A), его нельзя записать в CSV. Уберите его в источнике.`,
      en:
        `Column "${column}": the text has a NUL or SUB (U+001A) character, which CSV cannot hold. Take it out where ` +
        'it comes from.',
    });
  }
  return text;
}

// What programs trim or do not show: blanks of every kind, controls, zero-width and filler characters, marks that stand on
// nothing, what no font has, blanks of Braille, of notes and of ideographs.
const unseen = /^[\s\p{C}\p{M}\p{Z}\p{Default_Ignorable_Code_Point}\u2800\u303f\ufffc\u{1d159}]+/u;
// OWASP "CSV Injection": what spreadsheets take for the start of a formula; U+2212 is the minus of typographers.
const formulaSign = /^[=+\-@\u2212]/;
// Nothing but a number can come of these: -5, +3,14, a lone dash.
const harmless = /^(?:[+\-\u2212]?\d+(?:[.,]\d+)?|-+)$/;
// A phone as E.123 writes it, with the digits of one: +7 (900) 000-00-00. +1-1 has the form of a sum, and is taken for one.
const phone = /^\+(?:\d[ .\u00a0-]?){1,4}(?:\(\d{2,5}\)[ \u00a0-]?)?(?:\d{1,7}[ .\u00a0-]?){0,6}$/;

function isPhone(text: string): boolean {
  const digits = text.replace(/\D/g, '').length;
  return text.length <= 30 && digits >= 10 && digits <= 15 && phone.test(text) && /\d$/.test(text);
}

/**
 * Puts an apostrophe before a text that a spreadsheet would run as a formula, full-width, small and raised signs
 * included, also behind what nobody sees. Plain numbers and phone numbers stay as they are, since programs read them
 * too; Excel shows such a phone as a number unless the column is imported as text. The text is in its last form: what
 * composing or a charset makes of it is done.
 */
export function defuse(text: string): string {
  const bare = text.replace(unseen, '');
  const [first = ''] = bare;
  if (!/^[\t\r\n]/.test(text) && !formulaSign.test(first.normalize('NFKC'))) return text;
  return bare === text && (harmless.test(text) || isPhone(text)) ? text : `'${text}`;
}

/** One line of RFC 4180, CRLF included. */
export function csvLine(cells: readonly string[], delimiter: string): string {
  const [only] = cells;
  // A line of nothing would be skipped by most readers.
  if (cells.length === 1 && only === '') return '""\r\n';
  return `${cells.map((cell) => quote(cell, delimiter)).join(delimiter)}\r\n`;
}

// Besides RFC 4180: readers trim bare blanks and break lines at VT, FF, NEL or U+2028, and Excel takes a file that
// begins with ID for SYLK.
const needsQuotes = /["\u0000-\u001f\u007f-\u009f\u2028\u2029]|^[\s\ufeff]|[\s\ufeff]$|^ID/;
const beyondAscii = /[^\u0000-\u007f]/;

function quote(cell: string, delimiter: string): string {
  if (!needsQuotes.test(cell) && !cell.includes(delimiter) && !foldsInto(cell, delimiter)) return cell;
  return `"${cell.replaceAll('"', '""')}"`;
}

/** A reader that folds full-width forms would find a delimiter or a quote in it. */
function foldsInto(cell: string, delimiter: string): boolean {
  if (!beyondAscii.test(cell)) return false;
  const folded = cell.normalize('NFKC');
  return folded.includes(delimiter) || folded.includes('"');
}

/** The cells of the first line; undefined when the text ends before the line does. */
export function firstLine(text: string, delimiter: string): string[] | undefined {
  const cells = firstRecord(text, delimiter);
  // A line that has ended does not change by what follows.
  return cells?.join('\n') === firstRecord(`${text}x`, delimiter)?.join('\n') ? cells : undefined;
}

function firstRecord(text: string, delimiter: string): string[] | undefined {
  try {
    const [cells] = parse(text, {
      delimiter,
      to: 1,
      relax_quotes: true,
      relax_column_count: true,
      record_delimiter: ['\r\n', '\n', '\r'],
    });
    return cells;
  } catch {
    return undefined; // a quote that is not closed here
  }
}
