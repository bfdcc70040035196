/**
 * Smaller chunks are copied together: each alone costs some hundred bytes, and a stranger may send one byte at a time.
 */
const ownBuffer = 4096;
const block = 16 * 1024;

/** A body as it comes in, in few buffers. */
export class Pieces {
  readonly #buffers: Buffer[] = [];
  /** The last buffer while it has room. */
  #open: Buffer | undefined;
  #used = 0;
  /** Bytes of memory that it takes. */
  held = 0;

  push(chunk: Buffer): void {
    if (this.#buffers.length === 0 || chunk.length >= ownBuffer) {
      this.#close();
      this.#add(chunk);
      return;
    }
    let rest = chunk;
    while (rest.length > 0) {
      const open = this.#open ?? this.#begin();
      const copied = rest.copy(open, this.#used);
      this.#used += copied;
      rest = rest.subarray(copied);
      if (this.#used === open.length) this.#close();
    }
  }

  clear(): void {
    this.#buffers.length = 0;
    this.#open = undefined;
    this.#used = 0;
    this.held = 0;
  }

  whole(): Buffer {
    this.#close();
    const [only] = this.#buffers;
    return only !== undefined && this.#buffers.length === 1 ? only : Buffer.concat(this.#buffers);
  }

  #begin(): Buffer {
    const open = Buffer.allocUnsafeSlow(block);
    this.#open = open;
    this.#used = 0;
    this.#add(open);
    return open;
  }

  #add(buffer: Buffer): void {
    this.#buffers.push(buffer);
    this.held += buffer.length;
  }

  #close(): void {
    if (this.#open === undefined) return;
    this.#buffers[this.#buffers.length - 1] = this.#open.subarray(0, this.#used);
    this.#open = undefined;
  }
}
