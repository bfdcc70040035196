import { STATUS_CODES } from 'node:http';
import { TextDecoder } from 'node:util';
import { RejectedError, UnavailableError } from '../../src/adapter.ts';
import type { Text } from '../../src/adapter.ts';
import type { Flaw } from './flaw.ts';

export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; several values of one name are joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** Unzipped. */
  readonly body: Buffer;
  /** What was wrong with it; its status decides all the same. */
  readonly flaw?: Flaw;
}

/** The target's words for programs, e.g. `unknown_department`, `department`. */
export interface SaidCode {
  readonly code?: string;
  readonly field?: string;
}

// ngx_http_special_response.c: how a refused certificate shows where the server judges it after the handshake.
const notHttps =
  /<center>(?:No required SSL certificate was sent|The SSL certificate error|The plain HTTP request was sent to HTTPS port)/;

/**
 * What an answer means when the target does not say more: undefined for 2xx, else the error to throw.
 * - 401, 403, 407: unavailable. A token that ran out is for the operator to mend; the records are fine.
 * - 400 of nginx about the certificate of the client or plain HTTP on a port of HTTPS: unavailable, likewise.
 * - 301, 307, 308: unavailable. The address moved, nothing was taken: for the operator to mend as well.
 * - 408, 423, 425, 5xx: unavailable, with Retry-After when the target named one; 429, and 503 with Retry-After, hold
 *   the whole target.
 * - other 3xx: rejected. A form often redirects after it has taken the record, so trying again could double it.
 * - other 4xx, 404 included: rejected. The target understood and refused; the same request would be refused again. A
 *   409 says that it may have the record.
 */
export function classify(
  response: HttpResponse,
  now: number,
  said: SaidCode = {},
): UnavailableError | RejectedError | undefined {
  const { status } = response;
  if (status >= 200 && status < 300) return undefined;
  const retryAfter = retryAfterOf(response.headers, now);
  const options = { ...said, retryAfter };
  const { ru, en } = saidWords(said);
  const answered = { ru: `${answeredWith(status)}${ru}`, en: `${answeredWith(status)}${en}` };
  if (status === 401 || status === 403 || status === 407) return new UnavailableError(credentials(answered), options);
  if (status === 400 && notHttps.test(textWithin(response, 2048)))
    return new UnavailableError(certificate(answered), options);
  if (status === 301 || status === 307 || status === 308) return new UnavailableError(moved(answered), options);
  if (status < 400) return new RejectedError(redirected(answered), said);
  if (status === 429 || (status === 503 && retryAfter !== undefined))
    return new UnavailableError(busy(answered), { ...options, holds: 'target' });
  if (status >= 500 || status === 408 || status === 423 || status === 425)
    return new UnavailableError(busy(answered), options);
  if (status === 409) return new RejectedError(conflicting(answered), { ...options, conflict: true });
  return new RejectedError(refused(answered), options);
}

/** Seconds until the target wants to be asked again; Retry-After is seconds or an HTTP date (RFC 9110 10.2.3). */
export function retryAfterOf(headers: Readonly<Record<string, string>>, now: number): number | undefined {
  const value = headers['retry-after']?.trim();
  if (value === undefined || value === '') return undefined;
  // Digits beyond counting are far away as well; what may come of them is bounded where it is heeded.
  if (/^\d+$/.test(value)) return Math.min(Number(value), 999_999_999);
  const date = /^[a-z]/i.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}

/** ` (code unknown_department, field department)`, or nothing. */
export function saidWords({ code, field }: { readonly [Key in keyof SaidCode]: string | undefined }): Text {
  const ru = [code && `код ${code}`, field && `поле ${field}`].filter(Boolean).join(', ');
  const en = [code && `code ${code}`, field && `field ${field}`].filter(Boolean).join(', ');
  return { ru: ru && ` (${ru})`, en: en && ` (${en})` };
}

/** `404 Not Found`. */
export function answeredWith(status: number): string {
  return `${status} ${STATUS_CODES[status] ?? ''}`.trim();
}

/** The beginning of the body as text: `bytes` of it. */
export function textWithin({ status, headers, body }: HttpResponse, bytes: number): string {
  return textOf({ status, headers, body: body.subarray(0, bytes) });
}

/** The body as text by the charset of Content-Type, else UTF-8; without a byte order mark. Never throws. */
export function textOf(response: HttpResponse): string {
  const charset = /charset="?([^\s;"]+)/i.exec(response.headers['content-type'] ?? '')?.[1] ?? 'utf-8';
  return decoderFor(charset).decode(response.body);
}

function decoderFor(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}

function credentials(answered: Text): Text {
  return {
    ru: `Цель ответила ${answered.ru}: проверьте логин, пароль или токен в settings и права этого пользователя.`,
    en: `The target answered ${answered.en}: check the user, password or token in settings and what this user may do.`,
  };
}

function certificate(answered: Text): Text {
  return {
    ru: `Цель ответила ${answered.ru}: до неё нужен https и принятый ею сертификат клиента. Проверьте адрес и settings.tls: файлы, срок, центр сертификации.`,
    en:
      `The target answered ${answered.en}: it wants https and a certificate of the client that it trusts. Check the ` +
      'address and settings.tls: files, date, authority.',
  };
}

function moved(answered: Text): Text {
  return {
    ru: `Цель ответила ${answered.ru}: адрес переехал. Перенаправлениям не следуем, чтобы не отдать пароль чужому серверу; исправьте адрес в settings.`,
    en:
      `The target answered ${answered.en}: the address has moved. Redirects are not followed, so that no other ` +
      'server gets the credentials; mend the address in settings.',
  };
}

function redirected(answered: Text): Text {
  return {
    ru: `Цель ответила ${answered.ru} (перенаправление), а не результатом: проверьте адрес и вход в систему, посмотрите, не принята ли запись, затем повторите.`,
    en:
      `The target answered ${answered.en} (a redirect) instead of a result: check the address and the login, look ` +
      'whether the record was taken, then retry.',
  };
}

function busy(answered: Text): Text {
  return {
    ru: `Цель ответила ${answered.ru}: сейчас она не может принять запись, попытка повторится. Если это не проходит, посмотрите журнал цели.`,
    en:
      `The target answered ${answered.en}: it cannot take the record now and will be tried again. If this lasts, ` +
      `look into the target's own log.`,
  };
}

function conflicting(answered: Text): Text {
  return {
    ru: `Цель ответила ${answered.ru}: она может уже иметь эту запись или менять её сейчас. Посмотрите там; если записи нет, повторите.`,
    en:
      `The target answered ${answered.en}: it may have this record already, or be changing it now. Look there; if the ` +
      'record is not there, retry.',
  };
}

function refused(answered: Text): Text {
  return {
    ru: `Цель ответила ${answered.ru} и запись не приняла: сравните путь, метод и поля записи с описанием API цели.`,
    en:
      `The target answered ${answered.en} and refused the record: compare path, method and fields of the record ` +
      `with the target's API.`,
  };
}
