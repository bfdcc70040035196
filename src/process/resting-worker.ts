import { ChildClient, NotStartedError } from './child-client.ts';
import { ThreadClient, ThreadLostError } from './thread-client.ts';

interface RestingOptions {
  /** A module that calls answerRequests: workerBeside(import.meta.url, './folder'). */
  readonly file: URL;
  /** As a debugger and `ps` show its thread. */
  readonly name: string;
  /** What leaves much memory behind has a process of its own, or a thread where the system starts no process. */
  readonly lives: 'in a thread' | 'in a process';
  /** Megabytes of its heap. */
  readonly memory: number;
  /** Milliseconds for one request, from when its worker may begin it; then the worker is ended. */
  readonly deadline: number;
  /** Milliseconds without a request after which the worker ends, and its memory with it. */
  readonly rest: number;
}

type Worker<Request, Result> = Pick<ThreadClient<Request, Result>, 'ask' | 'terminate'>;

/**
 * Rare heavy work, one request at a time: its thread or process is started when something is asked, ended when nothing
 * is. A request that ends it, or outstays the deadline, rejects with ThreadLostError; those behind it go on.
 */
export class RestingWorker<Request, Result> {
  readonly #options: RestingOptions;
  #worker: Worker<Request, Result> | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: RestingOptions) {
    this.#options = options;
  }

  ask(request: Request): Promise<Result> {
    const answer = this.#queue.then(() => this.#now(request));
    this.#queue = answer.catch(() => undefined);
    return answer;
  }

  /** Ends the worker; what it owes rejects. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }

  async #now(request: Request): Promise<Result> {
    clearTimeout(this.#timer);
    try {
      const worker = (this.#worker ??= this.#start());
      return await this.#within(worker, request).catch((error: unknown) => {
        if (!(error instanceof NotStartedError)) throw error;
        return this.#within((this.#worker = this.#thread()), request);
      });
    } finally {
      this.#timer = setTimeout(() => void this.close(), this.#options.rest).unref();
    }
  }

  async #within(worker: Worker<Request, Result>, request: Request): Promise<Result> {
    const deadline = setTimeout(() => void worker.terminate(), this.#options.deadline);
    try {
      return await worker.ask(request);
    } catch (error) {
      if (error instanceof ThreadLostError && this.#worker === worker) this.#worker = undefined;
      throw error;
    } finally {
      clearTimeout(deadline);
    }
  }

  #start(): Worker<Request, Result> {
    const { file, memory, lives } = this.#options;
    return lives === 'in a process' ? new ChildClient({ file, memory }) : this.#thread();
  }

  #thread(): Worker<Request, Result> {
    const { file, name, memory } = this.#options;
    return new ThreadClient({ file, name, limits: { maxOldGenerationSizeMb: memory } });
  }
}
