import type { HuntflowView } from '../../huntflow/view.ts';
import type { Explanation } from '../record/explanation.ts';
import type { MapOutcome } from '../record/outcome.ts';
import type { Program } from '../record/program.ts';

/** Handed to the worker thread when it starts. */
export interface WorkerStart {
  readonly progress: SharedArrayBuffer;
}

/**
 * Main thread to worker. Calls for one event share its view, and structured cloning keeps it shared: one copy for all.
 */
export interface Batch {
  readonly programs: readonly (readonly [id: number, program: Program])[];
  /** Programs that no call will name again. */
  readonly forget: readonly number[];
  readonly calls: readonly Call[];
}

export interface Call {
  /** Rises by one from call to call. */
  readonly id: number;
  readonly program: number;
  readonly view: HuntflowView;
  /** `key` after a failure that kept the worker from telling it. */
  readonly part: 'all' | 'explain' | 'key';
}

/** Worker to main thread. */
export interface Answer {
  readonly call: number;
  readonly outcome:
    | MapOutcome
    | { readonly outcome: 'key'; readonly key: string | null }
    | { readonly outcome: 'explained'; readonly explanation: Explanation };
}
