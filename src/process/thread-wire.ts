import { errorCode } from './error-code.ts';

/** To a thread: what is asked, and the number its answer will bear. All that was asked in one turn comes together. */
export interface Asked<Request> {
  readonly id: number;
  readonly request: Request;
}

/** From a thread, as many together as it likes. */
export type Answered<Result> =
  | { readonly id: number; readonly ok: true; readonly result: Result }
  | { readonly id: number; readonly ok: false; readonly error: PlainError };

/** Structured clones of errors lose their code. */
export interface PlainError {
  readonly name: string;
  readonly message: string;
  readonly code: string | undefined;
}

export function plainError(error: unknown): PlainError {
  return error instanceof Error
    ? { name: error.name, message: error.message, code: errorCode(error) }
    : { name: 'Error', message: 'a thread threw something that is not an error', code: undefined };
}

export function errorOf({ name, message, code }: PlainError): Error {
  return Object.assign(new Error(message), { name, ...(code !== undefined && { code }) });
}
