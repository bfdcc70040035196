import {
  adapterErrorKind,
  type AdapterTools,
  type DeliveryContext,
  type Finding,
  type Receipt,
  RejectedError,
  type Text,
  UnavailableError,
  UncertainError,
} from '../../src/adapter.ts';
import {
  basicAuthorization,
  classify,
  HttpClient,
  type HttpResponse,
  outcomeOf,
  type Told,
  retryAfterOf,
  textWithin,
} from '../http.ts';
import { tlsOf } from '../http/tls-files.ts';
import { errorBody } from './error-body.ts';
import { namesOf, sentTexts } from './error-words.ts';
import { passingError } from './passing-error.ts';
import { refusal } from './refusal.ts';
import { envelope, soapAnswer, soapHeaders } from './soap.ts';
import { declaration, elementOf } from './xml-document.ts';
import type { XmlRecord } from './xml-record.ts';
import type { XmlSettings } from './xml-settings.ts';

/** Bytes of an answer that are looked at. */
const judgedBytes = 1024 * 1024;

/** Posts documents to an HTTP service or, wrapped, to a web service of 1C (facts/1c.md 2.1, 2.2). */
export class XmlService {
  readonly #settings: XmlSettings;
  readonly #client: HttpClient;
  readonly #tools: AdapterTools;

