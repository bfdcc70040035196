import type { HuntflowView } from '../../huntflow/view.ts';
import { RestingWorker } from '../../process/resting-worker.ts';
import { ThreadLostError } from '../../process/thread-client.ts';
import { workerBeside } from '../../process/worker-place.ts';
import { defaultKey } from '../record/key.ts';
import type { MapOutcome } from '../record/outcome.ts';
import type { Program } from '../record/program.ts';

/** One event with a large body, and every mapping that wants it: the body is read once. */
export interface WholeCall {
  readonly programs: readonly Program[];
  readonly view: HuntflowView;
  /** Milliseconds and megabytes for the formulas of one mapping. */
  readonly deadline: number;
  readonly memory: number;
}

interface Waiting {
  readonly program: Program;
  readonly resolve: (outcome: MapOutcome) => void;
  readonly reject: (error: unknown) => void;
}

/** Applies mappings to large bodies in a process of its own, with an engine of its own, which takes its memory along. */
export class ApartMapping {
  readonly #limits: Pick<WholeCall, 'deadline' | 'memory'>;
  readonly #worker = new RestingWorker<WholeCall, MapOutcome[]>({
    file: workerBeside(import.meta.url, './apart'),
    name: 'large events',
    lives: 'in a process',
    memory: 512,
    deadline: 120_000,
    rest: 5_000,
  });
  /** Asked for in this turn of the loop. */
  readonly #asked = new Map<HuntflowView, Waiting[]>();
  #closed = false;

  constructor(limits: Pick<WholeCall, 'deadline' | 'memory'>) {
    this.#limits = limits;
  }

  map(program: Program, view: HuntflowView): Promise<MapOutcome> {
    return new Promise((resolve, reject) => {
      const waiting = this.#asked.get(view) ?? [];
      waiting.push({ program, resolve, reject });
      if (waiting.length > 1) return;
      this.#asked.set(view, waiting);
      queueMicrotask(() => {
        this.#asked.delete(view);
        void this.#ask(view, waiting);
      });
    });
  }

  /** Ends the process; what was not answered is rejected. */
  close(): Promise<void> {
    this.#closed = true;
    return this.#worker.close();
  }

  async #ask(view: HuntflowView, waiting: readonly Waiting[]): Promise<void> {
    try {
      if (this.#closed) throw closed();
      const programs = waiting.map(({ program }) => program);
      const outcomes = await this.#worker.ask({ programs, view, ...this.#limits });
      for (const [index, { resolve }] of waiting.entries()) resolve(outcomes[index] ?? lost(view));
    } catch (error) {
      for (const { resolve, reject } of waiting)
        if (this.#closed) reject(closed());
        else if (error instanceof ThreadLostError) resolve(lost(view));
        else reject(error);
    }
  }
}

function closed(): Error {
  return new Error('the mapping engine was closed');
}

function lost(view: HuntflowView): MapOutcome {
  const text = {
    ru: 'тело события слишком велико для этого маппинга: не хватило памяти или времени',
    en: 'the body of the event is too large for this mapping: memory or time did not suffice',
  };
  return { outcome: 'failed', text, key: defaultKey(view) };
}
