import { open, readFile } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { type Attachment, RejectedError } from '../adapter.ts';
import { isForgotten } from './why-not.ts';
import type { SealKey, Seals } from '../people/seals.ts';

/** What a sealed file begins with, and no file that a program makes. */
const head = Buffer.from('\0hfsealed1\n', 'latin1');
/** Bytes that are sealed at a time. */
const pieceBytes = 256 * 1024;
const lengthBytes = 4;

/** Seals what passes through, piece by piece: none can be left out, moved, or taken into another file. */
export function sealingStream(seals: Seals, key: SealKey, name: string): Transform {
  let waiting = Buffer.alloc(0);
  let count = 0;
  const seal = (bytes: Buffer, isLast: boolean): Buffer => {
    const sealed = seals.sealBytes(key, pieceOf(name, (count += 1), isLast), bytes);
    const length = Buffer.alloc(lengthBytes);
    length.writeUInt32BE(sealed.length);
    return Buffer.concat([...(count === 1 ? [head] : []), length, sealed]);
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      waiting = Buffer.concat([waiting, chunk]);
      while (waiting.length > pieceBytes) {
        this.push(seal(waiting.subarray(0, pieceBytes), false));
        waiting = waiting.subarray(pieceBytes);
      }
      done();
    },
    flush(done) {
      done(null, seal(waiting, true));
    },
  });
}

export async function isSealedFile(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(head.length), 0, head.length, 0);
    return bytesRead === head.length && buffer.equals(head);
  } finally {
    await file.close();
  }
}

/** What a file holds, sealed or not; undefined: its key is gone, or somebody has been at it. Throws when it is missing. */
export async function openFile(seals: Seals, path: string, name: string): Promise<Buffer | undefined> {
  const bytes = await readFile(path);
  if (!bytes.subarray(0, head.length).equals(head)) return bytes;
  const pieces: Buffer[] = [];
  for (let at = head.length; at < bytes.length;) {
    const from = at + lengthBytes;
    const end = from > bytes.length ? Infinity : from + bytes.readUInt32BE(at);
    if (end > bytes.length) return undefined;
    const place = pieceOf(name, pieces.length + 1, end === bytes.length);
    const piece = await seals.openBytes(bytes.subarray(from, end), place);
    if (piece === undefined) return undefined;
    pieces.push(piece);
    at = end;
  }
  return pieces.length === 0 ? undefined : Buffer.concat(pieces);
}

/** For an adapter: as a path where it lies in clear, else by what opens it. */
export async function lentFile(
  seals: Seals,
  path: string,
  name: string,
  { size, type }: Pick<Attachment, 'size' | 'type'>,
): Promise<Attachment> {
  if (!(await isSealedFile(path))) return { path, size, type };
  const read = async () => {
    const bytes = await openFile(seals, path, name);
    if (bytes === undefined) throw new RejectedError(isForgotten);
    return bytes;
  };
  return { path: undefined, read, size, type };
}

function pieceOf(name: string, count: number, isLast: boolean) {
  return { table: 'attachments', column: isLast ? 'last piece' : 'piece', row: `${name}/${count}` };
}
