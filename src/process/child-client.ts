import { type ChildProcess, fork } from 'node:child_process';
import { ThreadLostError } from './thread-client.ts';
import { type Answered, type Asked, errorOf } from './thread-wire.ts';
import { threadEnvironment } from './worker-place.ts';

export interface ChildOptions {
  /** A module that calls answerRequests: workerBeside(import.meta.url, './folder'). */
  readonly file: URL;
  /** Megabytes of its heap. */
  readonly memory: number;
}

/** The system starts no more processes; what was asked was not begun. */
export class NotStartedError extends Error {
  override readonly name = 'NotStartedError';
}

/**
 * A process of its own for work after which V8 and malloc keep memory that a service never needs again: a thread leaves
 * a gigabyte behind for minutes (measured with bodies of 9 MB), a process nothing. It sees no secret of ours.
 */
export class ChildClient<Request, Result> {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, PromiseWithResolvers<Result>>();
  readonly #ended = Promise.withResolvers<void>();
  #last = 0;
  #error: Error | undefined;

  /** Starts it at once. */
  constructor({ file, memory }: ChildOptions) {
    this.#child = fork(file, [], {
      serialization: 'advanced',
      env: threadEnvironment(),
      execArgv: [`--max-old-space-size=${memory}`],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#rest();
    this.#child.on('message', (answers: Answered<Result>[]) => this.#take(answers));
    this.#child.once('error', (error) => this.#lose(notStarted(this.#child, error)));
    this.#child.once('exit', () => this.#lose(new ThreadLostError('the process ended')));
  }

  /** Rejects with what the process threw, with ThreadLostError or with NotStartedError. */
  ask(request: Request): Promise<Result> {
    if (this.#error !== undefined) return Promise.reject(this.#error);
    this.#last += 1;
    const answer = Promise.withResolvers<Result>();
    this.#waiting.set(this.#last, answer);
    this.#child.ref();
    this.#child.channel?.ref();
    const asked: Asked<Request>[] = [{ id: this.#last, request }];
    // Without a callback a channel that has closed would be an error event, or be thrown.
    this.#child.send(asked, (error) => {
      if (error !== null) this.#lose(new ThreadLostError('the process takes no requests'));
    });
    return answer.promise;
  }

  /** Ends it now, in the middle of whatever it does. */
  async terminate(): Promise<void> {
    if (this.#error !== undefined) return;
    this.#child.ref();
    this.#child.kill('SIGKILL');
    await this.#ended.promise;
  }

  #rest(): void {
    this.#child.unref();
    this.#child.channel?.unref();
  }

  #take(answers: readonly Answered<Result>[]): void {
    for (const answer of answers) {
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if (answer.ok) waiting?.resolve(answer.result);
      else waiting?.reject(errorOf(answer.error));
    }
    if (this.#waiting.size === 0) this.#rest();
  }

  #lose(error: Error): void {
    this.#error ??= error;
    const lost = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#ended.resolve();
    for (const { reject } of lost) reject(this.#error);
  }
}

function notStarted({ pid }: ChildProcess, { message }: Error): Error {
  return pid === undefined ? new NotStartedError(message) : new ThreadLostError(message);
}
