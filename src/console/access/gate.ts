import type { IncomingMessage } from 'node:http';
import type { Sessions } from '../../access/sessions.ts';
import type { User } from '../../access/users-file.ts';
import { stampOf, type Users } from '../../access/users.ts';
import { FaultyFileError } from '../../files/fault.ts';
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
    if (this.#all() === undefined) return localCaller(request);
    const [, token] = /^bearer ([\w.~+/-]{1,200}=*)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (token !== undefined) {
      const user = this.#users.withToken(token);
      return user && known(user, 'token', undefined);
    }
    const secret = readCookie(request.headers.cookie, sessionCookie);
    const session = secret === undefined ? undefined : await this.#sessions.find(secret, isAttended(request));
    const user = session && this.#users.find(session.user);
    return session !== undefined && user !== undefined && stampOf(user) === session.stamp
      ? known(user, 'api', session.hash)
      : undefined;
  }

  /** The page itself may be seen by whoever may log in to it; false: nobody is logged in so far. */
  async admitToPage(request: IncomingMessage): Promise<boolean> {
    return (await this.caller(request)) !== undefined;
  }

  /** Nobody comes in while nobody can tell who may. */
  #all(): Users['all'] {
    try {
      return this.#users.all;
    } catch (error) {
      if (error instanceof FaultyFileError) throw faultyUsers;
      throw error;
    }
  }
}

/** A stream that stays open, or a page that nobody has touched for minutes, asks without a person. */
function isAttended({ headers }: IncomingMessage): boolean {
  return headers['x-unattended'] === undefined && headers.accept !== 'text/event-stream';
}

function known({ name, role }: User, from: Caller['from'], session: string | undefined): Caller {
  return { name, role, mayReveal: role !== 'viewer', from, session };
}

const faultyUsers = new ApiError(403, 'users-file', {
  ru: 'файл пользователей с ошибкой: huntflow-connector check покажет строку',
  en: 'the file of users is faulty: huntflow-connector check tells the line',
});

export const nobody: Caller = { name: '', role: 'viewer', mayReveal: false, from: 'api', session: undefined };

export const notLoggedIn = new ApiError(401, 'unauthorized', {
  ru: 'войдите: POST /api/session, или пришлите токен в заголовке Authorization',
  en: 'log in with POST /api/session, or send a token in the header Authorization',
});
