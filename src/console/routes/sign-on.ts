import type { IncomingMessage } from 'node:http';
import { object, string } from 'yup';
import type { OidcConfig } from '../../config/console.ts';
import { stampOf } from '../../access/users.ts';
import { cookieHeader, isSecure, readCookie } from '../access/cookie.ts';
import { type LoginUnderWay, SingleSignOn } from '../access/single-sign-on.ts';
import { ApiError, badField } from '../api/api-error.ts';
import { type Endpoint, redirectEndpoint } from '../api/endpoint.ts';
import type { ConsoleParts } from '../parts.ts';
import type { AccessParts } from './session.ts';
import { property } from '../../process/property.ts';

const keptCookie = 'huntflow-connector-login';
const callbackPath = '/api/session/oidc/callback';
/** Seconds that somebody may take at the provider. */
const secondsToSignOn = 600;

/** Single sign-on: to the provider and back. Without `console.oidc` there are no such routes. */
export function signOnRoutes({ config, audit }: ConsoleParts, { users, sessions }: AccessParts): Endpoint[] {
  const { oidc } = config.console;
  if (oidc === undefined) return [];
  const provider = new SingleSignOn(oidc);
  return [
    redirectEndpoint({
      path: '/session/oidc',
      role: 'anyone',
      summary: { ru: 'Войти через единый вход', en: 'Log in by single sign-on' },
      query: object({ to: string().max(2000) }).noUnknown(),
      run: async ({ caller, query: { to }, request, setCookie }) => {
        // The cookie of a session does not come along when the provider sends the browser back.
        if (caller.session !== undefined) await sessions.close(caller.session);
        const { url, kept } = await provider.leave(`${baseOf(oidc, request)}${callbackPath}`, pageOf(to));
        const value = Buffer.from(JSON.stringify(kept)).toString('base64url');
        setCookie(cookieHeader(keptCookie, value, request, `SameSite=Lax; Max-Age=${secondsToSignOn}`));
        return url;
      },
    }),
    redirectEndpoint({
      path: '/session/oidc/callback',
      role: 'anyone',
      summary: { ru: 'Возврат от провайдера', en: 'Coming back from the provider' },
      // What a provider adds is its own.
      query: object(),
      run: async ({ request, setCookie, setSession }) => {
        const kept = readKept(request);
        const back = new URL(request.url ?? '', baseOf(oidc, request));
        const name = await provider.comeBack(back, kept);
        setCookie(cookieHeader(keptCookie, '', request, 'SameSite=Lax; Max-Age=0'));
        const user = users.find(name);
        if (user === undefined) throw stranger;
        setSession(await sessions.open(user.name, stampOf(user)));
        await audit.add(audit.actor(user.name, 'api'), { action: 'login', on: [] });
        return pageOf(kept.to);
      },
    }),
  ];
}

/** The console as the browser sees it. */
function baseOf({ url }: OidcConfig, request: IncomingMessage): string {
  return url ?? `${isSecure(request) ? 'https' : 'http'}://${request.headers.host ?? ''}`;
}

/** Nowhere but to a page of the console. */
function pageOf(to: string | undefined): string {
  return to !== undefined && /^\/console\/[\w\-./~%?=&+:,]*$/.test(to) ? to : '/console/';
}

function readKept(request: IncomingMessage): LoginUnderWay {
  const value = readCookie(request.headers.cookie, keptCookie);
  try {
    const kept: unknown = JSON.parse(Buffer.from(value ?? '', 'base64url').toString('utf8'));
    if (isKept(kept)) return kept;
  } catch {
    // Made up, or cut off: as if there were none.
  }
  throw badField('state', {
    ru: 'этот браузер не начинал вход, или прошло больше десяти минут: начните сначала',
    en: 'this browser has begun no login, or more than ten minutes have gone by: begin anew',
  });
}

function isKept(value: unknown): value is LoginUnderWay {
  const texts = ['state', 'nonce', 'verifier', 'to'] as const;
  return (
    typeof value === 'object' &&
    value !== null &&
    texts.every((name) => typeof property(value, name) === 'string' && property(value, name) !== '')
  );
}

const stranger = new ApiError(403, 'unknown-user', {
  ru: 'провайдер вас узнал, но в консоль вам нельзя: администратор добавляет людей командой user add ИМЯ --sso',
  en: 'the provider knows you, but the console does not: an administrator adds people with user add NAME --sso',
});
