import { type ChildProcess, fork } from 'node:child_process';
import { program } from './program.ts';
import type { CommandResult } from './serving.ts';

/** Processes at once; more gain nothing on the machines this runs on. */
const most = 2;

interface Wanted {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly resolve: (result: CommandResult) => void;
  readonly reject: (error: Error) => void;
}

/** Processes that run commands for tests, one at a time each; they end with the tests. */
class CommandPool {
  readonly #idle: ChildProcess[] = [];
  readonly #waiting: Wanted[] = [];
  #count = 0;

  run(args: readonly string[], env: NodeJS.ProcessEnv, cwd: string): Promise<CommandResult> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ args, env, cwd, resolve, reject });
      this.#next();
    });
  }

  #next(): void {
    const child = this.#idle.pop() ?? (this.#count < most ? this.#start() : undefined);
    if (child === undefined) return;
    const wanted = this.#waiting.shift();
    if (wanted === undefined) {
      this.#idle.push(child);
      return;
    }
    const { args, env, cwd, resolve, reject } = wanted;
    const ended = (code: number | null): void => reject(new Error(`the process of commands ended with ${code}`));
    child.ref();
    child.channel?.ref();
    child.once('exit', ended);
    child.once('message', (answer: { readonly code: number; readonly out: string; readonly err: string }) => {
      child.off('exit', ended);
      child.unref();
      child.channel?.unref();
      this.#idle.push(child);
      resolve({ code: answer.code, out: answer.out, err: answer.err });
      this.#next();
    });
    child.send({ args, env, cwd });
  }

  #start(): ChildProcess {
    this.#count += 1;
    const child = fork(program('test/support/command-child.ts'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    child.once('exit', () => {
      this.#count -= 1;
      const place = this.#idle.indexOf(child);
      if (place >= 0) this.#idle.splice(place, 1);
    });
    process.once('exit', () => child.kill('SIGKILL'));
    return child;
  }
}

export const commandPool = new CommandPool();
