import axios, { AxiosHeaders } from 'axios';
import type { AxiosInstance, InternalAxiosRequestConfig } from 'axios';
import { adapterErrorKind, RejectedError } from '../../src/adapter.ts';
import type { AdapterTools, HttpSettings } from '../../src/adapter.ts';
import { cutCodes } from './cut-codes.ts';
import { answerOf, summaryOf } from './shown-exchange.ts';
import { classify, textOf } from './answers.ts';
import { failureError, isRepeatable } from './failures.ts';
import { pathWithin } from './path.ts';
import { tlsOf } from './tls-files.ts';
import { Transport } from './transport.ts';
import { TransportError } from './transport-error.ts';
import type { HttpResponse } from './answers.ts';
import type { Received } from './transport.ts';

/** What asks for data: an answer that is not all there was no answer. */
const reading: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
const answerLimit = 64 * 1024 * 1024;

/**
 * An axios for adapters of somebody's own, over the transport: one deadline, no redirects, nothing outside `baseUrl`,
 * no proxy of the environment. What goes wrong is thrown as an error of the contract, so that an adapter that catches
 * nothing is right: a lost answer to a POST is uncertain, a 4xx rejected, what passes by itself unavailable. Such an
 * error has `status` and `data` of an answer for who wants to look; they go nowhere by themselves.
 */
export function axiosOf(
  settings: HttpSettings,
  tools: Pick<AdapterTools, 'timeout' | 'concurrency' | 'now' | 'resolvePath' | 'unknown'>,
): AxiosInstance {
  const { baseUrl, headers, tls, proxy } = settings;
  const transport = new Transport({
    concurrency: tools.concurrency,
    proxy: proxy === undefined || proxy === '' ? undefined : new URL(proxy),
    tls: tlsOf(tls, tools),
  });
  const base = baseUrl.replace(/\/+$/, '');
  const { host } = new URL(base);
  return axios.create({
    baseURL: base,
    timeout: tools.timeout,
    allowAbsoluteUrls: false,
    maxContentLength: settings.answerLimit ?? answerLimit,
    headers: { 'User-Agent': 'huntflow-connector', ...headers },
    adapter: async (config) => {
      const method = (config.method ?? 'get').toUpperCase();
      try {
        const { timeout = tools.timeout, maxContentLength = answerLimit, delivery } = config;
        const signal = config.signal ?? delivery?.signal;
        if (signal?.aborted === true) throw new TransportError(cutCodes.aborted, { sent: false });
        const url = addressOf(config, base);
        const request = await written(config);
        const answered = delivery?.sent({
          summary: summaryOf(method, (config.url ?? '').replace(/[?#].*$/s, '')),
          ...(typeof request.data === 'string' && { body: request.data }),
        });
        const answer = await transport.send({
          method,
          url,
          ...request,
          ...(signal && { signal }),
          timeout,
          maxContentLength,
          // Nothing tells the target that it is the same request, or a person is to decide: who repeats it asks for two.
          again:
            isRepeatable(method) ||
            (tools.unknown !== 'dead' && AxiosHeaders.from(config.headers).has('Idempotency-Key')),
        });
        answered?.(answerOf(readOf(answer)));
        if (answer.flaw?.whole === false && reading.has(method) && answer.status < 300)
          throw new TransportError(answer.flaw.code, { sent: true });
        const refusal = config.validateStatus?.(answer.status) === false ? refusalOf(answer, tools.now()) : undefined;
        if (refusal !== undefined) throw refusal;
        return { ...answer, config, headers: AxiosHeaders.from(answer.headers), data: dataOf(answer, config) };
      } catch (error) {
        if (!(error instanceof TransportError)) throw error;
        throw failureError({ code: error.code ?? '', sent: error.sent, method, host, timeout: config.timeout ?? 0 });
      }
    },
  });
}

/** axios joins `url` and the parameters; what could lead out of the base is refused as in every adapter. */
function addressOf(config: InternalAxiosRequestConfig, base: string): string {
  const [path = '', ...query] = (config.url ?? '').split('?');
  const written = axios.getUri({
    url: '',
    params: config.params,
    ...(config.paramsSerializer && { paramsSerializer: config.paramsSerializer }),
  });
  const parts = [query.join('?'), written.replace(/^\?/, '')].filter((part) => part !== '');
  return base + pathWithin(path) + (parts.length === 0 ? '' : `?${parts.join('&')}`);
}

/** What axios made of the data: text, bytes, or a form of which Node makes the bytes. */
async function written({
  data,
  headers,
}: InternalAxiosRequestConfig): Promise<Pick<InternalAxiosRequestConfig, 'headers' | 'data'>> {
  if (data === undefined || data === null || typeof data === 'string' || data instanceof Uint8Array)
    return { headers, data };
  if (data instanceof ArrayBuffer) return { headers, data: new Uint8Array(data) };
  if (!(data instanceof FormData || data instanceof URLSearchParams || data instanceof Blob)) throw unfit();
  const body = new Response(data);
  const typed = AxiosHeaders.from(headers);
  typed.set('Content-Type', body.headers.get('content-type') ?? 'application/octet-stream');
  return { headers: typed, data: new Uint8Array(await body.arrayBuffer()) };
}

function dataOf(answer: Received, { responseType }: InternalAxiosRequestConfig): unknown {
  return responseType === 'arraybuffer' ? answer.data : textOf(readOf(answer));
}

function refusalOf(answer: Received, now: number): Error {
  const error = classify(readOf(answer), now) ?? new RejectedError(`status ${answer.status}`);
  if (adapterErrorKind(error) !== undefined) {
    Object.defineProperty(error, 'status', { value: answer.status });
    Object.defineProperty(error, 'data', { value: textOf(readOf(answer)) });
  }
  return error;
}

function readOf({ status, headers, data }: Received): HttpResponse {
  return { status, headers, body: data };
}

function unfit(): RejectedError {
  return new RejectedError({
    ru: 'Тело запроса не отправить: нужен текст, байты, форма или JSON; потоки tools.http не принимает.',
    en: 'The body cannot be sent: text, bytes, a form or JSON is needed; tools.http takes no streams.',
  });
}
