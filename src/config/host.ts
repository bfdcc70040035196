import { BlockList, isIP } from 'node:net';
import { string, type StringSchema } from 'yup';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

export interface Listener {
  /** An address or a name, an IPv6 address without brackets. */
  readonly host: string;
  readonly port: number;
}

/** Where a listener is asked; one that listens on every address, on the loopback. */
export function listeningUrl({ host, port }: Listener): string {
  const asked = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${asked.includes(':') ? `[${asked}]` : asked}:${port}`;
}

/** Nobody but this machine reaches it. A name is not looked up: only `localhost` is known to be this machine's own. */
export function isLoopback(host: string): boolean {
  const version = isIP(host);
  return version === 0 ? host.toLowerCase() === 'localhost' : loopback.check(host, version === 6 ? 'ipv6' : 'ipv4');
}

/** An address or a name to listen on, cast to what the system takes: `[::1]` without its brackets. */
export function hostAddress(): StringSchema {
  return string()
    .transform((value: unknown) => (typeof value === 'string' ? bare(value) : value))
    .test({
      name: 'host',
      message: {
        ru: 'нужен адрес или имя этой машины без порта и без http://: 127.0.0.1, 0.0.0.0, "::1" или имя; порт задаётся отдельно, в port',
        en:
          'an address or a name of this machine is needed, without port and http://: 127.0.0.1, 0.0.0.0, "::1" ' +
          'or a name; the port has a setting of its own',
      },
      test: (value) => value === undefined || isIP(value) !== 0 || isName(value),
    });
}

function bare(host: string): string {
  const text = host.trim();
  return text.startsWith('[') && text.endsWith(']') && isIP(text.slice(1, -1)) === 6 ? text.slice(1, -1) : text;
}

/** Letters, digits, hyphens and dots, and no mistyped IPv4 address such as 127.0.0. */
function isName(host: string): boolean {
  return (
    /^(?=.{1,253}$)[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,62})(?:\.[\p{L}\p{N}_-]{1,63})*\.?$/u.test(host) &&
    !/^[\d.]+$/.test(host)
  );
}
