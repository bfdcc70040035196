import type { IncomingMessage } from 'node:http';
import type { Sessions } from '../../access/sessions.ts';
import type { User } from '../../access/users-file.ts';
import { stampOf, type Users } from '../../access/users.ts';
import { ApiError } from '../api/api-error.ts';
import type { Caller } from '../api/caller.ts';
import { readCookie, sessionCookie } from './cookie.ts';
import { localCaller } from './local.ts';

/** Makes sure who asks. */
export class Gate {
  readonly #users: Users;
  readonly #sessions: Sessions;

  constructor(users: Users, sessions: Sessions) {
    this.#users = users;
    this.#sessions = sessions;
  }

  /** Undefined: nobody is logged in. Throws for strangers when there are no users. */
  async caller(request: IncomingMessage): Promise<Caller | undefined> {
    if (this.#users.all === undefined) return localCaller(request);
    const [, token] = /^bearer ([\w.~+/-]{1,200}=*)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (token !== undefined) {
      const user = this.#users.withToken(token);
      return user && known(user, 'token', undefined);
    }
    const secret = readCookie(request.headers.cookie, sessionCookie);
    const session = secret === undefined ? undefined : await this.#sessions.find(secret);
    const user = session && this.#users.find(session.user);
    return session !== undefined && user !== undefined && stampOf(user) === session.stamp
      ? known(user, 'api', session.hash)
      : undefined;
  }

  /** The page itself may be seen by whoever may log in to it. */
  admitToPage(request: IncomingMessage): void {
    if (this.#users.all === undefined) localCaller(request);
  }
}

function known({ name, role }: User, from: Caller['from'], session: string | undefined): Caller {
  return { name, role, mayReveal: true, from, session };
}

export const nobody: Caller = { name: '', role: 'viewer', mayReveal: false, from: 'api', session: undefined };

export const notLoggedIn = new ApiError(401, 'unauthorized', {
  ru: 'войдите: POST /api/session, или пришлите токен в заголовке Authorization',
  en: 'log in with POST /api/session, or send a token in the header Authorization',
});
