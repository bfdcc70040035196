import type { IncomingMessage } from 'node:http';
import { wholeTime } from '../../access/keep-session.ts';

export const sessionCookie = 'huntflow-connector';

/** The first of that name; a jar longer than that is nobody's. */
export function readCookie(jar: string | undefined, name: string): string | undefined {
  const found = (jar ?? '')
    .slice(0, 8192)
    .split(';')
    .map((each) => each.trim())
    .find((each) => each.startsWith(`${name}=`));
  const value = found?.slice(name.length + 1);
  return value !== undefined && /^[\w.~-]{1,2000}$/.test(value) ? value : undefined;
}

/** No script reads it and no other site sends it; behind TLS it never goes without. Null takes it away. */
export function sessionHeader(secret: string | null, request: IncomingMessage): string {
  const seconds = secret === null ? 0 : wholeTime / 1000;
  return cookieHeader(sessionCookie, secret ?? '', request, `SameSite=Strict; Max-Age=${seconds}`);
}

export function cookieHeader(name: string, value: string, request: IncomingMessage, more: string): string {
  return `${name}=${value}; Path=/; HttpOnly; ${more}${isSecure(request) ? '; Secure' : ''}`;
}

/** As the browser sees it: what a proxy says of itself can only make a cookie stricter. */
export function isSecure({ headers }: IncomingMessage): boolean {
  const said = [headers['x-forwarded-proto'], headers['x-forwarded-scheme'], headers['x-url-scheme']].flat().join(' ');
  const forwarded = headers['forwarded'] ?? '';
  return (
    /^\s*https/i.test(said) ||
    /proto="?https/i.test(forwarded) ||
    headers['front-end-https'] === 'on' ||
    headers['x-forwarded-ssl'] === 'on' ||
    (headers.origin ?? '').startsWith('https:')
  );
}
