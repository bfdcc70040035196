import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { memoryChannel, memoryProbe } from './memory.ts';

const file = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** What `serve` is started from: the sources of a checkout, or what an installed package runs, once it was built. */
export const programs = { checkout: file('src/main.ts'), installed: file('dist/src/main.js') } as const;

/** `node PROGRAM serve --config …`, as it is started in earnest. */
export class Served {
  readonly child: ChildProcess;
  /** Milliseconds on the clock of `performance.now()`. */
  readonly startedAt: number;
  readonly #ready: Promise<string>;

  constructor(config: string, program: string) {
    this.startedAt = performance.now();
    this.child = spawn(process.execPath, [...memoryProbe, program, 'serve', '--config', config], {
      env: { ...process.env, LC_ALL: 'C' },
      stdio: ['ignore', 'ignore', 'pipe', ...memoryChannel],
    });
    const forget = () => void this.child.kill('SIGKILL');
    process.once('exit', forget);
    this.child.once('exit', () => process.removeListener('exit', forget));
    this.#ready = new Promise((resolve, reject) => {
      let log = '';
      let found = false;
      this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        if (found) return;
        log += text;
        const url = /webhooks at (\S+?\/webhooks)/.exec(log)?.[1];
        found = url !== undefined;
        if (url !== undefined) resolve(`${url}/huntflow`);
      });
      this.child.once('exit', (code) => reject(new Error(`the service ended with ${code}:\n${log.slice(-4000)}`)));
    });
    this.#ready.catch(() => undefined);
  }

  /** Where it takes webhooks, once it does. */
  ready(): Promise<string> {
    return this.#ready;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }
}
