import type { HuntflowView } from '../../huntflow/view.ts';
import type { Text } from '../../text.ts';
import { Evaluation } from '../record/evaluation.ts';
import { ApartMapping } from './apart-mapping.ts';
import { endSentence } from './end-sentence.ts';
import { EvaluationThread, type ThreadEnd } from './evaluation-thread.ts';
import type { Explanation } from '../record/explanation.ts';
import { defaultKey } from '../record/key.ts';
import type { FailedOutcome, MapOutcome } from '../record/outcome.ts';
import { isBoundedProgram, isPlainProgram } from '../record/plain-program.ts';
import type { Program } from '../record/program.ts';
import type { Call, CallOutcome } from './wire.ts';

export interface MappingEngineOptions {
  /** Milliseconds that one mapping may take for one event, counted from when its thread begins. */
  readonly deadline?: number;
  /** Megabytes of memory for all formulas together. */
  readonly memory?: number;
  /** Milliseconds without a call after which the thread ends, and its 20 MB with it; the next call starts another. */
  readonly rest?: number;
  /** Large bodies go to a process of their own; not from within that process. */
  readonly wholeApart?: boolean;
}

interface Pending {
  readonly call: Call;
  readonly program: Program;
  readonly answer: (outcome: CallOutcome) => void;
  /** The thread was ended over this call. */
  readonly fail: (text: Text, slow: boolean) => void;
  readonly reject: (error: Error) => void;
}

/** Bytes of an event whose formulas may run in place, three times what a usual one has. */
const small = 16_384;

/** Sent ahead so that the thread never waits for us; a death of the thread repeats at most this many calls. */
const callsAhead = 32;

/**
 * Applies mappings to events in a worker thread, which is ended and replaced when a formula passes the deadline or its
 * memory. That costs the one event under work; calls behind it are sent again to the next thread.
 */
export class MappingEngine {
  readonly #deadline: number;
  readonly #memory: number;
  readonly #rest: number;
  readonly #apart: ApartMapping | undefined;
  #restTimer: NodeJS.Timeout | undefined;
  #thread: EvaluationThread | undefined;
  #waiting: Pending[] = [];
  #sent = new Map<number, Pending>();
  #lastCall = 0;
  #flushing = false;
  #closed = false;
  readonly #plain = new WeakMap<Program, Evaluation>();
  /** Threads that died in a row before they began a call. */
  #stillborn = 0;
  /** Calls to go one by one, so that each answers for its own memory only. */
  #singly = 0;

  constructor(options: MappingEngineOptions = {}) {
    this.#deadline = options.deadline ?? 1_000;
    this.#memory = options.memory ?? 256;
    this.#rest = options.rest ?? 60_000;
    if (options.wholeApart !== false)
      this.#apart = new ApartMapping({ deadline: this.#deadline, memory: this.#memory });
  }

  /**
   * Never rejects but for `close()`: whatever a formula does is an outcome. The thread answers in the order of the
   * calls. `bytes`: how large the event is, where that is known: of a small one what cannot run long runs in place.
   */
  map({ program }: { readonly program: Program }, view: HuntflowView, bytes = Infinity): Promise<MapOutcome> {
    if (view.whole !== undefined && this.#apart !== undefined && !this.#closed) return this.#apart.map(program, view);
    if (view.whole === undefined && (isPlainProgram(program) || (bytes <= small && isBoundedProgram(program))))
      return this.#inPlace(program).map(view);
    const { promise, resolve, reject } = Promise.withResolvers<MapOutcome>();
    this.#add(
      'push',
      program,
      view,
      'all',
      reject,
      (outcome) => {
        if (outcome.outcome !== 'key' && outcome.outcome !== 'explained') resolve(outcome);
      },
      (text, slow) => this.#fail(program, view, { text, slow }, resolve, reject),
    );
    return promise;
  }

