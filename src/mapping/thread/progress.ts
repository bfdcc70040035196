/**
 * What the worker is doing, in memory that both threads see: a message would arrive only after the thread that waits
 * for it has time to read it, and a deadline must not count that time.
 */
export class Progress {
  readonly buffer: SharedArrayBuffer;
  readonly #fields: BigInt64Array;

  constructor(buffer = new SharedArrayBuffer(16)) {
    this.buffer = buffer;
    this.#fields = new BigInt64Array(buffer);
  }

  begin(call: number): void {
    Atomics.store(this.#fields, 1, process.hrtime.bigint());
    Atomics.store(this.#fields, 0, BigInt(call));
  }

  end(): void {
    Atomics.store(this.#fields, 0, 0n);
  }

  /** The call under way (0: none) and for how many milliseconds. */
  read(): { readonly call: number; readonly elapsed: number } {
    const call = Number(Atomics.load(this.#fields, 0));
    const began = Atomics.load(this.#fields, 1);
    return { call, elapsed: Number(process.hrtime.bigint() - began) / 1e6 };
  }
}
