import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { request, type RequestOptions } from 'node:https';
import { PassThrough, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { IncomingMessage } from 'node:http';
import type { Text } from '../text.ts';
import { isPrivateLiteral, PrivateAddressError, publicLookup } from './address-guard.ts';

/** Where files may be fetched from. */
export interface FetchRules {
  /** Exact names of hosts, in lower case. */
  readonly hosts: readonly string[];
  /** Also from addresses of private networks. */
  readonly private: boolean;
  /** Bytes. */
  readonly limit: number;
  /** 443 but in tests. */
  readonly port: number;
  /** Milliseconds for the whole file. */
  readonly timeout: number;
  /** A certificate to trust besides those of the system; for tests. */
  readonly ca?: string | undefined;
}

/** `gone`: never again; `later`: it may come. */
export type Downloaded =
  | { readonly is: 'here'; readonly size: number; readonly begins: Buffer }
  | { readonly is: 'gone' | 'later'; readonly why: Text };

/**
 * Fetches one file into `path`, which must not exist. GET alone, no redirect, no header of ours that a signature would
 * not know. Written as `wrap` makes it.
 */
export async function download(
  address: string,
  path: string,
  rules: FetchRules,
  signal: AbortSignal,
  wrap: () => Transform = () => new PassThrough(),
): Promise<Downloaded> {
  const refused = refusalOf(address, rules);
  if (refused !== undefined) return { is: 'gone', why: refused };
  const url = new URL(address);
  const ended = AbortSignal.any([signal, AbortSignal.timeout(rules.timeout)]);
  try {
    const answer = await get(url, rules, ended);
    const status = answer.statusCode ?? 0;
    if (status !== 200) {
      answer.destroy();
      return statusMeans(status, url.hostname);
    }
    let size = 0;
    const begins: Buffer[] = [];
    const counted = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        if (size < typeLooksAt) begins.push(chunk);
        size += chunk.length;
        done(size > rules.limit ? new TooLargeError() : null, chunk);
      },
    });
    await pipeline(answer, counted, wrap(), createWriteStream(path, { flags: 'wx', mode: 0o600 }), { signal: ended });
    if (!answer.complete) throw new Error('cut off');
    return { is: 'here', size, begins: Buffer.concat(begins) };
  } catch (error) {
    await rm(path, { force: true });
    return failureMeans(error, url.hostname, rules);
  }
}

/** Bytes by which the type of a file is told. */
const typeLooksAt = 64 * 1024;

class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
}

function refusalOf(address: string, { hosts, private: open, port }: FetchRules): Text | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined) return { ru: 'это не адрес файла', en: 'this is no address of a file' };
  if (
    url.protocol !== 'https:' ||
    (url.port === '' ? 443 : Number(url.port)) !== port ||
    url.username + url.password !== ''
  )
    return {
      ru: `файлы берутся только по https, порт ${port}, без пароля в адресе`,
      en: `files are fetched by https alone, port ${port}, without a password in the address`,
    };
  const host = url.hostname.toLowerCase();
  if (!hosts.includes(host))
    return { ru: `сервера ${host} нет в attachments.hosts`, en: `${host} is not among attachments.hosts` };
  return !open && isPrivateLiteral(host) ? privateText(host) : undefined;
}

const privateText = (host: string): Text => ({
  ru: `${host} — адрес внутренней сети: разрешите attachments.private: true, если так и задумано`,
  en: `${host} is an address of a private network: allow it by attachments.private: true if that is meant`,
});

function get(url: URL, rules: FetchRules, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const options: RequestOptions = {
      method: 'GET',
      agent: false,
      signal,
      headers: { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'huntflow-connector' },
      ...(!rules.private && { lookup: publicLookup }),
      ...(rules.ca !== undefined && { ca: rules.ca }),
    };
    request(url, options, resolve).on('error', reject).end();
  });
}

/** 403 and 400 are what a signed address answers when it ran out (facts/targets.md 7); a redirect is not followed. */
function statusMeans(status: number, host: string): Downloaded {
  const later = status >= 500 || status === 408 || status === 429;
  if (status >= 300 && status < 400) return { is: 'gone', why: redirectText(status, host) };
  return {
    is: later ? 'later' : 'gone',
    why: {
      ru: `${host} ответил ${status}${later ? '' : ': ссылка истекла или файла нет'}`,
      en: `${host} answered ${status}${later ? '' : ': the link ran out or there is no such file'}`,
    },
  };
}

const redirectText = (status: number, host: string): Text => ({
  ru: `${host} ответил ${status}, перенаправлением, а им не следуем: оно может вести куда угодно`,
  en: `${host} answered ${status}, a redirect, and none is followed: it may lead anywhere`,
});

function failureMeans(error: unknown, host: string, { limit }: FetchRules): Downloaded {
  if (error instanceof TooLargeError)
    return {
      is: 'gone',
      why: { ru: `файл больше ${limit} байт`, en: `the file is larger than ${limit} bytes` },
    };
  if (error instanceof PrivateAddressError) return { is: 'gone', why: privateText(host) };
  const fields = new Map<string, unknown>(error instanceof Error ? Object.entries(error) : []);
  const code = typeof fields.get('code') === 'string' ? String(fields.get('code')) : 'cut off';
  return { is: 'later', why: { ru: `${host} не отдал файл (${code})`, en: `${host} did not give the file (${code})` } };
}