  /** As `map`, with every field's value and origin. */
  explain({ program }: { readonly program: Program }, view: HuntflowView): Promise<Explanation> {
    const { promise, resolve, reject } = Promise.withResolvers<Explanation>();
    this.#add(
      'push',
      program,
      view,
      'explain',
      reject,
      (outcome) => {
        if (outcome.outcome === 'explained') resolve(outcome.explanation);
      },
      (text, slow) => resolve({ outcome: { outcome: 'failed', text, slow, key: defaultKey(view) }, fields: [] }),
    );
    return promise;
  }

  /** Starts the thread ahead of the first call, if one of these needs it: it takes 15 MB. */
  warm(mappings: readonly { readonly program: Program }[]): void {
    if (mappings.every(({ program }) => isPlainProgram(program))) return;
    this.#thread ??= this.#newThread();
    this.#idle();
  }

  /** Ends the thread; what was not answered is rejected. */
  async close(): Promise<void> {
    this.#closed = true;
    const open = [...this.#sent.values(), ...this.#waiting];
    this.#sent.clear();
    this.#waiting = [];
    for (const { reject } of open) reject(new Error('the mapping engine was closed'));
    clearTimeout(this.#restTimer);
    await Promise.all([this.#thread?.close(), this.#apart?.close()]);
  }

  #idle(): void {
    this.#thread?.idle();
    clearTimeout(this.#restTimer);
    this.#restTimer = setTimeout(() => {
      const thread = this.#thread;
      this.#thread = undefined;
      void thread?.close();
    }, this.#rest).unref();
  }

  #add(
    place: 'push' | 'unshift',
    program: Program,
    view: HuntflowView,
    part: Call['part'],
    reject: Pending['reject'],
    answer: Pending['answer'],
    fail: Pending['fail'],
  ): void {
    if (this.#closed) {
      reject(new Error('the mapping engine is closed'));
      return;
    }
    this.#lastCall += 1;
    this.#waiting[place]({
      call: { id: this.#lastCall, program: programId(program), view, part },
      program,
      answer,
      fail,
      reject,
    });
    this.#flushSoon();
  }

  /** Calls made in one turn of the event loop travel in one message. */
  #flushSoon(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    queueMicrotask(() => {
      this.#flushing = false;
      this.#flush();
    });
  }

  #flush(): void {
    const room = (this.#singly > 0 ? 1 : callsAhead) - this.#sent.size;
    if (this.#closed || this.#waiting.length === 0 || room <= 0) return;
    const next = this.#waiting.splice(0, room);
    for (const pending of next) this.#sent.set(pending.call.id, pending);
    clearTimeout(this.#restTimer);
    this.#thread ??= this.#newThread();
    this.#thread.send(next.map(({ call, program }) => ({ call, program })));
  }

  #inPlace(program: Program): Evaluation {
    let evaluation = this.#plain.get(program);
    if (evaluation === undefined) this.#plain.set(program, (evaluation = new Evaluation(program)));
    return evaluation;
  }

  #newThread(): EvaluationThread {
    return new EvaluationThread({
      deadline: this.#deadline,
      memory: this.#memory,
      onAnswer: (call, outcome) => this.#take(call, outcome),
      onEnd: (end) => this.#replace(end),
    });
  }

  #take(call: number, outcome: CallOutcome): void {
    this.#stillborn = 0;
    const pending = this.#sent.get(call);
    if (pending !== undefined) {
      this.#sent.delete(call);
      this.#singly = Math.max(0, this.#singly - 1);
      pending.answer(outcome);
    }
    if (this.#sent.size === 0) this.#idle();
    if (this.#sent.size <= callsAhead / 2) this.#flushSoon();
  }

  #replace(end: ThreadEnd): void {
    this.#thread = undefined;
    if (this.#closed) return;
    const sent = [...this.#sent.values()];
    this.#sent.clear();
    let blamed = sent.find(({ call }) => call.id === end.call);
    if (end.call === 0) {
      this.#stillborn += 1;
      if (this.#stillborn > 1) blamed = sent[0];
    }
    if (end.reason === 'memory' && sent.length > 1) {
      this.#singly = sent.length; // who took the memory shows when each goes alone
      blamed = undefined;
    }
    this.#waiting.unshift(...sent.filter((pending) => pending !== blamed));
    if (blamed !== undefined) {
      this.#singly = Math.max(0, this.#singly - 1);
      blamed.fail(endSentence(end, { deadline: this.#deadline, memory: this.#memory }), end.reason === 'deadline');
    }
    this.#flushSoon();
  }

  /** The dead letter keeps its place in the order, so its key is computed even now. */
  #fail(
    program: Program,
    view: HuntflowView,
    why: Pick<FailedOutcome, 'text' | 'slow'>,
    resolve: (outcome: MapOutcome) => void,
    reject: Pending['reject'],
  ): void {
    const withDefault = (): void => resolve({ outcome: 'failed', ...why, key: defaultKey(view) });
    if (program.key === undefined) {
      withDefault();
      return;
    }
    this.#add(
      'unshift',
      program,
      view,
      'key',
      reject,
      (outcome) => {
        if (outcome.outcome === 'key') resolve({ outcome: 'failed', ...why, key: outcome.key });
      },
      withDefault,
    );
  }
}

const programIds = new WeakMap<Program, number>();
let lastProgram = 0;

function programId(program: Program): number {
  const known = programIds.get(program);
  if (known !== undefined) return known;
  lastProgram += 1;
  programIds.set(program, lastProgram);
  return lastProgram;
}
