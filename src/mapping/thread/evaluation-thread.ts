import { errorCode } from '../../process/error-code.ts';
import { ThreadClient, ThreadLostError } from '../../process/thread-client.ts';
import { workerBeside } from '../../process/worker-place.ts';
import { Progress } from './progress.ts';
import type { Program } from '../record/program.ts';
import type { Call, CallOutcome, WorkerStart } from './wire.ts';

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
  readonly onAnswer: (call: number, outcome: CallOutcome) => void;
  /** Comes once, after the last answers; not after `close()`. */
  readonly onEnd: (end: ThreadEnd) => void;
}

/**
 * V8 ends the whole process when one allocation does not fit under its hard limit (measured with lists of a million
 * items at 64 MB). So the limit that counts is watched from here, and the hard one lies this many megabytes above it.
 */
const headroom = 512;

/** Milliseconds between two looks at a busy thread; formulas allocate about 1 MB in each. */
const watchInterval = 20;

/** Deadlines after which even a call that got no processor is ended. */
const deadlinesOfWallTime = 20;

const megabyte = 1_048_576;

/** Versions of mappings that a thread keeps compiled; hot reloads leave old ones behind. */
const programLimit = 200;

/** One worker thread and its watchman. */
export class EvaluationThread {
  readonly #options: ThreadOptions;
  readonly #progress = new Progress();
  readonly #client: ThreadClient<Call, CallOutcome>;
  /** Program ids the worker has, the least recently used first. */
  readonly #programs = new Set<number>();
  #timer: NodeJS.Timeout | undefined;
  #end: ThreadEnd | undefined;
  #closing = false;
  #asking = false;
  /** The call that was given time again because this process had been standing still. */
  #forgiven = { call: 0, time: 0 };
  /** The long call that is watched, and the processor time of its thread when the watch began. */
  #watched: { readonly call: number; readonly elapsed: number; readonly used: number | undefined } | undefined;

  constructor(options: ThreadOptions) {
    this.#options = options;
    this.#client = new ThreadClient({
      file: workerBeside(import.meta.url),
      name: 'formulas',
      data: { progress: this.#progress.buffer } satisfies WorkerStart,
      limits: { maxOldGenerationSizeMb: options.memory + headroom },
    });
    void this.#client.ended.then((error) => {
      this.#rest();
      if (this.#closing) return;
      const reason = isOutOfMemory(error) ? 'memory' : 'crash';
      options.onEnd(this.#end ?? { reason, call: this.#progress.read().call });
    });
  }

  send(calls: readonly { readonly call: Call; readonly program: Program }[]): void {
    for (const { call, program } of calls) {
      const known = this.#programs.delete(call.program);
      this.#programs.add(call.program);
      const forget = this.#programs.size > programLimit ? [...this.#programs].slice(0, 1) : [];
      for (const id of forget) this.#programs.delete(id);
      this.#client.ask({ ...call, ...(!known && { code: program }), ...(forget.length > 0 && { forget }) }).then(
        (outcome) => this.#options.onAnswer(call.id, outcome),
        (error: unknown) => {
          // Of a thread that was lost onEnd tells; anything else is this call's.
          if (!(error instanceof ThreadLostError)) this.#terminate({ reason: 'crash', call: call.id });
        },
      );
    }
    this.#timer ??= this.#watch();
  }

  /** Nothing is owed: no timer runs. */
  idle(): void {
    this.#rest();
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.#rest();
    await this.#client.terminate();
  }

  #rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #watch(): NodeJS.Timeout {
    const due = performance.now() + watchInterval;
    return setTimeout(() => {
      if (this.#end !== undefined) return; // it is being ended: once is enough
      this.#timer = this.#watch();
      const { deadline } = this.#options;
      const { call, elapsed } = this.#progress.read();
      if (call === 0) return;
      // A machine that slept or swapped stops both threads; that is not the formula's time.
      if (performance.now() - due > deadline)
        this.#forgiven = call === this.#forgiven.call ? this.#forgiven : { call, time: elapsed };
      const forgiven = call === this.#forgiven.call ? this.#forgiven.time : 0;
      if (elapsed - forgiven >= deadline * deadlinesOfWallTime) this.#terminate({ reason: 'deadline', call });
      else if (elapsed > watchInterval) void this.#look(call, elapsed, elapsed - forgiven >= deadline);
    }, watchInterval);
  }

  /** Asked of long calls only; the answers come at the next point where V8 lets itself be interrupted. */
  async #look(call: number, elapsed: number, isDue: boolean): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    try {
      const [memory, used] = await Promise.all([this.#client.memory(), this.#client.processorTime()]);
      if (this.#progress.read().call !== call) return;
      if (this.#watched?.call !== call) this.#watched = { call, elapsed, used };
      if (memory > this.#options.memory * megabyte) this.#terminate({ reason: 'memory', call });
      else if (isDue && this.#hadItsTime(used)) this.#terminate({ reason: 'deadline', call });
    } catch {
      // the thread ended meanwhile
    } finally {
      this.#asking = false;
    }
  }

  /** On a busy machine a thread may have had little of the time that passed: that is not the formula's fault. */
  #hadItsTime(used: number | undefined): boolean {
    const { elapsed, used: before } = this.#watched ?? { elapsed: 0, used: undefined };
    if (used === undefined || before === undefined) return true;
    return used - before + Math.min(elapsed, 2 * watchInterval) >= this.#options.deadline;
  }

  #terminate(end: ThreadEnd): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    void this.#client.terminate();
  }
}

function isOutOfMemory(error: unknown): boolean {
  return errorCode(error) === 'ERR_WORKER_OUT_OF_MEMORY';
}
