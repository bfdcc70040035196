import { Worker } from 'node:worker_threads';
import { threadEnvironment, workerBeside } from '../../process/worker.ts';
import { Progress } from './progress.ts';
import type { Program } from '../record/program.ts';
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

/**
 * V8 ends the whole process when one allocation does not fit under its hard limit (measured with lists of a million
 * items
 * at 64 MB). So the limit that counts is watched from here, and the hard one lies this many megabytes above it.
 */
const headroom = 512;

/** Milliseconds between two looks at a busy thread; formulas allocate about 1 MB in each. */
const watchInterval = 20;

const megabyte = 1_048_576;

/** Versions of mappings that a thread keeps compiled; hot reloads leave old ones behind. */
const programLimit = 200;

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
  #asking = false;
  /** The call that was given time again because this process had been standing still. */
  #forgiven = { call: 0, time: 0 };

  constructor(options: ThreadOptions) {
    this.#options = options;
    this.#worker = new Worker(workerBeside(import.meta.url), {
      name: 'formulas',
      workerData: { progress: this.#progress.buffer } satisfies WorkerStart,
      env: threadEnvironment(),
      resourceLimits: { maxOldGenerationSizeMb: options.memory + headroom },
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
    this.#timer ??= this.#watch();
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

  #watch(): NodeJS.Timeout {
    const due = performance.now() + watchInterval;
    return setTimeout(() => {
      this.#timer = this.#watch();
      const { deadline } = this.#options;
      const { call, elapsed } = this.#progress.read();
      if (call === 0) return;
      // A machine that slept or swapped stops both threads; that is not the formula's time.
      if (performance.now() - due > deadline)
        this.#forgiven = call === this.#forgiven.call ? this.#forgiven : { call, time: elapsed };
      const forgiven = call === this.#forgiven.call ? this.#forgiven.time : 0;
      if (elapsed - forgiven >= deadline) this.#terminate({ reason: 'deadline', call });
      else if (elapsed > watchInterval) void this.#watchMemory(call);
    }, watchInterval);
  }

  /** Asked of long calls only; the answer comes at the next point where V8 lets itself be interrupted. */
  async #watchMemory(call: number): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    try {
      const { used_heap_size: used, external_memory: external } = await this.#worker.getHeapStatistics();
      if (used + external > this.#options.memory * megabyte && this.#progress.read().call === call)
        this.#terminate({ reason: 'memory', call });
    } catch {
      // the thread ended meanwhile
    } finally {
      this.#asking = false;
    }
  }

  #terminate(end: ThreadEnd): void {
    this.#end ??= end;
    void this.#worker.terminate();
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
