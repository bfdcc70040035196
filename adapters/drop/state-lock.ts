import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { link, readFile, stat, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { UnavailableError } from '../../src/adapter.ts';
import { errorCode, ifPresent } from '../../src/toolkit.ts';

// Held for one batch, milliseconds; only a holder on another machine is judged by this age.
const strangerPatience = 60_000;
const stealPatience = 10_000;

/** One writer among processes: a file that names its holder. What a dead process left behind is taken away. */
export class StateLock {
  readonly #path: string;
  readonly #mine = JSON.stringify({ pid: process.pid, started: startOf(process.pid) ?? null, host: hostId() });

  constructor(folder: string) {
    this.#path = path.join(folder, 'lock');
  }

  /**
   * @param timeout milliseconds to wait for another holder.
   * @param unwanted whether the wait has lost its purpose.
   * @throws UnavailableError when another holder kept it.
   */
  async acquire(timeout: number, unwanted: () => boolean = () => false): Promise<void> {
    const until = performance.now() + timeout;
    while (!(await this.#take())) {
      if (await this.#isStale()) await this.#clear();
      else if (performance.now() >= until || unwanted()) throw held();
      else await sleep(5);
    }
  }

  async release(): Promise<void> {
    await ifPresent(unlink(this.#path));
  }

  async #take(): Promise<boolean> {
    return exclusively(this.#path, this.#mine);
  }

  async #isStale(): Promise<boolean> {
    const content = await ifPresent(readFile(this.#path, 'utf8'));
    if (content === undefined) return false;
    const holder = holderOf(content);
    if (holder?.host === hostId()) return !isAlive(holder.pid, holder.started);
    return isOlder(this.#path, strangerPatience);
  }

  /** Two processes may find the same dead holder; a second lock keeps one from taking away the other's fresh lock. */
  async #clear(): Promise<void> {
    const steal = `${this.#path}.steal`;
    if (!(await exclusively(steal, this.#mine))) {
      if (await isOlder(steal, stealPatience)) await ifPresent(unlink(steal));
      return;
    }
    try {
      if (await this.#isStale()) await this.release();
    } finally {
      await ifPresent(unlink(steal));
    }
  }
}

/**
 * A hard link makes the file appear with its content: a process killed between creating and writing would leave a lock
 * of nobody.
 */
async function exclusively(file: string, content: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, content, { mode: 0o600 });
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await unlink(draft);
  }
}

async function isOlder(file: string, age: number): Promise<boolean> {
  const stats = await ifPresent(stat(file));
  // File times come from the real clock, so the injected one would not do.
  return stats !== undefined && Date.now() - stats.mtimeMs > age;
}

interface Holder {
  readonly pid: number;
  readonly started: string | null;
  readonly host: string;
}

function holderOf(content: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(content);
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('host' in value) || !('started' in value))
      return undefined;
    const { pid, host, started } = value;
    if (typeof pid !== 'number' || typeof host !== 'string') return undefined;
    return { pid, host, started: typeof started === 'string' ? started : null };
  } catch {
    return undefined; // not ours
  }
}

function isAlive(pid: number, started: string | null): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
  const running = startOf(pid);
  return running === undefined || started === null || running === started;
}

/**
 * proc(5): when a process began, in ticks since boot, so that a reused id is told apart; undefined where there is no
 * /proc.
 */
function startOf(pid: number): string | undefined {
  try {
    const stats = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, ...fields] = stats.slice(stats.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' || state === 'X' ? 'ended' : fields[18];
  } catch {
    return undefined;
  }
}

/** Process ids mean something within one host and one container only. */
function hostId(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}

function held(): UnavailableError {
  return new UnavailableError({
    ru: 'В эту папку CSV сейчас пишет другой процесс службы: попытка повторится. Если он завис, завершите его.',
    en:
      'Another process of the service is writing to this CSV folder: it will be tried again. If that process ' +
      'hangs, end it.',
  });
}
