import { scryptSync } from 'node:crypto';
import type { Role } from '../../src/access/role.ts';
import { newSecret, secretHash } from '../../src/access/secret.ts';
import { writeUsers } from '../../src/access/users-file.ts';
import { type Answer, request } from './request.ts';
import type { Service } from './service.ts';
import { until } from './until.ts';

export interface Asked {
  readonly method?: string;
  readonly body?: unknown;
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One request to the API, with what a change needs. */
export function ask(
  service: Service,
  path: string,
  { method, body, token, headers = {} }: Asked = {},
): Promise<Answer> {
  const verb = method ?? (body === undefined ? 'GET' : 'POST');
  const bytes = verb === 'GET' ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body ?? {}));
  return request(`${service.app.consoleUrl}/api${path}`, {
    method: verb,
    body: bytes,
    headers: {
      ...(verb !== 'GET' && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      'accept-language': 'en',
      ...headers,
    },
  });
}

export const password = 'correct horse battery';

/** As `users.yaml` keeps the password above, at a thirtieth of the work: most who come in by it test something else. */
function quickHash(): string {
  const hash = scryptSync(password, Buffer.from('salt'), 32, { N: 1024, r: 8, p: 1 });
  return ['scrypt', 1024, 8, 1, Buffer.from('salt').toString('base64url'), hash.toString('base64url')].join('$');
}

/** A user of each role with the password above, and a token of each. */
export async function addUsers(service: Service): Promise<Readonly<Record<Role, string>>> {
  const tokens = { viewer: newSecret(), operator: newSecret(), author: newSecret(), admin: newSecret() };
  const names = ['viewer', 'operator', 'author', 'admin'] as const;
  writeUsers(
    service.workspace.path('config', 'users.yaml'),
    names.map((role) => ({
      name: role,
      role,
      password: quickHash(),
      tokens: [{ name: 'tests', hash: secretHash(tokens[role]), createdAt: '2026-12-01T00:00:00.000Z' }],
    })),
  );
  return tokens;
}

/** What stands at that place of an answer; undefined where there is nothing. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let here: unknown = value;
  for (const step of path) here = typeof here === 'object' && here !== null ? Reflect.get(here, step) : undefined;
  return here;
}

/** Waits until a list of the API has a row. */
export async function listed(service: Service, path: string): Promise<void> {
  await until(`${path} has a row`, async () => at((await ask(service, path)).json, 'items', 0) !== undefined);
}
