import { type ChildProcess, spawn } from 'node:child_process';
import { commandPool } from './command-pool.ts';
import { program } from './program.ts';
import { logged } from './served-log.ts';
import { until } from './until.ts';

/** What it would start itself anew for, at two tenths of a second of processor; that it does has tests of its own. */
const spared = { MALLOC_TRIM_THRESHOLD_: '1048576', UV_THREADPOOL_SIZE: '64' };

export interface CommandResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/**
 * A command as a person runs it, in a process that other commands ran in before: most of its cost is a start. `serve`
 * comes back from here only when it cannot start.
 */
export function command(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd = process.cwd(),
): Promise<CommandResult> {
  return commandPool.run(args, { ...process.env, LC_ALL: 'C', ...env }, cwd);
}

/** `serve` that cannot start, in a process of its own: what it has begun by then has to end by itself. */
export function failingServe(config: string): Promise<CommandResult> {
  const child = spawn(process.execPath, [program('src/main.ts'), 'serve', '--config', config], {
    env: { ...process.env, ...spared, LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

/** `huntflow-connector serve` in a process of its own. */
export class Serving {
  readonly #child: ChildProcess;
  readonly #ended: Promise<number | null>;
  /** Standard error so far: the log, and what it says to people. */
  log = '';

  constructor(
    config: string,
    env: Readonly<Record<string, string>> = {},
    { program: other, cwd }: { readonly program?: string; readonly cwd?: string } = {},
  ) {
    this.#child = spawn(process.execPath, [other ?? program('src/main.ts'), 'serve', '--config', config], {
      env: { ...process.env, ...(other === undefined && spared), LC_ALL: 'C', ...env },
      ...(cwd !== undefined && { cwd }),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.log += text;
      logged(this, text);
    });
    this.#ended = new Promise((resolve) => this.#child.on('close', (code) => resolve(code)));
  }

  /** Resolves once webhooks are taken; throws with its log when it ends before, or takes longer. */
  async ready(within = 60_000): Promise<this> {
    await until(
      'the service is ready',
      () => {
        if (this.#child.exitCode !== null) throw new Error(`the service ended:\n${this.log}`);
        return this.log.includes('Ready: ');
      },
      within,
    );
    return this;
  }

  /** Waits until so many lines of the log say this. */
  async said(words: string, times = 1): Promise<void> {
    await until(`the log says "${words}" ${times} times`, () => this.log.split(words).length > times, 20_000);
  }

  get url(): string {
    return /webhooks at (\S+?)\/webhooks/.exec(this.log)?.[1] ?? '';
  }

  get consoleUrl(): string {
    return /health at (\S+?)\/health/.exec(this.log)?.[1] ?? '';
  }

  /** Ends it at once, as a power cut would end it; resolves when it is gone. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** It stands still from here on, as a frozen container or a halted machine does; `go` lets it wake. */
  halt(): void {
    this.#child.kill('SIGSTOP');
  }

  go(): void {
    this.#child.kill('SIGCONT');
  }

  /** Its exit code, once it has ended by itself. */
  get ended(): Promise<number | null> {
    return this.#ended;
  }

  /** Asks it to stop; resolves with its exit code. */
  async stop(signal: 'SIGTERM' | 'SIGINT' = 'SIGTERM'): Promise<number | null> {
    this.#child.kill(signal);
    return this.#ended;
  }
}
