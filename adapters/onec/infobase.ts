import {
  adapterErrorKind,
  UnavailableError,
  type AdapterTools,
  type DeliveryContext,
  type Text,
} from '../../src/adapter.ts';
import { errorText } from '../../src/toolkit.ts';
import {
  basicAuthorization,
  HttpClient,
  type HttpMethod,
  type HttpResponse,
  type Query,
  retryAfterOf,
  textOf,
} from '../http.ts';
import { tlsOf } from '../http/tls-files.ts';
import { IbSessions } from './ib-sessions.ts';
import type { PassingWords } from './passing.ts';
import { bytesOf, milliseconds, type Settings } from './settings.ts';
import { StreamedBody } from './streamed-body.ts';
import { type Verdict, verdictOf } from './verdict.ts';

export interface InfobaseRequest {
  readonly method: HttpMethod;
  /** Below `standard.odata`, plain text. */
  readonly path: string;
  /** For logs: method and set, no key and no query, which may be personal (facts/1c.md 8). */
  readonly summary: string;
  readonly query?: Query;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** What the body says, for the attempt. */
  readonly entity?: unknown;
}

/** The part of a delivery that a request needs. */
export interface Line extends Pick<DeliveryContext, 'signal'>, Partial<Pick<DeliveryContext, 'sent'>> {
  /** Texts of the record, which no error may repeat. */
  readonly secrets?: readonly string[];
}

export type Reply = { readonly text: string; readonly verdict: Verdict };

/** HTTP to one published infobase; every request ends in a verdict, and only an abort or a lost reading throws. */
export class Infobase {
  readonly #client: HttpClient;
  readonly #slow: HttpClient;
  readonly #sessions: IbSessions;
  readonly #words: PassingWords;
  readonly #metadataLimit: string;
  readonly #now: () => number;

