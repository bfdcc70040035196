import type { IncomingHttpHeaders } from 'node:http';
import Router, { type RouterContext, type RouterMiddleware } from '@koa/router';
import { mayActAs } from '../../access/role.ts';
import type { Language } from '../../text.ts';
import { sessionHeader } from '../access/cookie.ts';
import { type Gate, nobody, notLoggedIn } from '../access/gate.ts';
import { checkChange, checkHost } from '../access/hosts.ts';
import { senderOf } from '../access/sender.ts';
import { ApiError, badField, notFound } from './api-error.ts';
import type { Caller } from './caller.ts';
import type { Endpoint } from './endpoint.ts';

export interface ApiRouterParts {
  readonly endpoints: readonly Endpoint[];
  readonly hosts: readonly string[];
  /** Of whoever does not say which language to answer in. */
  readonly language: Language;
  readonly gate: Gate;
  /** Something failed that nobody foresaw. */
  readonly failed: (error: unknown) => void;
}

/** Bytes of a body: a record that somebody edits, or a draft of a mapping. */
const bodyLimit = 2 * 1024 ** 2;
const deepest = 64;

/** Everything below /api. */
export function apiRouter(parts: ApiRouterParts): Router {
  const router = new Router({ prefix: '/api', sensitive: true });
  router.use(async (context, next) => {
    context.set({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' });
    try {
      await next();
    } catch (error) {
      refuse(context, error, parts);
    }
  });
  const body = bodyReader();
  for (const endpoint of parts.endpoints) {
    router.register(endpoint.path, [endpoint.method], [admission(endpoint, parts), body, answering(endpoint, parts)]);
  }
  router.all('/*rest', async (context) => {
    checkHost(context.headers, parts.hosts);
    if ((await parts.gate.caller(context.req)) === undefined) throw notLoggedIn;
    throw notFound({ ru: 'такого адреса нет: см. /api/openapi.json', en: 'no such address: see /api/openapi.json' });
  });
  return router;
}

/** Whoever may not, is told so before a byte of the body is read. */
function admission({ method, role }: Endpoint, { hosts, gate }: ApiRouterParts) {
  return async (context: RouterContext, next: () => Promise<unknown>): Promise<void> => {
    checkHost(context.headers, hosts);
    const caller = await gate.caller(context.req);
    if (method !== 'get') checkChange(context.headers, hosts);
    if (caller === undefined && role !== 'anyone') throw notLoggedIn;
    if (role !== 'anyone' && caller !== undefined && !mayActAs(caller.role, role))
      throw new ApiError(403, 'forbidden', {
        ru: `для этого нужна роль ${role}, а у вас ${caller.role}`,
        en: `this takes the role ${role}, and yours is ${caller.role}`,
      });
    context.state['caller'] = caller ?? nobody;
    await next();
  };
}

function answering(endpoint: Endpoint, { language }: ApiRouterParts) {
  return async (context: RouterContext): Promise<void> => {
    const caller: Caller = context.state['caller'];
    const gone = new AbortController();
    context.res.once('close', () => gone.abort());
    const given: unknown = context.request.body;
    if (isTooDeep(given)) throw badField('body', tooDeep);
    refuseNul(context.params, context.query, given);
    const answer = await endpoint.run({
      caller,
      language: languageOf(context, language),
      params: context.params,
      query: context.query,
      body: endpoint.method === 'get' ? undefined : given,
      signal: gone.signal,
      address: senderOf(context.req),
      request: context.req,
      setCookie: (header) => context.append('Set-Cookie', header),
      setSession: (secret) => context.append('Set-Cookie', sessionHeader(secret, context.req)),
    });
    if (endpoint.kind === 'redirect') {
      context.redirect(String(answer));
      return;
    }
    if (endpoint.kind === 'stream') {
      context.type = 'text/event-stream';
      context.set('X-Accel-Buffering', 'no');
    }
    context.body = answer;
  };
}

function languageOf(
  context: { readonly headers: IncomingHttpHeaders; acceptsLanguages(...languages: string[]): string | false },
  usual: Language,
): Language {
  if (context.headers['accept-language'] === undefined) return usual;
  const wanted = context.acceptsLanguages(usual, usual === 'ru' ? 'en' : 'ru');
  return wanted === 'ru' || wanted === 'en' ? wanted : usual;
}

function refuse(context: RouterContext, error: unknown, { failed }: ApiRouterParts): void {
  if (error instanceof ApiError) {
    context.status = error.status;
    if (error.details.retryAfter !== undefined) context.set('Retry-After', String(error.details.retryAfter));
    context.body = error.answer;
    return;
  }
  failed(error);
  context.status = 500;
  context.body = { error: { code: 'failed', text: unforeseen } };
}

const unforeseen = {
  ru: 'не получилось, и причина не предусмотрена: она записана в журнал службы',
  en: 'it did not work, for a reason that nobody foresaw: the log of the service has it',
};

function unreadable(error: Error): ApiError {
  const tooLarge = 'status' in error && error.status === 413;
  return tooLarge
    ? new ApiError(413, 'too-large', { ru: 'тело больше 2 МБ', en: 'the body is larger than 2 MB' }, { field: 'body' })
    : badField('body', { ru: 'тело не читается: нужен JSON', en: 'the body cannot be read: JSON is needed' });
}

const tooDeep = { ru: `тело вложено глубже ${deepest}`, en: `the body is deeper than ${deepest}` };

/** PostgreSQL takes no such character, and nobody types one. */
function refuseNul(...parts: readonly unknown[]): void {
  for (const part of parts) {
    if (typeof part !== 'object' || part === null) continue;
    for (const [field, value] of Object.entries(part)) if (hasNul(value)) throw badField(field.slice(0, 100), nul);
  }
}

/** Of a body that is not too deep. */
function hasNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0');
  return typeof value === 'object' && value !== null && Object.values(value).some((each) => hasNul(each));
}

const nul = { ru: 'знака NUL здесь быть не может', en: 'the character NUL cannot stand here' };

/** Level by level: what recurses over it later must not run out of stack. */
function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return true;
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return false;
}

/** Loaded for the first change that is asked for: with all it can read it is 150 modules and 10 MB. */
function bodyReader(): RouterMiddleware {
  let reader: Promise<RouterMiddleware> | undefined;
  return async (context, next) => {
    if (context.method === 'GET' || context.method === 'HEAD') return next();
    reader ??= import('koa-body').then(({ koaBody }) =>
      koaBody({
        json: true,
        urlencoded: false,
        text: false,
        multipart: false,
        jsonLimit: bodyLimit,
        onError: (error) => {
          throw unreadable(error);
        },
      }),
    );
    return (await reader)(context, next);
  };
}
