import type { Readable } from 'node:stream';
import { SignatureCheck } from '../huntflow/wire.ts';

/** Everything a webhook's body gives while it streams by. */
export interface RequestBody {
  /** The raw bytes; undefined when there are more than the limit. */
  readonly bytes: Buffer | undefined;
  readonly size: number;
  readonly signature: SignatureCheck;
}

/** Even a body that is too large to keep is hashed to its end, up to here: one that Huntflow signed must not be refused. */
export const hashLimit = 100 * 1024 ** 2;

/** Undefined when the body is longer than anybody reads. Throws when the sender hangs up. */
export async function readRequestBody(stream: Readable, secrets: readonly string[], limit: number): Promise<RequestBody | undefined> {
  const signature = new SignatureCheck(secrets);
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop early must not destroy the request: its answer still has to go out.
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    const bytes: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size > hashLimit) return undefined;
    signature.update(bytes);
    if (size <= limit) chunks.push(bytes);
    else chunks.length = 0;
  }
  return { bytes: size <= limit ? Buffer.concat(chunks) : undefined, size, signature };
}
