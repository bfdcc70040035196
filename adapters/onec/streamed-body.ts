import { PassThrough, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { errorCode } from '../../src/toolkit.ts';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The body of one answer, read while it comes: unzipped, and no more of it than the limit. */
export class StreamedBody<T> {
  readonly #read: (body: AsyncIterable<Uint8Array>) => Promise<T>;
  readonly #beyond: () => Error;
  readonly #limit: number;
  #reading: Promise<T> | undefined;

  /** @param limit bytes, unzipped; `beyond` is thrown where they do not do. */
  constructor(read: (body: AsyncIterable<Uint8Array>) => Promise<T>, beyond: () => Error, limit: number) {
    this.#read = read;
    this.#beyond = beyond;
    this.#limit = limit;
  }

  /** For HttpRequest.into. What is refused, or zipped in a rare way, comes as a whole. */
  readonly take = (status: number, headers: Headers): Transform | undefined => {
    const sink = status >= 200 && status < 300 ? unzipping(String(headers['content-encoding'] ?? '')) : undefined;
    if (sink === undefined) return undefined;
    this.#reading = this.#read(this.#bounded(sink));
    this.#reading.catch(() => sink.destroy());
    return sink;
  };

  /** What the reader threw; that an answer broke off is not its fault. */
  async fault(): Promise<unknown> {
    const [read] = await Promise.allSettled([this.#reading]);
    return read.status === 'rejected' && errorCode(read.reason) !== 'ERR_STREAM_PREMATURE_CLOSE'
      ? read.reason
      : undefined;
  }

  /** @param whole the body, if it was not taken as it came. */
  result(whole: Uint8Array): Promise<T> {
    return this.#reading ?? this.#read(this.#bounded([whole]));
  }

  async *#bounded(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let size = 0;
    for await (const chunk of source) {
      size += chunk.length;
      if (size > this.#limit) throw this.#beyond();
      yield chunk;
    }
  }
}

function unzipping(encoding: string): Transform | undefined {
  switch (encoding.trim().toLowerCase()) {
    case '':
    case 'identity':
      return new PassThrough();
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'br':
      return createBrotliDecompress();
    default:
      return undefined;
  }
}
