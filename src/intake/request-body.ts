import type { Readable } from 'node:stream';
import { SignatureCheck } from '../huntflow/wire.ts';
import type { BodyRoom } from './body-room.ts';
import { Pieces } from './pieces.ts';

/** Everything a webhook's body gives while it streams by. */
export interface RequestBody {
  readonly outcome: 'whole';
  /** The raw bytes; undefined when there are more than the limit, or when nobody signed them and nobody wants them. */
  readonly bytes: Buffer | undefined;
  readonly size: number;
  /** More bytes than the limit. */
  readonly over: boolean;
  /** Whether the signature fits; without secrets, always. */
  readonly signed: boolean;
  /** Gives up the memory for its bytes. */
  readonly release: () => void;
}

/** Not whole: longer than anybody reads, too slow, or dropped because the memory for bodies was full. */
export interface UnreadBody {
  readonly outcome: 'too large' | 'too slow' | 'no room';
}

export interface Reading {
  /** Any of them may have signed the body; none: nobody has to. */
  readonly secrets: readonly string[];
  /** X-Huntflow-Signature. */
  readonly signature: string | undefined;
  /** Bytes of a body that are kept. */
  readonly limit: number;
  /** The bytes are wanted whether or not the signature fits. */
  readonly anyway?: boolean;
  readonly room: BodyRoom;
  /** Milliseconds that a body may stand still. */
  readonly longestSilence?: number;
}

/**
 * Even a body that is too large to keep is hashed to its end, up to here: one that Huntflow signed must not be refused.
 */
export const hashLimit = 100 * 1024 ** 2;

/** Rejects when the sender hangs up. */
export function readRequestBody(
  stream: Readable,
  { secrets, signature, limit, anyway = false, room, longestSilence = 20_000 }: Reading,
): Promise<RequestBody | UnreadBody> {
  const check = new SignatureCheck(secrets);
  const pieces = new Pieces();
  let size = 0;
  // An iterator over the stream reads as well, at three times the cost (measured).
  return new Promise((resolve, reject) => {
    const giveUp = (outcome: UnreadBody['outcome']) => {
      stream.off('data', take);
      stream.pause();
      free();
      resolve({ outcome });
    };
    const place = room.enter(() => giveUp('no room'));
    const timer = setTimeout(giveUp, longestSilence, 'too slow');
    const free = () => {
      clearTimeout(timer);
      pieces.clear();
      room.leave(place);
    };
    const take = (bytes: Buffer) => {
      timer.refresh();
      size += bytes.length;
      if (size > hashLimit) return giveUp('too large');
      check.update(bytes);
      if (size <= limit) pieces.push(bytes);
      else pieces.clear();
      room.resize(place, pieces.held);
    };
    stream.on('data', take);
    stream.once('end', () => {
      clearTimeout(timer);
      place.unfinished = false;
      const signed = secrets.length === 0 || check.matches(signature);
      const over = size > limit;
      const bytes = (signed || anyway) && !over ? pieces.whole() : undefined;
      if (bytes === undefined) free();
      resolve({ outcome: 'whole', bytes, size, over, signed, release: free });
    });
    stream.once('error', (error) => {
      free();
      reject(error);
    });
    stream.once('close', () => {
      if (stream.readableEnded) return;
      free();
      reject(hungUp());
    });
  });
}

function hungUp(): Error {
  return Object.assign(new Error('the sender hung up in the middle of a request'), { code: 'ECONNRESET' });
}
