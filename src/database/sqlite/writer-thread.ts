import { Worker } from 'node:worker_threads';
import { threadEnvironment, workerBeside } from '../../process/worker.ts';
import type { Procedure } from '../procedure.ts';
import type { Reply, Request, TurnEnd, WriterStart, WrittenError } from './wire.ts';

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Writes an SQLite file in a thread of its own, so that a flush to the disk (0.3 ms on a good one, 20 on a bad one)
 * stops
 * nobody else, and whatever arrives meanwhile shares the next flush. Whoever writes over another connection of this
 * process
 * takes a turn first.
 */
export class WriterThread {
  readonly #path: string;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #last = 0;
  #closed = false;

  /** Starts it at once: it is needed soon. */
  constructor(path: string) {
    this.#path = path;
    this.#worker = this.#start();
  }

  /** Committed when it resolves, together with what was called at the same time. */
  async call<Values, Result>({ module, name }: Procedure<Values, Result>, values: Values): Promise<Result> {
    return (await this.#ask({ id: this.#newId(), kind: 'call', module, name, values })) as Result;
  }

  /** Resolves when nobody else of this process writes; what it gives ends the turn. */
  async takeTurn(): Promise<() => void> {
    const worker = this.#started();
    const id = this.#newId();
    await this.#ask({ id, kind: 'turn' });
    return () => worker.postMessage({ id, kind: 'done' } satisfies TurnEnd);
  }

  /** After what was called before. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#closed = true;
    if (worker === undefined) return;
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    worker.postMessage({ id: 0, kind: 'close' } satisfies Request);
    worker.ref();
    await ended;
  }

  #newId(): number {
    this.#last += 1;
    return this.#last;
  }

  #ask(request: Request): Promise<unknown> {
    const worker = this.#started();
    return new Promise((resolve, reject) => {
      worker.postMessage(request);
      // While something is owed, the process must not end.
      if (this.#waiting.size === 0) worker.ref();
      this.#waiting.set(request.id, { resolve, reject });
    });
  }

  #started(): Worker {
    if (this.#closed) throw errorOf({ name: 'Error', message: 'the database is closed', code: 'ERR_DATABASE_THREAD' });
    return (this.#worker ??= this.#start());
  }

  #start(): Worker {
    const worker = new Worker(workerBeside(import.meta.url), {
      name: 'database',
      workerData: { path: this.#path } satisfies WriterStart,
      env: threadEnvironment(),
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    });
    worker.unref();
    worker.on('message', (replies: readonly Reply[]) => this.#answer(replies));
    let reason = 'the thread that writes the database ended';
    worker.on('error', (error) => (reason = `${reason}: ${error.message}`));
    worker.on('exit', () => this.#lose(worker, reason));
    return worker;
  }

  #answer(replies: readonly Reply[]): void {
    for (const reply of replies) {
      const waiting = this.#waiting.get(reply.id);
      this.#waiting.delete(reply.id);
      if (reply.ok) waiting?.resolve(reply.result);
      else waiting?.reject(errorOf(reply.error));
    }
    if (this.#waiting.size === 0) this.#worker?.unref();
  }

  /** The next call starts another one. Whether the calls under way were committed nobody knows. */
  #lose(worker: Worker, reason: string): void {
    if (this.#worker === worker) this.#worker = undefined;
    const lost = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of lost) reject(errorOf({ name: 'Error', message: reason, code: 'ERR_DATABASE_THREAD' }));
  }
}

function errorOf({ name, message, code }: WrittenError): Error {
  return Object.assign(new Error(message), { name, ...(code !== undefined && { code }) });
}