  constructor(settings: Settings, tools: Pick<AdapterTools, 'timeout' | 'now' | 'resolvePath'>) {
    const tls = tlsOf(settings.tls, tools);
    const authorization =
      settings.bearer !== ''
        ? `Bearer ${settings.bearer}`
        : settings.user !== ''
          ? basicAuthorization(settings.user, settings.password)
          : undefined;
    this.#metadataLimit = settings.metadata.limit;
    const client = (timeout: number, concurrency: number, answerLimit?: number): HttpClient =>
      new HttpClient({
        baseUrl: settings.url,
        timeout,
        concurrency,
        tls,
        ...(answerLimit === undefined ? {} : { answerLimit }),
        ...(authorization === undefined ? {} : { headers: { Authorization: authorization } }),
      });
    this.#client = client(tools.timeout, settings.atOnce);
    this.#slow = client(milliseconds(settings.metadata.timeout), 1, bytesOf(settings.metadata.limit));
    this.#sessions = new IbSessions(settings.sessions);
    const compiled = (patterns: readonly string[]): RegExp[] => patterns.map((pattern) => new RegExp(pattern, 'iu'));
    const { busy, maintenance, rejected } = settings.passing;
    this.#words = {
      busy: compiled([...settings.locks, ...busy]),
      maintenance: compiled(maintenance),
      rejected: compiled(rejected),
    };
    this.#now = tools.now;
  }

  /**
   * @throws UnavailableError when nothing reached 1C or a reading was lost; whatever the abort of the signal throws.
   */
  async send(request: InfobaseRequest, line: Line): Promise<Reply> {
    const reply = await this.#once(request, line);
    // The session had been closed by 1C: the request was not looked at, and a new session may be started.
    return reply.verdict.kind === 'sessionLost' ? this.#once(request, line, true) : reply;
  }

  async #once(request: InfobaseRequest, line: Line, again = false): Promise<Reply> {
    if (again) this.#sessions.drain();
    const session = this.#sessions.take();
    let answered: ((response: { summary: string; body?: unknown }) => void) | undefined;
    const leaving = (): void => {
      answered = line.sent?.({
        summary: request.summary,
        ...(request.entity === undefined ? {} : { body: request.entity }),
      });
    };
    try {
      const response = await this.#client.request({
        ...request,
        headers: { ...request.headers, ...session.headers },
        signal: line.signal,
        again: request.method === 'GET',
        leaving,
      });
      const text = textOf(response);
      answered?.({ summary: String(response.status), body: text });
      this.#sessions.giveBack(
        response.status === 400 || response.status >= 500 ? undefined : session.cookie,
        response.headers['set-cookie'],
      );
      return {
        text,
        verdict: this.#judge(request, response, text, session.cookie !== undefined && !again, line.secrets),
      };
    } catch (error) {
      if (line.signal.aborted || adapterErrorKind(error) !== 'uncertain') throw error;
      return { text: '', verdict: { kind: 'doubt', reason: reasonOf(error) } };
    }
  }

  #judge(
    request: InfobaseRequest,
    response: HttpResponse,
    text: string,
    session: boolean,
    secrets: readonly string[] = [],
  ): Verdict {
    const answer = { status: response.status, text, retryAfter: retryAfterOf(response.headers, this.#now()) };
    const asked = { summary: request.summary, writes: request.method !== 'GET', session, sent: secrets };
    return verdictOf(answer, asked, this.#words);
  }

  /**
   * Has `$metadata` (UTF-8) read as it comes, which may take minutes: it is never whole in memory.
   * @throws like `send`, with what 1C refused, and with what `read` throws.
   */
  async metadata<T>(read: (body: AsyncIterable<Uint8Array>) => Promise<T>, signal: AbortSignal): Promise<T> {
    const request: InfobaseRequest = { method: 'GET', path: '/$metadata', summary: 'GET $metadata' };
    const body = new StreamedBody(read, () => beyondLimit(this.#metadataLimit), bytesOf(this.#metadataLimit));
    const asked = this.#slow.request({
      ...request,
      headers: { Accept: 'application/xml' },
      into: body.take,
      signal,
    });
    const [answer] = await Promise.allSettled([asked]);
    const fault = await body.fault();
    if (fault !== undefined) throw fault;
    if (answer.status === 'rejected')
      throw isTooLarge(answer.reason) ? beyondLimit(this.#metadataLimit) : answer.reason;
    const response = answer.value;
    const isDone = response.status >= 200 && response.status < 300;
    const verdict = this.#judge(request, response, isDone ? '' : textOf(response), false);
    if (verdict.kind === 'refused') throw verdict.error;
    if (verdict.kind !== 'done') throw new Error(`GET $metadata: ${verdict.kind}`);
    return body.result(response.body);
  }

  async close(): Promise<void> {
    for (const cookie of this.#sessions.drain()) {
      const headers = { IBSession: 'finish', Cookie: cookie };
      await this.#client
        .request({ method: 'GET', path: '/', headers, signal: AbortSignal.timeout(2000) })
        .catch(() => undefined);
    }
    this.#client.close();
    this.#slow.close();
  }
}

function isTooLarge(error: unknown): boolean {
  return adapterErrorKind(error) !== undefined && error instanceof Error && error.message.includes('too large');
}

function beyondLimit(limit: string): UnavailableError {
  return new UnavailableError({
    ru: `GET $metadata: описание базы больше ${limit}; увеличьте metadata.limit в settings цели или сократите состав интерфейса OData до нужных объектов.`,
    en:
      `GET $metadata: the description of the base is larger than ${limit}; raise metadata.limit in the ` +
      'settings of the target, or publish only the needed objects over OData.',
  });
}

function reasonOf(error: unknown): Text {
  const { ru, en } = errorText(error) ?? { ru: 'ответ потерян', en: 'the answer was lost' };
  return { ru: ru.replace(/\.$/, ''), en: en.replace(/\.$/, '') };
}
