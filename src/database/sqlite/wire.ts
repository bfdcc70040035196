/** What the thread is started with. */
export interface WriterStart {
  /** The SQLite file. */
  readonly path: string;
}

/** To the thread: run a procedure, let the other side write for a while, or end. */
export type Request =
  | {
      readonly id: number;
      readonly kind: 'call';
      readonly module: string;
      readonly name: string;
      readonly values: unknown;
    }
  | { readonly id: number; readonly kind: 'turn' }
  | { readonly id: number; readonly kind: 'close' };

/** To the thread: the other side has written, and its turn ends. */
export interface TurnEnd {
  readonly id: number;
  readonly kind: 'done';
}

/** From the thread, after the commit: what came of each request. */
export type Reply =
  | { readonly id: number; readonly ok: true; readonly result: unknown }
  | { readonly id: number; readonly ok: false; readonly error: WrittenError };

/** Structured clones of errors lose their code. */
export interface WrittenError {
  readonly name: string;
  readonly message: string;
  readonly code: string | undefined;
}
