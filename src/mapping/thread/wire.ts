import type { HuntflowView } from '../../huntflow/view.ts';
import type { Explanation } from '../record/explanation.ts';
import type { MapOutcome } from '../record/outcome.ts';
import type { Program } from '../record/program.ts';

/** Handed to the worker thread when it starts. */
export interface WorkerStart {
  readonly progress: SharedArrayBuffer;
}

/** Main thread to worker. Calls for one event share its view, and structured cloning keeps it shared. */
export interface Call {
  /** Rises by one from call to call. */
  readonly id: number;
  readonly program: number;
  /** The program itself, when the worker has not seen it yet. */
  readonly code?: Program;
  /** Programs that no later call will name. */
  readonly forget?: readonly number[];
  /** A brief one leads to the whole body, which the worker reads. */
  readonly view: HuntflowView;
  /** `key` after a failure that kept the worker from telling it. */
  readonly part: 'all' | 'explain' | 'key';
}

/** Worker to main thread. */
export type CallOutcome =
  | MapOutcome
  | { readonly outcome: 'key'; readonly key: string | null }
  | { readonly outcome: 'explained'; readonly explanation: Explanation };
