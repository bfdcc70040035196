import type { Text } from '../../text.ts';

type Status = 400 | 401 | 403 | 404 | 409 | 413 | 429;

interface Details {
  /** What of the request is wrong. */
  readonly field?: string | undefined;
  /** How what was to be changed is now, and who made it so. */
  readonly state?: string | undefined;
  readonly by?: string | undefined;
  /** Seconds. */
  readonly retryAfter?: number | undefined;
}

/** Thrown to refuse a request with a sentence. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: Status;
  /** For machines, e.g. `not-found`. */
  readonly code: string;
  readonly text: Text;
  readonly details: Details;

  constructor(status: Status, code: string, text: Text, details: Details = {}) {
    super(text.en);
    this.status = status;
    this.code = code;
    this.text = text;
    this.details = details;
  }

  get answer() {
    const { field, state, by } = this.details;
    return {
      error: {
        code: this.code,
        ...(field !== undefined && { field }),
        ...(state !== undefined && { state }),
        ...(by !== undefined && { by }),
        text: this.text,
      },
    };
  }
}

export function badField(field: string, text: Text): ApiError {
  return new ApiError(400, 'bad-request', text, { field });
}

export function notFound(text: Text): ApiError {
  return new ApiError(404, 'not-found', text);
}

export function conflict(text: Text, state?: string, by?: string): ApiError {
  return new ApiError(409, 'conflict', text, { state, by });
}
