import { ThreadClient, ThreadLostError, type ThreadOptions } from './thread-client.ts';

interface Patience {
  /** Milliseconds for one request, from when its thread may begin it; then the thread is ended. */
  readonly deadline: number;
  /** Milliseconds without a request after which the thread ends, and its memory with it. */
  readonly rest: number;
}

/**
 * A thread for rare heavy work, one request at a time: started when something is asked, ended when nothing is. A
 * request that ends the thread, or outstays the deadline, rejects with ThreadLostError; those behind it go on.
 */
export class RestingThread<Request, Result> {
  readonly #options: ThreadOptions;
  readonly #patience: Patience;
  #thread: ThreadClient<Request, Result> | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: ThreadOptions, patience: Patience) {
    this.#options = options;
    this.#patience = patience;
  }

  ask(request: Request): Promise<Result> {
    const answer = this.#queue.then(() => this.#now(request));
    this.#queue = answer.catch(() => undefined);
    return answer;
  }

  /** Ends the thread; what it owes rejects. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    const thread = this.#thread;
    this.#thread = undefined;
    await thread?.terminate();
  }

  async #now(request: Request): Promise<Result> {
    clearTimeout(this.#timer);
    const thread = (this.#thread ??= this.#start());
    const deadline = setTimeout(() => void thread.terminate(), this.#patience.deadline);
    try {
      return await thread.ask(request);
    } catch (error) {
      if (error instanceof ThreadLostError && this.#thread === thread) this.#thread = undefined;
      throw error;
    } finally {
      clearTimeout(deadline);
      this.#timer = setTimeout(() => void this.close(), this.#patience.rest).unref();
    }
  }

  #start(): ThreadClient<Request, Result> {
    return new ThreadClient(this.#options);
  }
}
