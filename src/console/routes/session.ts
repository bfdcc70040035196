import { object, string } from 'yup';
import { isPassword, longestPassword } from '../../access/password.ts';
import type { Sessions } from '../../access/sessions.ts';
import type { Throttle } from '../../access/throttle.ts';
import { stampOf, type Users } from '../../access/users.ts';
import { roles } from '../../access/role.ts';
import { flag, listOf, oneOf, shape, text, textOrNull } from '../../shown/shape.ts';
import type { Language } from '../../text.ts';
import { actorOf } from '../api/actor.ts';
import { ApiError, conflict } from '../api/api-error.ts';
import type { Caller } from '../api/caller.ts';
import { type Endpoint, endpoint } from '../api/endpoint.ts';
import type { ConsoleParts } from '../parts.ts';

export interface AccessParts {
  readonly users: Users;
  readonly sessions: Sessions;
  readonly throttle: Throttle;
  readonly version: string;
  readonly page: string | null;
}

/** Who looks, and what they may. */
const meSchema = shape({
  name: text(),
  role: oneOf(roles),
  /** False without users: whoever sits at this machine may act, and reveals nothing. */
  mayReveal: flag(),
  /** False: by a token, or there are no users. */
  session: flag(),
  users: flag(),
  writesMappings: flag(),
  zone: text(),
  language: oneOf(['ru', 'en']),
  version: text(),
  /** The script of the page, which changes with it; null: the page is not built. */
  page: textOrNull(),
});

const waysSchema = shape({
  /** Whether there is anybody to log in as. */
  users: flag(),
  ways: listOf(oneOf(['password', 'oidc'])),
  /** Whoever is logged in. */
  user: textOrNull(),
});

/** Coming in, going out, and who one is. */
export function sessionRoutes(parts: ConsoleParts, access: AccessParts): Endpoint[] {
  const { audit, config, report } = parts;
  const { users, sessions, throttle, version, page } = access;
  const meOf = (caller: Caller, language: Language) => ({
    name: caller.name,
    role: caller.role,
    mayReveal: caller.mayReveal,
    session: caller.session !== undefined,
    users: users.all !== undefined,
    writesMappings: config.console.writesMappings,
    zone: config.zone,
    language,
    version,
    page,
  });
  return [
    endpoint({
      method: 'get',
      path: '/me',
      role: 'viewer',
      summary: { ru: 'Кто я и что мне можно', en: 'Who I am and what I may' },
      answer: meSchema,
      act: async ({ caller, language }) => meOf(caller, language),
    }),
    endpoint({
      method: 'get',
      path: '/session',
      role: 'anyone',
      summary: { ru: 'Как здесь входят', en: 'How one logs in here' },
      answer: waysSchema,
      act: async ({ caller }) => ({
        users: users.all !== undefined,
        ways: [
          ...(users.all === undefined ? [] : ['password' as const]),
          ...(users.all === undefined || config.console.oidc === undefined ? [] : ['oidc' as const]),
        ],
        user: caller.name === '' ? null : caller.name,
      }),
    }),
    endpoint({
      method: 'post',
      path: '/session',
      role: 'anyone',
      summary: { ru: 'Войти', en: 'Log in' },
      body: object({
        user: string().max(200).required(),
        password: string().max(longestPassword).required(),
      }).noUnknown(),
      answer: meSchema,
      act: async ({ body: { user: name, password }, caller, language, address, setSession }) => {
        if (users.all === undefined) throw conflict(noUsers);
        const wait = await throttle.begin(name, address);
        if (wait > 0) throw tooMany(wait);
        const user = users.find(name);
        if (!(await isPassword(password, user?.password)) || user === undefined) {
          report.loginFailed(address);
          throw wrong;
        }
        await throttle.succeeded(name, address);
        // Whoever had this browser before is out, and nobody goes on with a session from before the login.
        if (caller.session !== undefined) await sessions.close(caller.session);
        const secret = await sessions.open(name, stampOf(user));
        await audit.add(audit.actor(name, 'api'), { action: 'login', on: [] });
        setSession(secret);
        return meOf({ name, role: user.role, mayReveal: true, from: 'api', session: '' }, language);
      },
    }),
    endpoint({
      method: 'delete',
      path: '/session',
      role: 'anyone',
      summary: { ru: 'Выйти', en: 'Log out' },
      answer: shape({ ended: flag() }),
      act: async ({ caller, setSession }) => {
        setSession(null);
        if (caller.session === undefined) return { ended: false };
        await sessions.close(caller.session);
        await audit.add(actorOf(audit, caller), { action: 'logout', on: [] });
        return { ended: true };
      },
    }),
  ];
}

const noUsers = {
  ru: 'пользователей нет, входить некому: заведите их командой user add',
  en: 'there are no users to log in as: add some with the command user add',
};

const wrong = new ApiError(401, 'wrong-password', {
  ru: 'имя или пароль не подходят',
  en: 'the name or the password is wrong',
});

function tooMany(wait: number): ApiError {
  const seconds = Math.ceil(wait / 1000);
  return new ApiError(
    429,
    'too-many-logins',
    {
      ru: `слишком много неудачных входов: попробуйте через ${seconds} с`,
      en: `too many failed logins: try again in ${seconds} s`,
    },
    { retryAfter: seconds },
  );
}