  constructor(url: string, settings: XmlSettings, tools: AdapterTools) {
    const authorization =
      settings.bearer !== ''
        ? `Bearer ${settings.bearer}`
        : settings.user !== ''
          ? basicAuthorization(settings.user, settings.password)
          : undefined;
    this.#settings = settings;
    this.#tools = tools;
    this.#client = new HttpClient({
      baseUrl: url,
      timeout: tools.timeout,
      concurrency: tools.concurrency,
      tls: tlsOf(settings.tls, tools),
      ...(authorization === undefined ? {} : { headers: { Authorization: authorization } }),
    });
  }

  async deliver(record: XmlRecord, delivery: DeliveryContext): Promise<Receipt> {
    const { soap, action } = this.#settings;
    const element = elementOf(record);
    const body = soap === undefined ? declaration + element : envelope(soap, element);
    const headers =
      soap === undefined ? { 'Content-Type': 'application/xml; charset=utf-8' } : soapHeaders(soap, action);
    const response = await this.#post(
      record,
      { body, headers: { ...headers, 'Idempotency-Key': delivery.idempotencyKey } },
      delivery,
    );
    const told = await this.#judge(response, `POST ${record.root}`, record.content);
    return { summary: String(response.status), ...told };
  }

  async #post(
    record: XmlRecord,
    message: { readonly body: string; readonly headers: Readonly<Record<string, string>> },
    delivery: DeliveryContext,
  ): Promise<HttpResponse> {
    let answered: ((response: { summary: string; body: string }) => void) | undefined;
    const leaving = (): void => {
      answered = delivery.sent({ summary: `POST ${record.root}`, body: record.content });
    };
    try {
      const response = await this.#client.request({
        method: 'POST',
        path: record.path ?? '',
        ...message,
        // 1C may have taken what broke off: only a service that knows a record again gets it twice unasked.
        again: this.#settings.repeatable,
        signal: delivery.signal,
        leaving,
      });
      answered?.({ summary: String(response.status), body: textWithin(response, 32_768) });
      return response;
    } catch (error) {
      throw this.#repeatable(error);
    }
  }

  /** A service that knows a record again may get it twice. */
  #repeatable(error: unknown): unknown {
    return this.#settings.repeatable && error instanceof UncertainError
      ? new UnavailableError(error.text, { cause: error })
      : error;
  }

  async #judge(response: HttpResponse, summary: string, content: unknown): Promise<Told> {
    const { success, statuses } = this.#tools;
    const sent = sentTexts([content]);
    const text = textWithin(response, judgedBytes);
    const said = this.#settings.soap === undefined ? undefined : soapSaid(text);
    if (typeof said === 'object') throw faulted(said.fault, summary, sent);
    const taken = response.status >= 200 && response.status < 300;
    const ruled = success !== undefined || statuses[response.status] !== undefined;
    if (ruled || (taken && (said !== 'no envelope' || response.flaw !== undefined))) {
      try {
        return await outcomeOf(response, this.#tools, { method: 'POST', record: content });
      } catch (error) {
        throw this.#repeatable(error);
      }
    }
    if (taken) throw this.#unsure(summary, { ru: 'ответ не похож на SOAP', en: 'the answer is no SOAP' });
    const retryAfter = retryAfterOf(response.headers, this.#tools.now());
    const options = retryAfter === undefined ? {} : { retryAfter, ...(response.status === 503 && { holds: 'target' }) };
    const { form } = errorBody(text);
    if (response.status === 406 || response.status === 503 || form === 'session')
      throw new UnavailableError(refusal.pool(summary, response.status).text, options);
    if (response.status === 404 && (form === 'html' || /HTTP: Not found/.test(text)))
      throw new UnavailableError(unpublished(summary), options);
    const passing = passingError(text, summary);
    if (passing !== undefined) throw passing;
    if (response.status >= 500)
      throw this.#unsure(summary, { ru: `ответ ${response.status}`, en: `answer ${response.status}` });
    throw refused(response, summary, text, sent, this.#tools.now());
  }

  /** Nobody knows whether the service took it: only one that knows a record again may get it twice. */
  #unsure(summary: string, why: Text): UnavailableError | UncertainError {
    if (this.#settings.repeatable) {
      return new UnavailableError({
        ru: `${summary}: исход неизвестен (${why.ru}); служба узнаёт повторы, отправим ещё раз.`,
        en: `${summary}: the outcome is not known (${why.en}); the service knows repetitions, it will be sent again.`,
      });
    }
    return new UncertainError({
      ru: `${summary}: исход неизвестен (${why.ru}); посмотрите в 1С, появились ли данные, затем повторите или отмените доставку. Если служба узнаёт повторы, задайте repeatable: true.`,
      en:
        `${summary}: the outcome is not known (${why.en}); see in 1C whether the data are there, then retry or ` +
        'cancel the delivery. If the service knows repetitions, set repeatable: true.',
    });
  }

  /** Any answer but a refusal of the user proves the address; a service may take POST alone. */
  async check(signal: AbortSignal): Promise<Finding[]> {
    try {
      const response = await this.#client.request({ method: 'HEAD', path: '', signal });
      const refusalText = [401, 402, 403, 503].includes(response.status)
        ? classify(response, this.#tools.now())?.text
        : undefined;
      if (response.status === 404) return [{ level: 'warning', text: unpublished('HEAD') }];
      return refusalText === undefined ? [] : [{ level: 'error', text: refusalText }];
    } catch (error) {
      if (adapterErrorKind(error) !== undefined && error instanceof UnavailableError)
        return [{ level: 'error', text: error.text }];
      throw error;
    }
  }

  close(): void {
    this.#client.close();
  }
}

/** An answer that cannot be read is no envelope: after a 2xx nothing may throw. */
function soapSaid(text: string): ReturnType<typeof soapAnswer> {
  try {
    return soapAnswer(text);
  } catch {
    return 'no envelope';
  }
}

function faulted(words: string, summary: string, sent: readonly string[]): UnavailableError | RejectedError {
  const passing = passingError(words, summary);
  if (passing !== undefined) return passing;
  return new RejectedError(refusal.configuration(summary, namesOf(words, sent)).text);
}

function refused(response: HttpResponse, summary: string, text: string, sent: readonly string[], now: number): Error {
  const { status } = response;
  if (status === 401) return new UnavailableError(refusal.login(summary).text);
  if (status === 403) return new UnavailableError(refusal.forbidden(summary).text);
  const general = classify(response, now);
  if (general instanceof UnavailableError) return general;
  const words = errorBody(text).form === 'html' ? '' : namesOf(text, sent);
  return new RejectedError(refusal.configuration(`${summary} (${status})`, words).text);
}

function unpublished(summary: string): Text {
  return {
    ru: `${summary}: по этому адресу службы нет (ответ 404); проверьте url и publishExtensionsByDefault="true" в default.vrd, если служба в расширении.`,
    en:
      `${summary}: there is no service at this address (answer 404); check url, and ` +
      'publishExtensionsByDefault="true" in default.vrd if the service is in an extension.',
  };
}
