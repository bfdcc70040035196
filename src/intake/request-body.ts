import type { Readable } from 'node:stream';
import { SignatureCheck } from '../huntflow/wire.ts';

/** Everything a webhook's body gives while it streams by. */
export interface RequestBody {
  /** The raw bytes; undefined when there are more than the limit. */
  readonly bytes: Buffer | undefined;
  readonly size: number;
  readonly signature: SignatureCheck;
}

/**
 * Even a body that is too large to keep is hashed to its end, up to here: one that Huntflow signed must not be refused.
 */
export const hashLimit = 100 * 1024 ** 2;

/** Undefined when the body is longer than anybody reads. Rejects when the sender hangs up. */
export function readRequestBody(
  stream: Readable,
  secrets: readonly string[],
  limit: number,
): Promise<RequestBody | undefined> {
  const signature = new SignatureCheck(secrets);
  const chunks: Buffer[] = [];
  let size = 0;
  // An iterator over the stream reads as well, at three times the cost (measured).
  return new Promise((resolve, reject) => {
    const take = (bytes: Buffer) => {
      size += bytes.length;
      if (size > hashLimit) {
        stream.off('data', take);
        stream.pause();
        resolve(undefined);
        return;
      }
      signature.update(bytes);
      if (size <= limit) chunks.push(bytes);
      else chunks.length = 0;
    };
    stream.on('data', take);
    stream.once('end', () => resolve({ bytes: size <= limit ? joined(chunks) : undefined, size, signature }));
    stream.once('error', reject);
    stream.once('close', () => {
      if (!stream.readableEnded) reject(hungUp());
    });
  });
}

function joined(chunks: readonly Buffer[]): Buffer {
  const [only] = chunks;
  return only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks);
}

function hungUp(): Error {
  return Object.assign(new Error('the sender hung up in the middle of a request'), { code: 'ECONNRESET' });
}
