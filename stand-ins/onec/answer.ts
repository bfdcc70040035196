import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Base } from './base.ts';
import type { Behaviour } from './behaviour.ts';
import { largeEdmx } from './edmx.ts';
import type { Stored } from './filter.ts';
import { list, selected } from './query.ts';
import { batchXml, notFoundText, Refused } from './refused.ts';
import { atomEntity, atomList, jsonEntity, jsonList, readAtom, type Rendering } from './render.ts';
import { type Resource, resourceOf } from './resource.ts';
import { isObject } from './shape.ts';

export interface Request {
  readonly method: string;
  /** As it came, still encoded. */
  readonly raw: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** `http://…/standard.odata`. */
  readonly root: string;
  readonly atom: boolean;
}

export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const odataPath = '/odata/standard.odata';

/** Answers as 1C would. @throws Refused for what 1C would refuse. */
export function answerOf(request: Request, base: Base, behaviour: Behaviour, sessions: Set<string>): Reply {
  const denied = outside(request, behaviour);
  if (denied !== undefined) return denied;
  const session = sessionOf(request, behaviour, sessions);
  if (session.reply !== undefined) return session.reply;
  const reply = inside(request, base, behaviour);
  return { ...reply, headers: { ...session.headers, ...reply.headers } };
}

/** What the web server and the publication say before OData has a look. */
function outside({ headers, path }: Request, { user, password, switchedOff }: Behaviour): Reply | undefined {
  const expected = `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
  if (headers.authorization !== expected)
    return { status: 401, type: 'text/html', body: '<html><body>401 - Unauthorized</body></html>' };
  if (switchedOff || !path.includes(odataPath)) return { status: 404, type: 'text/plain', body: notFoundText };
  return undefined;
}

function sessionOf(
  { headers }: Request,
  behaviour: Behaviour,
  sessions: Set<string>,
): { readonly reply?: Reply; readonly headers?: Readonly<Record<string, string>> } {
  if (!behaviour.sessions) return {};
  const id = /ibsession=([^;,\s]+)/.exec(headers.cookie ?? '')?.[1];
  if (id !== undefined && !sessions.has(id)) return { reply: { status: 400, type: 'text/plain', body: '' } };
  if (headers['ibsession'] === 'finish' && id !== undefined) sessions.delete(id);
  if (headers['ibsession'] !== 'start') return {};
  const fresh = randomUUID();
  sessions.add(fresh);
  return { headers: { 'Set-Cookie': `ibsession=${fresh}; path=/` } };
}

function inside(request: Request, base: Base, behaviour: Behaviour): Reply {
  const below = request.path.slice(request.path.indexOf(odataPath) + odataPath.length).replace(/^\//, '');
  const sets = [...base.sets.values()].filter(({ name }) => !behaviour.unpublished.includes(name));
  if (below === '$metadata')
    return { status: 200, type: 'application/xml;charset=utf-8', body: largeEdmx(sets, behaviour) };
  if (below === '$batch') return { status: 501, type: 'application/xml', body: batchXml };
  if (below === '')
    return {
      status: 200,
      type: 'application/json;charset=utf-8',
      body: JSON.stringify({ value: sets.map(({ name }) => ({ name, url: name })) }),
    };
  const resource = resourceOf(decodeURIComponent(below), new Map(sets.map((set) => [set.name, set])));
  if (behaviour.forbidden.includes(resource.set.name)) throw new Refused(401, '20', 'Недостаточно прав доступа');
  return onSet(request, resource, base, behaviour);
}

function onSet(request: Request, { set, key, action }: Resource, base: Base, behaviour: Behaviour): Reply {
  const query = new URLSearchParams(request.raw.split('?')[1] ?? '');
  const level = /nometadata/.test(`${query.get('$format') ?? ''} ${request.headers.accept ?? ''}`)
    ? 'nometadata'
    : 'minimalmetadata';
  const rendering: Rendering = { root: request.root, set, level };
  const one = (status: number, row: Stored, keysInRows = true, headers = {}): Reply => ({
    status,
    headers,
    type: request.atom
      ? 'application/atom+xml;type=entry;charset=utf-8'
      : `application/json;odata=${level};charset=utf-8`,
    body: request.atom ? atomEntity(rendering, row, keysInRows) : jsonEntity(rendering, row, keysInRows),
  });
  if (key === undefined) {
    if (request.method === 'POST') {
      const row = base.create(set, bodyOf(request));
      if (!isObject(set)) return one(200, row);
      const place = `${request.root}/${set.name}(guid'${String(row['Ref_Key'])}')`;
      // Raw UTF-8 bytes in a header, as live 1C was seen to send (facts/1c.md 1.1).
      return one(201, row, true, {
        Location: behaviour.rawLocation ? Buffer.from(place, 'utf8').toString('latin1') : encodeURI(place),
      });
    }
    if (request.method !== 'GET') throw new Refused(405, '19', 'HTTP method is not allowed here');
    const { rows, count } = list(set, base.all(set.name), query, request.raw, behaviour);
    if (action === '$count') return { status: 200, type: 'text/plain;charset=utf-8', body: `\uFEFF${rows.length}` };
    return {
      status: 200,
      type: request.atom
        ? 'application/atom+xml;type=feed;charset=utf-8'
        : `application/json;odata=${level};charset=utf-8`,
      body: request.atom ? atomList(rendering, rows, count) : jsonList(rendering, rows, count),
    };
  }
  if (action === 'Post' && request.method === 'POST')
    return one(200, base.post(set, key, query.get('PostingModeOperational')));
  if (action === 'Unpost' && request.method === 'POST') return one(200, base.unpost(set, key));
  if (request.method === 'PATCH') return one(200, base.change(set, key, bodyOf(request), request.headers['if-match']));
  const row = base.find(set, key);
  if (row === undefined) throw new Refused(404, '9', 'Entity instance not found');
  if (request.method === 'DELETE') {
    base.remove(set.name, key['Ref_Key'] ?? '');
    return { status: 204, type: 'text/plain', body: '' };
  }
  return one(200, selected(set, row, query.get('$select')), false);
}

function bodyOf({ body, headers }: Request): Stored {
  if (/xml/.test(headers['content-type'] ?? '')) return readAtom(body);
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed === 'object' && parsed !== null) return Object.fromEntries(Object.entries(parsed));
  } catch {
    // answered below, the way 1C does
  }
  throw new Refused(
    500,
    '-1',
    'Произошла внутренняя ошибка OData сервиса. Дополнительные сведения можно найти в технологическом журнале',
  );
}
