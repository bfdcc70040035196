import { Worker } from 'node:worker_threads';
import { Progress } from './progress.ts';
import type { Program } from './program.ts';
import type { Answer, Batch, Call, WorkerStart } from './wire.ts';

export interface ThreadEnd {
  readonly reason: 'deadline' | 'memory' | 'crash';
  /** The call it ended in; 0 when it was between calls. */
  readonly call: number;
}

interface ThreadOptions {
  /** Milliseconds for one call. */
  readonly deadline: number;
  /** Megabytes. */
  readonly memory: number;
  readonly onAnswers: (answers: readonly Answer[]) => void;
  /** Comes once, after the last answers; not after `close()`. */
  readonly onEnd: (end: ThreadEnd) => void;
}

/** Versions of mappings that a thread keeps compiled; hot reloads leave old ones behind. */
const programLimit = 200;

/** Node runs worker.ts as it is; a build has worker.js beside this file. */
const workerFile = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);

/** One worker thread and its watchman. */
export class EvaluationThread {
  readonly #options: ThreadOptions;
  readonly #progress = new Progress();
  readonly #worker: Worker;
  /** Program ids the worker has, the least recently used first. */
  readonly #programs = new Set<number>();
  #timer: NodeJS.Timeout | undefined;
  #end: ThreadEnd | undefined;
  #closing = false;
  /** The call that was given time again because this process had been standing still. */
  #forgiven = 0;

  constructor(options: ThreadOptions) {
    this.#options = options;
    this.#worker = new Worker(workerFile, {
      name: 'formulas',
      workerData: { progress: this.#progress.buffer } satisfies WorkerStart,
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: options.memory },
    });
    this.#worker.on('message', options.onAnswers);
    this.#worker.on('error', (error) => {
      this.#end ??= { reason: isOutOfMemory(error) ? 'memory' : 'crash', call: this.#progress.read().call };
    });
    this.#worker.on('exit', () => {
      this.idle();
      if (!this.#closing) options.onEnd(this.#end ?? { reason: 'crash', call: this.#progress.read().call });
    });
  }

  send(calls: readonly { readonly call: Call; readonly program: Program }[]): void {
    const programs: [number, Program][] = [];
    for (const { call, program } of calls) {
      if (!this.#programs.delete(call.program)) programs.push([call.program, program]);
      this.#programs.add(call.program);
    }
    const forget = [...this.#programs].slice(0, Math.max(0, this.#programs.size - programLimit));
    for (const id of forget) this.#programs.delete(id);
    this.#worker.ref();
    this.#worker.postMessage({ programs, forget, calls: calls.map(({ call }) => call) } satisfies Batch);
    this.#timer ??= this.#watchIn(this.#options.deadline);
  }

  /** Nothing is owed: no timer runs, and the process may end. */
  idle(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#worker.unref();
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.idle();
    await this.#worker.terminate();
  }

  #watchIn(ms: number): NodeJS.Timeout {
    const due = performance.now() + ms;
    return setTimeout(() => {
      const { deadline } = this.#options;
      const { call, elapsed } = this.#progress.read();
      const left = call === 0 ? deadline : deadline - elapsed;
      // A machine that slept or swapped stops both threads; that is not the formula's time.
      const stoodStill = performance.now() - due > deadline && call !== this.#forgiven;
      if (left <= 0 && !stoodStill) {
        this.#end = { reason: 'deadline', call };
        void this.#worker.terminate();
        return;
      }
      if (left <= 0) this.#forgiven = call;
      this.#timer = this.#watchIn(left <= 0 ? deadline : Math.max(1, left));
    }, ms);
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
