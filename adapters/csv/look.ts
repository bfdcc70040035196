import { csvLine, firstLine } from './cells.ts';
import type { CsvFormat } from './format.ts';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const foreignMarks = [Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])] as const;

/**
 * The columns of a file, when it still looks as we write files; `foreign` when another program saved it anew: Excel
 * drops the byte order mark, changes charset and delimiter, and breaks lines in its own way. Rows added to such a file
 * would be of two kinds.
 *
 * @param head the first bytes of the file, all of a header among them.
 * @param whole whether that is all there is.
 */
export function lookOf(head: Buffer, format: CsvFormat, whole: boolean): readonly string[] | 'foreign' | undefined {
  const { charset, delimiter, header } = format;
  const { mark } = charset;
  const body = head.subarray(mark.length);
  if (!head.subarray(0, mark.length).equals(mark) || !isInCharset(body, charset.isUnicode, whole)) return 'foreign';
  if (mark.length === 0 && foreignMarks.some((one) => head.subarray(0, one.length).equals(one))) return 'foreign';
  if (!header) return format.columns;
  // No columns at all when the first line has no end.
  const columns = firstLine(charset.decode(body), delimiter);
  if (columns === undefined) return [];
  const expected = charset.encode(csvLine(columns, delimiter));
  return body.subarray(0, expected.length).equals(expected) ? columns : 'foreign';
}

/** The last two bytes of a file tell how its lines end; a line that is left open tells nothing. */
export function endsForeign(last: Uint8Array): boolean {
  if (last.at(-1) === carriageReturn) return true;
  return last.at(-1) === lineFeed && last.at(-2) !== carriageReturn;
}

/** Russian text in single bytes is as good as never valid UTF-8, so what is valid has been saved as UTF-8. */
function isInCharset(bytes: Buffer, unicode: boolean, whole: boolean): boolean {
  const isAscii = bytes.every((byte) => byte < 0x80);
  return isAscii || isUtf8(bytes, whole) === unicode;
}

function isUtf8(bytes: Buffer, whole: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !whole });
    return true;
  } catch {
    return false;
  }
}
