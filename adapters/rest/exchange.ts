import { STATUS_CODES } from 'node:http';
import { textOf } from '../http.ts';
import type { Exchange } from '../../src/adapter.ts';
import type { HttpResponse } from '../http.ts';

const shownText = 8192;
const parsedLimit = 1024 * 1024;

/**
 * `POST /employees/…`: a segment that may be a name, a phone or a number of a person is not shown, nor is the query.
 */
export function summaryOf(method: string, path: string): string {
  const segments = path
    .split('/')
    .map((segment) => (/^[A-Za-z0-9._~-]*$/.test(segment) && !/\d{6}/.test(segment) ? segment : '…'));
  return `${method} /${segments.join('/').replace(/^\//, '')}`;
}

/** The answer as it is kept with the attempt: JSON parsed, so that it can be masked field by field, other text cut. */
export function answerOf(response: HttpResponse): Exchange {
  const summary = `${response.status} ${STATUS_CODES[response.status] ?? ''}`.trim();
  if (response.body.length === 0) return { summary };
  if (response.body.length > parsedLimit) return { summary, body: `${response.body.length} bytes` };
  const text = textOf(response);
  try {
    const body: unknown = JSON.parse(text);
    return { summary, body };
  } catch {
    return { summary, body: text.slice(0, shownText) };
  }
}
