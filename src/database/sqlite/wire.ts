/** What the thread is started with. */
export interface WriterStart {
  /** The SQLite file. */
  readonly path: string;
  /** The mark of the process that serves. */
  readonly server: string | undefined;
}

/** To the thread, all that was called within two turns: run a procedure, empty the log, or end. */
export type Request =
  | { readonly id: number; readonly kind: 'call'; readonly name: string; readonly values: unknown }
  | { readonly id: number; readonly kind: 'checkpoint' }
  | { readonly id: number; readonly kind: 'close' };

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
