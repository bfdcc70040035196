import { csvLine } from './cells.ts';
import type { CsvFormat } from './format.ts';
import type { Row } from './row.ts';

/** A whole file of one row. */
export function fileOf({ cells }: Pick<Row, 'cells'>, { header, delimiter, charset }: CsvFormat): Buffer {
  const first = header ? csvLine([...cells.keys()], delimiter) : '';
  return Buffer.concat([charset.mark, charset.encode(first + csvLine([...cells.values()], delimiter))]);
}
