/**
 * Cuts a stream of PostgreSQL's protocol into messages: a type byte, which a client's first ones lack, and a length
 * that counts itself.
 */
export class WireMessages {
  readonly #typed: boolean;
  #rest: Buffer = Buffer.alloc(0);

  constructor({ typed }: { readonly typed: boolean }) {
    this.#typed = typed;
  }

  *cut(chunk: Buffer): Generator<Buffer> {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const type = this.#typed ? 1 : 0;
    while (this.#rest.length >= type + 4 && this.#rest.length >= type + this.#rest.readInt32BE(type)) {
      const length = type + this.#rest.readInt32BE(type);
      const message = this.#rest.subarray(0, length);
      this.#rest = this.#rest.subarray(length);
      yield message;
    }
  }
}

/** One character; of a client's first messages nothing. */
export function wireMessage(type: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(content.length + 4);
  return Buffer.concat([Buffer.from(type), length, content]);
}

export function typeOf(message: Buffer): string {
  return String.fromCharCode(message[0] ?? 0);
}
