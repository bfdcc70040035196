/** A reader of RFC 4180 that knows nothing of the writer; throws for what is not whole. */
export function parseCsv(text: string, delimiter = ';'): string[][] {
  const bare = delimiter === '|' ? '\\|' : delimiter;
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^"\\r\\n${bare}]*))(\\r\\n|${bare})`, 'y');
  const rows: string[][] = [];
  let row: string[] = [];
  while (cell.lastIndex < text.length) {
    const from = cell.lastIndex;
    const match = cell.exec(text);
    if (match === null) throw new Error(`not CSV from here: ${JSON.stringify(text.slice(from, from + 80))}`);
    const [, quoted, plain = '', end] = match;
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== '\r\n') continue;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) throw new Error('the last line has no end');
  return rows;
}
