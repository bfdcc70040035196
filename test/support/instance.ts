import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { program } from './program.ts';
import { logged } from './served-log.ts';
import { skewedClock } from './skewed-clock.ts';

/** One of several serving processes, to be frozen, thawed and killed. */
export class Instance {
  readonly url: string;
  readonly consoleUrl: string;
  readonly #child: ChildProcess;
  readonly #said: string[];

  private constructor(
    child: ChildProcess,
    said: string[],
    { url, consoleUrl }: { readonly url: string; readonly consoleUrl: string },
  ) {
    this.#child = child;
    this.#said = said;
    this.url = url;
    this.consoleUrl = consoleUrl;
  }

  /**
   * Resolves once webhooks are taken; throws with its log when it ends before. `ahead`: of its wall clock,
   * milliseconds.
   */
  static async start(config: string, leaseTime: number, ahead = 0): Promise<Instance> {
    const child = fork(program('test/support/instance-child.ts'), [config, String(leaseTime)], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // As main.ts starts itself: with an IPC channel it could not.
      env: { ...process.env, MALLOC_TRIM_THRESHOLD_: '1048576', ...skewedClock(ahead) },
    });
    const said: string[] = [];
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said.push(text);
      logged(said, text);
    });
    const urls = await new Promise<{ readonly url: string; readonly consoleUrl: string }>((resolve, reject) => {
      child.once('message', (value) =>
        resolve({
          url: String(Reflect.get(Object(value), 'url')),
          consoleUrl: String(Reflect.get(Object(value), 'consoleUrl')),
        }),
      );
      child.once('close', () => reject(new Error(`the instance ended:\n${said.join('')}`)));
    });
    return new Instance(child, said, urls);
  }

  /** The log so far. */
  get log(): string {
    return this.#said.join('');
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  freeze(): void {
    this.#child.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child.kill('SIGCONT');
  }

  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** Its exit code. */
  async stop(): Promise<number | null> {
    await this.#end('SIGTERM');
    return this.#child.exitCode;
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (!this.running) return;
    const closed = once(this.#child, 'close');
    this.#child.kill(signal);
    await closed;
  }
}
