import { promisify } from 'node:util';
import { brotliDecompress, constants, gunzip, inflate, inflateRaw } from 'node:zlib';
import type { ZlibOptions } from 'node:zlib';
import { errorCode } from '../../src/toolkit.ts';
import type { Flaw } from './flaw.ts';

const unzipped = {
  gzip: promisify<Buffer, ZlibOptions, Buffer>(gunzip),
  deflate: promisify<Buffer, ZlibOptions, Buffer>(inflate),
  raw: promisify<Buffer, ZlibOptions, Buffer>(inflateRaw),
};
const unbrotlied = promisify<Buffer, { maxOutputLength: number }, Buffer>(brotliDecompress);

/** Layers of compression that are taken off; nobody sends more than one in earnest. */
const layers = 3;

/**
 * A body without its Content-Encoding, `limit` bytes at most. Never throws: what cannot be unzipped is given as it
 * came, or as far as it went, with the flaw.
 */
export async function unzip(
  body: Buffer,
  encoding: string,
  limit: number,
): Promise<{ readonly body: Buffer; readonly flaw?: Flaw }> {
  const names = encoding.toLowerCase().split(',', layers + 1);
  let plain = body;
  for (const name of names.map((one) => one.trim()).toReversed()) {
    if (name === '' || name === 'identity' || plain.length === 0) continue;
    if (name === 'gzip' && plain.readUInt8() !== 0x1f)
      return { body: plain, flaw: { code: 'NOT_GZIPPED', whole: true } };
    try {
      plain = await layer(name, plain, limit);
    } catch (error) {
      const code = errorCode(error) ?? 'Z_DATA_ERROR';
      const begun = code === 'Z_BUF_ERROR' ? await asFarAsItGoes(name, plain, limit) : plain;
      return { body: code === 'ERR_BUFFER_TOO_LARGE' ? Buffer.alloc(0) : begun, flaw: { code, whole: false } };
    }
  }
  return { body: plain };
}

function layer(name: string, body: Buffer, limit: number, cut = false): Promise<Buffer> {
  const options = { maxOutputLength: limit, ...(cut && { finishFlush: constants.Z_SYNC_FLUSH }) };
  if (name === 'gzip' || name === 'x-gzip') return unzipped.gzip(body, options);
  // RFC 9110 8.4.1.2: some send the raw form, without the two bytes of zlib.
  if (name === 'deflate')
    return (body.readUInt8() & 0x0f) === 8 ? unzipped.deflate(body, options) : unzipped.raw(body, options);
  if (name === 'br') return unbrotlied(body, { maxOutputLength: limit });
  return Promise.reject(Object.assign(new Error('unknown encoding'), { code: 'UNKNOWN_CONTENT_ENCODING' }));
}

/** A zipped body that was cut off: its beginning is for people to read. */
async function asFarAsItGoes(name: string, body: Buffer, limit: number): Promise<Buffer> {
  try {
    return await layer(name, body, limit, true);
  } catch {
    return Buffer.alloc(0);
  }
}
