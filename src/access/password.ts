import { randomBytes, scrypt, type ScryptOptions, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** 32 MB and less than a tenth of a second each. */
const cost = { N: 2 ** 15, r: 8, p: 1 } as const;
const size = 32;

export const shortestPassword = 10;
export const longestPassword = 1000;

/** `scrypt$N$r$p$salt$hash`, the last two in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const { N, r, p } = cost;
  const hash = await derived(password, salt, cost);
  return ['scrypt', N, r, p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** False, after as long, also where there is no hash: how long it takes tells nobody whether a user exists. */
export async function isPassword(password: string, kept: string | undefined): Promise<boolean> {
  const [, N, r, p, salt = '', hash = ''] =
    /^scrypt\$(\d{1,8})\$(\d{1,3})\$(\d{1,3})\$([\w-]+)\$([\w-]+)$/.exec(kept ?? '') ?? [];
  const known = Buffer.from(hash, 'base64url');
  const found = await derived(
    password.slice(0, longestPassword),
    Buffer.from(salt, 'base64url'),
    known.length === size ? { N: Number(N), r: Number(r), p: Number(p) } : cost,
  );
  return known.length === size && timingSafeEqual(found, known);
}

/** Two at a time: whoever tries many passwords at once must not take the memory of the service. */
let running: Promise<unknown>[] = [];

async function derived(password: string, salt: Buffer, options: { N: number; r: number; p: number }): Promise<Buffer> {
  while (running.length >= 2) await Promise.race(running);
  const work = derive(password.normalize('NFC'), salt, size, { ...options, maxmem: 256 * 1024 ** 2 });
  const settled = work.then(
    () => undefined,
    () => undefined,
  );
  running.push(settled);
  try {
    return await work;
  } finally {
    running = running.filter((each) => each !== settled);
  }
}
