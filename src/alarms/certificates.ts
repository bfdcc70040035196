import { connect } from 'node:tls';
import type { Target } from '../targets/target.ts';
import { hour, type Sighting } from './alarm.ts';
import { property } from '../process/property.ts';

/** A certificate that ends within so many milliseconds is told of. */
const soon = 14 * 24 * hour;
/** How often servers are asked, and how long one may take; milliseconds. */
const every = 12 * hour;
const longestHandshake = 10_000;

/** `host:port` of every https address in the settings of targets; behind a proxy nobody can ask. */
export function secureHosts(targets: readonly Pick<Target, 'settings'>[]): string[] {
  const hosts = new Set<string>();
  for (const { settings } of targets) {
    if (typeof settings !== 'object' || settings === null || property(settings, 'proxy')) continue;
    for (const value of Object.values(settings)) {
      if (typeof value !== 'string' || !value.startsWith('https://') || !URL.canParse(value)) continue;
      const { hostname, port } = new URL(value);
      hosts.add(`${hostname}:${port || '443'}`);
    }
  }
  return [...hosts];
}

/** When the certificate of a server ends, milliseconds since 1970; undefined when it does not say. */
async function endOf(host: string): Promise<number | undefined> {
  const [, name = '', port = '443'] = /^(.*):(\d+)$/.exec(host) ?? [];
  const bare = name.replace(/^\[|\]$/g, '');
  return new Promise((resolve) => {
    // Whether it is trusted is for the adapter to say; here only its end counts.
    const socket = connect({ host: bare, port: Number(port), servername: bare, rejectUnauthorized: false });
    const end = (time: number | undefined): void => {
      socket.destroy();
      resolve(time);
    };
    socket.unref();
    socket.setTimeout(longestHandshake, () => end(undefined));
    socket.once('error', () => end(undefined));
    socket.once('secureConnect', () => {
      const time = Date.parse(socket.getPeerCertificate().valid_to ?? '');
      end(Number.isNaN(time) ? undefined : time);
    });
  });
}

/** Asks servers twice a day when their certificates end. */
export class Certificates {
  readonly #hosts: readonly string[];
  readonly #ends: Map<string, number>;
  #askedAt = -Infinity;
  #asking: Promise<void> = Promise.resolve();

  /** `known`: what was asked before. */
  constructor(hosts: readonly string[], known: Iterable<readonly [host: string, end: number]> = []) {
    this.#hosts = hosts;
    this.#ends = new Map(known);
  }

  /** Resolves when those who were asked have answered. For tests. */
  answered(): Promise<void> {
    return this.#asking;
  }

  /** As far as they have answered: nobody waits for a server that does not. */
  sightings(now: number): Sighting[] {
    if (Math.abs(now - this.#askedAt) >= every) {
      this.#askedAt = now;
      this.#asking = this.#ask();
    }
    return [...this.#ends].flatMap(([host, end]) => (end - now < soon ? [ending(host, end, now)] : []));
  }

  async #ask(): Promise<void> {
    const ends = await Promise.all(this.#hosts.map(async (host) => [host, await endOf(host)] as const));
    for (const [host, end] of ends) if (end !== undefined) this.#ends.set(host, end);
  }
}

function ending(host: string, end: number, now: number): Sighting {
  const days = Math.max(0, Math.floor((end - now) / (24 * hour)));
  const date = new Date(end).toISOString().slice(0, 10);
  return {
    cause: `certificate/${host}`,
    kind: 'certificate',
    subject: host,
    count: days,
    text: {
      ru: `сертификат ${host} кончается ${date} (дней осталось: ${days}): обновите его, иначе доставки остановятся`,
      en: `the certificate of ${host} ends on ${date} (${days} days left): renew it, or deliveries will stop`,
    },
  };
}
