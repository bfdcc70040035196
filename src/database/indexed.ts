import { createHash } from 'node:crypto';

/**
 * Bytes that one value of a key may take: PostgreSQL refuses an index row over 2704 of them (a third of a page), and
 * the longest key has six values.
 */
const most = 400;

const shape = /~[0-9a-f]{64}$/;
const digestLength = 65;

/**
 * A text from outside as it may stand in an index of either database: as it is, or its beginning and a digest of the
 * whole when it is too long, holds a NUL (PostgreSQL has none) or half a character. Different texts stay different:
 * one that looks like what comes out here is digested too.
 */
export function indexed(text: string): string {
  // No character takes more than three bytes a code unit.
  const fits = text.length * 3 <= most || Buffer.byteLength(text) <= most;
  if (fits && text.isWellFormed() && !text.includes('\0') && !shape.test(text)) return text;
  // JSON writes half a character as what it is, UTF-8 as what every other one is.
  const digest = createHash('sha256').update(JSON.stringify(text)).digest('hex');
  return `${beginning(text)}~${digest}`;
}

function beginning(text: string): string {
  const bytes = Buffer.from(text.slice(0, most).toWellFormed().replaceAll('\0', '\ufffd'));
  const end = most - digestLength;
  if (bytes.length <= end) return bytes.toString();
  // Whole characters only: a continuation byte never begins one.
  let cut = end;
  while (cut > 0 && ((bytes[cut] ?? 0) & 0xc0) === 0x80) cut -= 1;
  return bytes.subarray(0, cut).toString();
}
