import { RejectedError, UnavailableError, type Text } from '../../src/adapter.ts';
import { errorBody } from './error-body.ts';
import { namesOf } from './error-words.ts';
import { type PassingWords, passingOf } from './passing.ts';
import { refusal, type Refusal } from './refusal.ts';

/** What an answer of 1C means for the request (facts/1c.md 1.8). */
export type Verdict =
  | { readonly kind: 'done' }
  /** No object with this key. */
  | { readonly kind: 'absent' }
  /** Code 15: an object with this key is there already. */
  | { readonly kind: 'exists' }
  /** 412: somebody else wrote the object meanwhile. */
  | { readonly kind: 'changed' }
  /** The `ibsession` cookie is not known any more; the request was not looked at. */
  | { readonly kind: 'sessionLost' }
  /** 1C has judged, and nothing was written. */
  | { readonly kind: 'refused'; readonly error: UnavailableError | RejectedError; readonly status: number }
  /** The answer does not come from 1C: a write may have been done or not. */
  | { readonly kind: 'doubt'; readonly reason: Text };

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly retryAfter: number | undefined;
}

export interface Asked {
  /** For example `POST Catalog_ФизическиеЛица`. */
  readonly summary: string;
  readonly writes: boolean;
  /** Whether a session cookie went along. */
  readonly session: boolean;
  /** Texts that may not come back in an error. */
  readonly sent: readonly string[];
}

/** Characters of an error that are looked at. */
const judgedText = 256 * 1024;

export function verdictOf(whole: Answer, asked: Asked, words: readonly RegExp[] | PassingWords): Verdict {
  const answer = { ...whole, text: whole.status < 300 ? '' : whole.text.slice(0, judgedText) };
  const own = 'busy' in words ? words : { busy: words, maintenance: [], rejected: [] };
  const { status } = answer;
  if (status >= 200 && status < 300) return { kind: 'done' };
  const body = errorBody(answer.text);
  if (body.form === 'odata' && status !== 501 && body.code !== '')
    return judged(answer, asked, body.code, body.message, own);
  if (status === 412) return { kind: 'changed' };
  if (status === 400 && asked.session) return { kind: 'sessionLost' };
  if (body.form === 'session' || status === 406 || status === 503)
    return refused(answer, refusal.pool(asked.summary, status));
  if (status === 404 && body.form === 'odata') return { kind: 'absent' };
  // Before a session begins nothing is written; later a page that is not OData proves nothing.
  if (status >= 500 && status !== 501 && body.form === 'text' && passingOf(answer.text, own) === 'maintenance')
    return asked.writes && !beforeSession.test(answer.text.slice(0, 4000))
      ? { kind: 'doubt', reason: { ru: `ответ ${status} не OData`, en: `answer ${status} is not OData` } }
      : refused(answer, refusal.maintenance(asked.summary));
  if (status >= 500 && status !== 501 && asked.writes)
    return {
      kind: 'doubt',
      reason: { ru: `ответ ${status} не от самой 1С`, en: `answer ${status} is not by 1C itself` },
    };
  return refused(answer, plain(status, asked.summary));
}

/** Sentences of a session that never began. */
const beforeSession = /начало сеанса|лицензи|licen[cs]e|starting (?:a )?session|сервер 1с:предприятия не обнаружен/iu;

function judged(answer: Answer, asked: Asked, code: string, message: string, own: PassingWords): Verdict {
  const words = namesOf(message, asked.sent);
  const passing = code === '-1' ? passingOf(message, own) : 'rejected';
  if (passing === 'busy') return refused(answer, refusal.locked(asked.summary));
  if (passing === 'maintenance') return refused(answer, refusal.maintenance(asked.summary));
  if (code === '9') return { kind: 'absent' };
  if (code === '15') return { kind: 'exists' };
  if (answer.status === 412) return { kind: 'changed' };
  if (code === '20') return refused(answer, refusal.rights(asked.summary, words));
  if (answer.status === 401 || answer.status === 403) return refused(answer, plain(answer.status, asked.summary));
  if (answer.status === 429 || answer.status === 406 || answer.status === 503)
    return refused(answer, refusal.pool(asked.summary, answer.status));
  if (code === '8') return refused(answer, refusal.unpublished(asked.summary, words));
  if (code === '14') return refused(answer, refusal.query(asked.summary, words));
  if (code === '-1' && /внутренняя ошибка OData|internal (?:OData )?(?:service )?error/iu.test(answer.text))
    return refused(answer, refusal.internal(asked.summary));
  if (code === '-1') return refused(answer, refusal.configuration(asked.summary, words));
  return refused(answer, refusal.request(asked.summary, answer.status, code, words));
}

/** Answers of web servers and proxies in front of 1C, and of its publication. */
function plain(status: number, summary: string): Refusal {
  if (status === 401) return refusal.login(summary);
  if (status === 402) return refusal.licence(summary);
  if (status === 403) return refusal.forbidden(summary);
  if (status === 404) return refusal.publication(summary);
  if (status === 408 || status === 425 || status === 429 || (status >= 500 && status !== 501))
    return refusal.pool(summary, status);
  if (status >= 300 && status < 400) return refusal.moved(summary, status);
  if (status === 413 || status === 414 || status === 431) return refusal.tooLarge(summary, status);
  return refusal.request(summary, status, '', '');
}

function refused(answer: Answer, { text, later, rest }: Refusal): Verdict {
  const retryAfter = answer.retryAfter ?? rest;
  const asksToWait = answer.retryAfter !== undefined && (answer.status === 429 || answer.status === 503);
  const options = {
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(rest === undefined && !asksToWait ? {} : { holds: 'target' as const }),
  };
  return {
    kind: 'refused',
    status: answer.status,
    error: later ? new UnavailableError(text, options) : new RejectedError(text),
  };
}
