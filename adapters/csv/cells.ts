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
  if (text.includes('\0')) {
    throw new RejectedError({
      ru: `Колонка «${column}»: в тексте есть символ NUL, его нельзя записать в CSV. Уберите его в источнике.`,
      en: `Column "${column}": the text has a NUL character, which CSV cannot hold. Take it out where it comes from.`,
    });
  }
  return text;
}

// OWASP "CSV Injection": what spreadsheets take for the start of a formula, full-width forms included.
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/;
// Nothing but a number can come of these: -5, +3,14, a lone dash, +7 (900) 000-00-00.
const harmless = /^(?:[+-]?\d+(?:[.,]\d+)?|-+|\+\d[\d\s().-]*)$/;

/**
 * Puts an apostrophe before a text that a spreadsheet would run as a formula. Plain numbers and phone numbers stay as
 * they
 * are, since programs read them too; Excel shows such a phone as a number unless the column is imported as text.
 */
export function defuse(text: string): string {
  return formulaStart.test(text) && !harmless.test(text) ? `'${text}` : text;
}

/** One line of RFC 4180, CRLF included. */
export function csvLine(cells: readonly string[], delimiter: string): string {
  const [only] = cells;
  // A line of nothing would be skipped by most readers.
  if (cells.length === 1 && only === '') return '""\r\n';
  return `${cells.map((cell) => quote(cell, delimiter)).join(delimiter)}\r\n`;
}

function quote(cell: string, delimiter: string): string {
  // Besides RFC 4180: readers trim bare spaces, and Excel takes a file that begins with ID for SYLK.
  const needed = cell.includes(delimiter) || /["\r\n]|^\s|\s$|^ID/.test(cell);
  return needed ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** The cells of the first line; undefined when the text ends before the line does. */
export function firstLine(text: string, delimiter: string): string[] | undefined {
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (character === '"' && cell === '') quoted = true;
    else if (character === delimiter) {
      cells.push(cell);
      cell = '';
    } else if (character === '\n') return [...cells, cell.replace(/\r$/, '')];
    else cell += character;
  }
  return undefined;
}
