import { UnavailableError } from '../../src/adapter.ts';
import { isPlainObject } from '../../src/toolkit.ts';
import { HttpClient, textOf } from '../http.ts';
import type { HttpClientOptions } from '../http.ts';

/** `settings.auth.oauth`. */
export interface OauthSettings {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope?: string | undefined;
  /** Where the client's secret goes: `basic` (default) or the form's `body`. */
  readonly client?: 'basic' | 'body' | undefined;
  /** More fields of the form: `audience`, `resource`. */
  readonly fields?: Readonly<Record<string, string>> | null | undefined;
}

/** Before it ends, so that it does not end on the way, milliseconds. */
const margin = 30_000;
// RFC 6749 5.2 and RFC 8707 2: what a server may say, and nothing else of its answer.
const errors = /^(?:invalid_(?:request|client|grant|scope|target)|un(?:authorized_client|supported_grant_type))$/;

/**
 * A token of client credentials (RFC 6749 4.4): one for all deliveries, asked for by one of them while the others wait.
 * Whatever goes wrong here, the record has not left.
 */
export class OauthToken {
  readonly #settings: OauthSettings;
  readonly #client: HttpClient;
  readonly #now: () => number;
  readonly #path: string;
  #token: { readonly value: string; readonly until: number } | undefined;
  #asking: Promise<string> | undefined;

  constructor(settings: OauthSettings, options: Omit<HttpClientOptions, 'baseUrl' | 'headers'>, now: () => number) {
    const { origin, pathname } = new URL(settings.tokenUrl);
    this.#settings = settings;
    this.#client = new HttpClient({ ...options, baseUrl: origin });
    this.#path = decodeURI(pathname);
    this.#now = now;
  }

  /** @throws UnavailableError */
  get(signal: AbortSignal): Promise<string> {
    if (this.#token !== undefined && this.#now() < this.#token.until) return Promise.resolve(this.#token.value);
    // Who asks first must not take the token from the others when it is cut short.
    this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
    return unlessAborted(this.#asking, signal);
  }

  /** The target refused it; another may have been fetched meanwhile. */
  drop(value: string): void {
    if (this.#token?.value === value) this.#token = undefined;
  }

  close(): void {
    this.#client.close();
  }

  async #ask(): Promise<string> {
    const { clientId, clientSecret, scope, client = 'basic', fields } = this.#settings;
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      ...(scope !== undefined && { scope }),
      ...fields,
      ...(client === 'body' && { client_id: clientId, client_secret: clientSecret }),
    });
    const login = `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`;
    const response = await this.#client
      .request({
        method: 'POST',
        path: this.#path,
        again: true, // one token more does no harm
        signal: new AbortController().signal,
        headers: {
          accept: 'application/json',
          'content-type': 'application/x-www-form-urlencoded',
          ...(client === 'basic' && { authorization: `Basic ${Buffer.from(login, 'utf8').toString('base64')}` }),
        },
        body: form.toString(),
      })
      .catch((error: unknown) => {
        throw new UnavailableError(unreached, { cause: error });
      });
    const answer = parsed(textOf(response));
    const token = answer['access_token'];
    if (response.status >= 300 || typeof token !== 'string' || token === '')
      throw refused(response.status, answer['error']);
    const seconds = Number(answer['expires_in']);
    const lasts = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : Infinity; // then a 401 ends it
    this.#token = { value: token, until: this.#now() + Math.max(lasts - margin, lasts / 2) };
    return token;
  }
}

async function unlessAborted(asking: Promise<string>, signal: AbortSignal): Promise<string> {
  const { promise, reject } = Promise.withResolvers<never>();
  const aborted = (): void => reject(new UnavailableError(stopped));
  if (signal.aborted) throw new UnavailableError(stopped);
  signal.addEventListener('abort', aborted, { once: true });
  try {
    return await Promise.race([asking, promise]);
  } finally {
    signal.removeEventListener('abort', aborted);
  }
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isPlainObject(value) ? value : {};
  } catch {
    return {};
  }
}

function refused(status: number, error: unknown): UnavailableError {
  const word = typeof error === 'string' && errors.test(error) ? `, ${error}` : '';
  return new UnavailableError({
    ru: `Сервер токенов не выдал токен (ответ ${status}${word}): проверьте clientId, clientSecret и scope в auth.oauth. Запись не отправлялась.`,
    en:
      `The token server gave no token (answer ${status}${word}): check clientId, clientSecret and scope in ` +
      'auth.oauth. The record was not sent.',
  });
}

const unreached = {
  ru: 'Сервер токенов не ответил: проверьте auth.oauth.tokenUrl и сеть. Запись не отправлялась.',
  en: 'The token server did not answer: check auth.oauth.tokenUrl and the network. The record was not sent.',
};
const stopped = {
  ru: 'Служба останавливается, запись не отправлялась; повторим.',
  en: 'The service is stopping, the record was not sent; it will be tried again.',
};
