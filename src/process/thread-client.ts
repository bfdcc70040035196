import { type ResourceLimits, type TransferListItem, Worker } from 'node:worker_threads';
import { type Answered, type Asked, errorOf } from './thread-wire.ts';
import { threadEnvironment } from './worker-place.ts';

export interface ThreadOptions {
  /** The worker's file: workerBeside(import.meta.url). It answers each Asked<Request> with an Answered<Result>. */
  readonly file: URL;
  /** As a debugger and `ps` show it. */
  readonly name: string;
  readonly data?: unknown;
  readonly limits?: ResourceLimits;
}

/** The thread ended while it owed an answer: nobody knows whether the request was done. */
export class ThreadLostError extends Error {
  override readonly name = 'ThreadLostError';
  readonly code = 'ERR_THREAD_LOST';
}

interface Waiting<Result> {
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
}

/**
 * One worker thread and what it owes. Requests made in one turn of the event loop travel in one message, so structured
 * cloning keeps shared what they share. Only while an answer is owed does the thread keep the process alive.
 */
export class ThreadClient<Request, Result> {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting<Result>>();
  readonly #ended = Promise.withResolvers<Error | undefined>();
  #asked: Asked<Request>[] = [];
  #transfer: TransferListItem[] = [];
  #last = 0;
  #error: Error | undefined;
  #over = false;

  /** Starts it at once. */
  constructor({ file, name, data, limits }: ThreadOptions) {
    this.#worker = new Worker(file, {
      name,
      workerData: data,
      env: threadEnvironment(),
      ...(limits && { resourceLimits: limits }),
    });
    this.#worker.unref();
    this.#worker.on('message', (answers: readonly Answered<Result>[]) => this.#take(answers));
    this.#worker.on('error', (error) => (this.#error = error));
    this.#worker.on('exit', () => this.#lose(name));
  }

  /** Resolves once, when the thread is no more: with the error that ended it, if one did. */
  get ended(): Promise<Error | undefined> {
    return this.#ended.promise;
  }

  /** How many answers are owed. */
  get owed(): number {
    return this.#waiting.size;
  }

  /** Rejects with what the thread threw, or with ThreadLostError. What is in `transfer` is not here any more then. */
  ask(request: Request, transfer: readonly TransferListItem[] = []): Promise<Result> {
    if (this.#over) return Promise.reject(new ThreadLostError('the thread has ended'));
    this.#last += 1;
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    if (this.#waiting.size === 0) this.#worker.ref();
    this.#waiting.set(this.#last, { resolve, reject });
    this.#asked.push({ id: this.#last, request });
    this.#transfer.push(...transfer);
    if (this.#asked.length === 1) queueMicrotask(() => this.#send());
    return promise;
  }

  /** Bytes of its heap and of what lies outside of it; rejects when the thread has ended. */
  async memory(): Promise<number> {
    const { used_heap_size: heap, external_memory: external } = await this.#worker.getHeapStatistics();
    return heap + external;
  }

  /** Milliseconds of a processor that it has had so far; undefined where Node cannot tell (before 24.6). */
  async processorTime(): Promise<number | undefined> {
    if (typeof this.#worker.cpuUsage !== 'function') return undefined;
    const { user, system } = await this.#worker.cpuUsage();
    return (user + system) / 1_000;
  }

  /** Ends it now, in the middle of whatever it does. */
  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  #send(): void {
    const [asked, transfer] = [this.#asked, this.#transfer];
    [this.#asked, this.#transfer] = [[], []];
    if (!this.#over) this.#worker.postMessage(asked, transfer);
  }

  #take(answers: readonly Answered<Result>[]): void {
    for (const answer of answers) {
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if (answer.ok) waiting?.resolve(answer.result);
      else waiting?.reject(errorOf(answer.error));
    }
    if (this.#waiting.size === 0) this.#worker.unref();
  }

  #lose(name: string): void {
    this.#over = true;
    const lost = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#ended.resolve(this.#error);
    const reason = this.#error === undefined ? '' : `: ${this.#error.message}`;
    for (const { reject } of lost) reject(new ThreadLostError(`the thread ${name} ended${reason}`));
  }
}
