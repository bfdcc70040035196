import type { Writable } from 'node:stream';
import type { DestinationStream } from 'pino';

/** Bytes of the log that wait for a reader; more are dropped and counted. */
const bound = 1024 ** 2;

/**
 * Standard error as a log that stops nobody: a pipe whose reader has stopped takes 64 KB and then nothing more, and
 * whoever waited for it would take no webhooks meanwhile. Lines wait up to a bound, then they are dropped; when there
 * is room again, one line says how many.
 */
export class LogStream implements DestinationStream {
  readonly #stream: Writable;
  #dropped = 0;

  constructor(stream: Writable) {
    this.#stream = stream;
    // A reader that has gone (EPIPE) or a full disk below the log is no reason to end: there is nobody to be told.
    stream.on('error', () => undefined);
    stream.on('drain', () => this.#tell());
  }

  write(line: string): void {
    if (this.#stream.writableLength + line.length > bound) {
      this.#dropped += 1;
      return;
    }
    this.#tell();
    this.#put(line);
  }

  #tell(): void {
    const count = this.#dropped;
    if (count === 0) return;
    this.#dropped = 0;
    const line = {
      level: 'warn',
      time: new Date().toISOString(),
      count,
      msg: 'lines of this log were dropped: nobody read them',
    };
    this.#put(`${JSON.stringify(line)}\n`);
  }

  #put(line: string): void {
    try {
      this.#stream.write(line);
    } catch {
      // a file is written at once, and its disk may be full
      this.#dropped += 1;
    }
  }
}
