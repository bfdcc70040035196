export interface CsvRow {
  /** Counts from 1; where the row begins. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvTable {
  readonly rows: readonly CsvRow[];
  /** The line of a quote that nothing closes. */
  readonly unclosed: number | undefined;
}

/**
 * RFC 4180 with any of `;`, tab and `,` between cells: the first that the first line has outside of quotes, as Excel
 * writes by country.
 */
export function readCsv(text: string): CsvTable {
  const named = /^sep=(.)\r?\n/.exec(text);
  const delimiter = named?.[1] ?? delimiterOf(text);
  const rows: CsvRow[] = [];
  let cells: string[] = [];
  let cell = '';
  let line = named === null ? 1 : 2;
  let rowLine = line;
  let quotedSince: number | undefined;
  for (let at = named?.[0].length ?? 0; at <= text.length; at += 1) {
    const char = text[at];
    if (quotedSince !== undefined && char !== undefined) {
      if (char === '"' && text[at + 1] === '"') cell += text[++at];
      else if (char === '"') quotedSince = undefined;
      else {
        cell += char;
        if (char === '\n') line += 1;
      }
    } else if (char === '"' && cell.trim() === '') {
      cell = '';
      quotedSince = line;
    } else if (char === delimiter) {
      cells.push(cell);
      cell = '';
    } else if (char === '\n' || char === undefined) {
      cells.push(cell.replace(/\r$/, ''));
      if (cells.some((each) => each.trim() !== '')) rows.push({ line: rowLine, cells });
      [cells, cell] = [[], ''];
      line += 1;
      rowLine = line;
    } else cell += char;
  }
  return { rows, unclosed: quotedSince };
}

function delimiterOf(text: string): string {
  const firstLine = (/^[^\r\n]*/.exec(text)?.[0] ?? '').replace(/"(?:[^"]|"")*"/g, '');
  return [';', '\t', ','].find((each) => firstLine.includes(each)) ?? ';';
}
