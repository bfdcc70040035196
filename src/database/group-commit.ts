import { isCutOff, isLocked } from './outage.ts';

/** Takes what many callers want written at the same time and writes it together: one disk flush for all of them. */
export class GroupCommit<Item, Result> {
  readonly #write: (items: readonly Item[]) => Promise<readonly Result[]>;
  readonly #most: number;
  /** Whether a batch waits for the one before it. */
  readonly #inTurn: boolean;
  #waiting: Waiting<Item, Result>[] = [];
  #busy = false;

  /**
   * `write` gets at most `most` items and returns their results in the same order, all in one transaction. `inTurn`:
   * one batch at a time, so that those that come meanwhile are one; false where whoever writes puts batches together.
   */
  constructor(write: (items: readonly Item[]) => Promise<readonly Result[]>, inTurn = true, most = 256) {
    this.#write = write;
    this.#most = most;
    this.#inTurn = inTurn;
  }

  /**
   * Resolves once the item is committed. `signal`: whoever asked has gone; whether it was committed nobody knows then.
   * One that cannot be written fails alone: its companions are written without it.
   */
  add(item: Item, signal?: AbortSignal): Promise<Result> {
    return new Promise((resolve, reject) => {
      const waiting = { item, resolve, reject };
      this.#waiting.push(waiting);
      signal?.addEventListener(
        'abort',
        () => {
          this.#waiting = this.#waiting.filter((each) => each !== waiting);
          reject(signal.reason);
        },
        { once: true },
      );
      if (!this.#busy) {
        this.#busy = true;
        // Until every request that arrived in this turn of the loop has joined.
        setImmediate(() => void this.#flush());
      }
    });
  }

  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      const written = this.#writeBatch(this.#waiting.splice(0, this.#most));
      if (this.#inTurn) await written;
    }
    this.#busy = false;
  }

  async #writeBatch(batch: readonly Waiting<Item, Result>[], again = false): Promise<void> {
    try {
      const results = await this.#write(batch.map(({ item }) => item));
      for (const [index, { resolve, reject }] of batch.entries()) {
        const result = results[index];
        if (result === undefined) reject(new Error('a group commit returned fewer results than items'));
        else resolve(result);
      }
    } catch (error) {
      // A connection that was cut is worth one more try, for the next one may be sound.
      if (!again && isCutOff(error)) await this.#writeBatch(batch, true);
      // A locked database, or one that is away, makes everyone wait who asks: it is not asked again for each item.
      // Others fail fast, and may be the fault of one item: a full disk may still have room for the small ones.
      else if (batch.length === 1 || isLocked(error) || isCutOff(error)) for (const { reject } of batch) reject(error);
      else for (const each of batch) await this.#writeBatch([each], true);
    }
  }
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
}
