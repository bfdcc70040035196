import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Length of what follows, nonce, tag: what stands before the sealed bytes of an entry. */
const [lengthBytes, nonceBytes, tagBytes] = [4, 12, 16];
const headBytes = lengthBytes + nonceBytes + tagBytes;

/** An entry as it stands in a file: sealed, and bound to the file's name so that files cannot change places. */
export function sealEntry(key: Buffer, file: string, plain: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(file));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32BE(sealed.length);
  return Buffer.concat([length, nonce, cipher.getAuthTag(), sealed]);
}

/** What a file holds up to its first entry that is torn or damaged. */
export interface ReadSegment {
  readonly entries: readonly Buffer[];
  /** Bytes of whole entries. */
  readonly whole: number;
  /** `torn`: the last entry was being written when the process died: nobody was told that it is kept. */
  readonly end: 'whole' | 'torn' | 'damaged';
}

export function readSegment(key: Buffer, file: string, bytes: Buffer): ReadSegment {
  const entries: Buffer[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (bytes.length - at < headBytes) return { entries, whole: at, end: 'torn' };
    const end = at + headBytes + bytes.readUInt32BE(at);
    if (end > bytes.length) return { entries, whole: at, end: 'torn' };
    const nonce = bytes.subarray(at + lengthBytes, at + lengthBytes + nonceBytes);
    const tag = bytes.subarray(at + lengthBytes + nonceBytes, at + headBytes);
    try {
      const cipher = createDecipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(file)).setAuthTag(tag);
      entries.push(Buffer.concat([cipher.update(bytes.subarray(at + headBytes, end)), cipher.final()]));
    } catch {
      return { entries, whole: at, end: 'damaged' };
    }
    at = end;
  }
  return { entries, whole: at, end: 'whole' };
}
