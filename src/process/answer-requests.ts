import { writeFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { type Answered, type Asked, plainError } from './thread-wire.ts';

/**
 * The other side of a ThreadClient or a ChildClient, for work that is done one request after the other. Answers are
 * sent together, but none waits longer than a few milliseconds for those behind it.
 */
export function answerRequests(work: (request: never) => unknown): void {
  const wire = parentPort === null ? ofProcess() : ofThread(parentPort);
  let queue: Promise<void> = Promise.resolve();
  wire.onAsked((asked) => {
    queue = queue.then(() => answerAll(asked));
  });

  async function answerAll(asked: readonly Asked<never>[]): Promise<void> {
    let answers: Answered<unknown>[] = [];
    let waitingSince = performance.now();
    for (const { id, request } of asked) {
      answers.push(await answerTo(id, request));
      if (performance.now() - waitingSince < answerWithinMs) continue;
      wire.answer(answers);
      answers = [];
      waitingSince = performance.now();
    }
    if (answers.length > 0) wire.answer(answers);
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

interface Wire {
  readonly onAsked: (listener: (asked: readonly Asked<never>[]) => void) => void;
  readonly answer: (answers: readonly Answered<unknown>[]) => void;
}

function ofThread(port: NonNullable<typeof parentPort>): Wire {
  return {
    onAsked: (listener) => void port.on('message', listener),
    answer: (answers) => port.postMessage(answers),
  };
}

/** A child lives as long as its parent wants, whatever a terminal tells all processes of a group. */
function ofProcess(): Wire {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  process.on('disconnect', () => process.exit());
  dieFirst();
  return {
    onAsked: (listener) => void process.on('message', listener),
    answer: (answers) => void process.send?.(answers),
  };
}

/** Where memory runs out, the kernel is to take this process and not the one that keeps webhooks. */
function dieFirst(): void {
  try {
    writeFileSync('/proc/self/oom_score_adj', '900');
  } catch {
    // It is not Linux.
  }
}
