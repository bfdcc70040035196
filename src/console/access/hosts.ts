import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from '../api/api-error.ts';

/** Throws for a name that the console does not go by: a page elsewhere may have its own name point here. */
export function checkHost({ host }: IncomingHttpHeaders, hosts: readonly string[]): void {
  if (host === undefined || !isKnown(host, hosts))
    throw new ApiError(403, 'host', {
      ru: 'консоль не отзывается на это имя: добавьте его в console.hosts в connector.yaml',
      en: 'the console does not go by this name: add it to console.hosts in connector.yaml',
    });
}

/** Throws for a change that another page may have sent in its reader's name. */
export function checkChange(headers: IncomingHttpHeaders, hosts: readonly string[]): void {
  const { origin, 'sec-fetch-site': site, 'content-type': type = '' } = headers;
  if (origin !== undefined && !isOurs(origin, hosts)) throw foreign;
  // A page of another port of this machine is same-site; ours is same-origin, and a person's own request is none.
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw foreign;
  if (!/^application\/json\s*(?:;|$)/i.test(type.trim()))
    throw new ApiError(
      400,
      'content-type',
      {
        ru: 'изменения принимаются только с Content-Type: application/json',
        en: 'a change needs Content-Type: application/json',
      },
      { field: 'Content-Type' },
    );
}

const foreign = new ApiError(403, 'origin', {
  ru: 'запрос пришёл с чужой страницы: адрес консоли добавляют в console.hosts',
  en: 'the request came from a page elsewhere: the address of the console belongs in console.hosts',
});

function isOurs(origin: string, hosts: readonly string[]): boolean {
  const [, host] = /^https?:\/\/([^/\s]+)$/i.exec(origin) ?? [];
  return host !== undefined && isKnown(host, hosts);
}

/** A host without a port is meant with any. */
function isKnown(host: string, hosts: readonly string[]): boolean {
  const asked = host.toLowerCase();
  const bare = asked.replace(/:\d{1,5}$/, '');
  return hosts.some((each) => each.toLowerCase() === asked || each.toLowerCase() === bare);
}
