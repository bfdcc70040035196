import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Text } from '../text.ts';

const encoded: Text = {
  ru: 'символы # @ / : ? % и пробел в пароле пишут кодом: %23 %40 %2F %3A %3F %25 %20',
  en: 'the characters # @ / : ? % and a space in a password are written as %23 %40 %2F %3A %3F %25 %20',
};

/**
 * What is wrong with the form of a `postgres://…`; undefined for a good one, and for other addresses. Quotes nothing of
 * it, for it holds a password.
 */
export function postgresUrlProblem(url: string): Text | undefined {
  if (!/^postgres(?:ql)?:\/\//.test(url)) return undefined;
  if (url.includes('#'))
    return {
      ru: `в адресе PostgreSQL не бывает «#»: ${encoded.ru}`,
      en: `an address of PostgreSQL has no "#": ${encoded.en}`,
    };
  const address = parsed(url);
  if (address === undefined) {
    return {
      ru: `адрес PostgreSQL не читается: нужно postgres://пользователь:пароль@сервер:порт/база, порт — число; ${encoded.ru}`,
      en:
        'the address of PostgreSQL cannot be read: postgres://user:password@host:port/database is needed, the ' +
        `port a number; ${encoded.en}`,
    };
  }
  const name = address.pathname.slice(1);
  if (name === '' || name.includes('@')) {
    return {
      ru: `в адресе PostgreSQL нет имени базы: нужно postgres://пользователь:пароль@сервер:порт/база; ${encoded.ru}`,
      en:
        'the address of PostgreSQL names no database: postgres://user:password@host:port/database is needed; ' +
        encoded.en,
    };
  }
  const pooled = address.searchParams.get('pooled');
  if (pooled !== null && pooled !== 'true' && pooled !== 'false') {
    return {
      ru: 'в адресе PostgreSQL pooled бывает только true или false',
      en: 'pooled in an address of PostgreSQL is either true or false',
    };
  }
  return undefined;
}

function parsed(url: string): URL | undefined {
  try {
    const address = new URL(url);
    for (const part of [address.username, address.password])
      if (!/%(?![0-9a-f]{2})/i.test(part)) decodeURIComponent(part); // as pg will
    return address;
  } catch {
    return undefined;
  }
}

const scheme = 'sqlite:';

/** The path in `sqlite:<path>`; undefined when the URL is not one of SQLite. */
export function sqliteFile(url: string): string | undefined {
  return url.startsWith(scheme) ? url.slice(scheme.length) : undefined;
}

/** PROC_SUPER_MAGIC of statfs(2). */
const procfs = 0x9fa0;

/**
 * Whether a path leads below /proc or another mount of its kind, where nothing can be made. A `mkdir` there says that
 * the parent is missing, which it is not, and Node's `mkdir` with `recursive` goes on making the parent for ever
 * (nodejs 24, measured).
 */
export function isKernelFolder(path: string): boolean {
  if (process.platform !== 'linux') return false;
  let there = path;
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there);
  try {
    return statfsSync(there).type === procfs;
  } catch {
    return false; // whoever opens it says why not
  }
}
