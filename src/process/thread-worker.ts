import { parentPort } from 'node:worker_threads';
import { type Answered, type Asked, plainError } from './thread-wire.ts';

/**
 * The thread's side of a ThreadClient for work that is done one request after the other. Answers are sent together, but
 * none waits longer than a few milliseconds for those behind it.
 */
export function answerRequests(work: (request: never) => unknown): void {
  const port = parentPort;
  if (port === null) throw new Error('a worker.ts runs in a worker thread only');
  let queue: Promise<void> = Promise.resolve();
  port.on('message', (asked: readonly Asked<never>[]) => {
    queue = queue.then(() => answerAll(asked));
  });

  async function answerAll(asked: readonly Asked<never>[]): Promise<void> {
    let answers: Answered<unknown>[] = [];
    let waitingSince = performance.now();
    for (const { id, request } of asked) {
      answers.push(await answerTo(id, request));
      if (performance.now() - waitingSince < answerWithinMs) continue;
      port?.postMessage(answers);
      answers = [];
      waitingSince = performance.now();
    }
    if (answers.length > 0) port?.postMessage(answers);
  }

  async function answerTo(id: number, request: never): Promise<Answered<unknown>> {
    try {
      return { id, ok: true, result: await work(request) };
    } catch (error) {
      return { id, ok: false, error: plainError(error) };
    }
  }
}

const answerWithinMs = 5;
