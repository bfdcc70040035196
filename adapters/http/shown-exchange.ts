import { answeredWith, textWithin } from './answers.ts';
import type { Exchange } from '../../src/adapter.ts';
import type { HttpResponse } from './answers.ts';

/** Characters that an attempt keeps, and bytes that hold them in any charset. */
const keptText = 8192;
const keptBytes = 4 * keptText;

/**
 * `POST /employees/…`: a segment that may be a name, a phone or a number of a person is not shown, nor is the query.
 */
export function summaryOf(method: string, path: string): string {
  const segments = path
    .split('/')
    .map((segment) => (/^[A-Za-z0-9._~-]*$/.test(segment) && !/\d{6}/.test(segment) ? segment : '…'));
  return `${method} /${segments.join('/').replace(/^\//, '')}`;
}

/** The answer as it is kept with the attempt: its beginning. */
export function answerOf(response: HttpResponse): Exchange {
  const summary = answeredWith(response.status);
  return response.body.length === 0
    ? { summary }
    : { summary, body: textWithin(response, keptBytes).slice(0, keptText) };
}
