import { Worker } from 'node:worker_threads';
import { threadEnvironment } from '../../process/worker-place.ts';
import type { Procedure, Writer } from '../procedure.ts';
import type { Reply, Request, WriterStart, WrittenError } from './wire.ts';

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Writes an SQLite file in a thread of its own, so that a flush to the disk (0.3 ms on a good one, 20 on a bad one)
 * stops nobody else, and whatever arrives meanwhile shares the next flush.
 */
export class WriterThread implements Writer {
  readonly #program: URL;
  readonly #given: WriterStart;
  readonly #waiting = new Map<number, Waiting>();
  /** Called since the last message. */
  #called: Request[] = [];
  #worker: Worker | undefined;
  #last = 0;
  #closed = false;

  /** Starts it at once: it is needed soon. `program`: the module that calls `runWriter`. */
  constructor(program: URL, start: WriterStart) {
    this.#program = program;
    this.#given = start;
    this.#worker = this.#start();
  }

  /** Committed when it resolves, together with what was called at the same time. */
  async call<Values, Result>({ name }: Procedure<Values, Result>, values: Values): Promise<Result> {
    return (await this.#ask((id) => ({ id, kind: 'call', name, values }))) as Result;
  }

  async checkpoint(): Promise<boolean> {
    return (await this.#ask((id) => ({ id, kind: 'checkpoint' }))) === true;
  }

  #ask(request: (id: number) => Request): Promise<unknown> {
    let worker: Worker;
    try {
      worker = this.#started();
    } catch (error) {
      return Promise.reject(error);
    }
    const id = (this.#last += 1);
    const result = new Promise<unknown>((resolve, reject) => {
      // While something is owed, the process must not end.
      if (this.#waiting.size === 0) worker.ref();
      this.#waiting.set(id, { resolve, reject });
    });
    this.#send(request(id));
    return result;
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#closed = true;
    if (worker === undefined) return;
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    this.#send({ id: 0, kind: 'close' });
    worker.ref();
    await ended;
  }

  /**
   * One message, and one transaction, for all that is called within two turns of the loop: whoever is woken in this one
   * asks in the next, and what it asks for, a claim of what is made due here, is the same commit.
   */
  #send(request: Request): void {
    this.#called.push(request);
    if (this.#called.length === 1) setImmediate(() => setImmediate(() => this.#post()));
  }

  #post(): void {
    const called = this.#called;
    this.#called = [];
    try {
      this.#worker?.postMessage(called);
    } catch (error) {
      this.#refuse(called, error);
    }
  }

  /** What cannot be cloned is the fault of one of them: the others go alone. */
  #refuse(called: readonly Request[], error: unknown): void {
    const [only] = called;
    if (called.length > 1) {
      for (const one of called) {
        try {
          this.#worker?.postMessage([one]);
        } catch (reason) {
          this.#refuse([one], reason);
        }
      }
    } else if (only !== undefined) {
      this.#waiting.get(only.id)?.reject(error instanceof Error ? error : new Error(String(error)));
      this.#settle(only.id);
    }
  }

  #settle(id: number): void {
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#worker?.unref();
  }

  #started(): Worker {
    if (this.#closed) throw errorOf({ name: 'Error', message: 'the database is closed', code: 'ERR_DATABASE_THREAD' });
    return (this.#worker ??= this.#start());
  }

  #start(): Worker {
    const worker = new Worker(this.#program, {
      name: 'database',
      workerData: this.#given,
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
      this.#settle(reply.id);
      if (reply.ok) waiting?.resolve(reply.result);
      else waiting?.reject(errorOf(reply.error));
    }
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
