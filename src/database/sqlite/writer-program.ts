import { parentPort, workerData } from 'node:worker_threads';
import { errorCode } from '../../process/error-code.ts';
import type { AnyProcedure } from '../procedure.ts';
import { SqliteWriter } from './sqlite-writer.ts';
import type { Reply, Request, WriterStart, WrittenError } from './wire.ts';

/** What the thread of a `WriterThread` does: these procedures, by their names. */
export function runWriter(procedures: readonly AnyProcedure[]): void {
  const port = parentPort;
  if (port === null) throw new Error('a writer runs in a thread of its own');
  const { path, server } = workerData as WriterStart;
  const known = new Map(procedures.map((procedure) => [procedure.name, procedure]));
  const writer = new SqliteWriter(path, server);
  let replies: Reply[] = [];

  port.on('message', (requests: readonly Request[]) => {
    for (const request of requests) {
      switch (request.kind) {
        case 'call':
          void answer(request);
          break;
        case 'checkpoint':
          void writer
            .checkpoint()
            .then((result) => reply({ id: request.id, ok: true, result }))
            .catch((error: unknown) => reply({ id: request.id, ok: false, error: written(error) }));
          break;
        case 'close':
          void writer.close().then(() => port.close());
          break;
      }
    }
  });

  async function answer({ id, name, values }: Extract<Request, { readonly kind: 'call' }>): Promise<void> {
    const procedure = known.get(name);
    try {
      if (procedure === undefined) throw new Error(`the writer knows no procedure ${name}`);
      // Only `WriterThread.call` sends them, and its types are those of the procedure.
      reply({ id, ok: true, result: await writer.call(procedure, values as never) });
    } catch (error) {
      reply({ id, ok: false, error: written(error) });
    }
  }

  /** Those of one commit come in one turn, and go in one message. */
  function reply(one: Reply): void {
    replies.push(one);
    if (replies.length > 1) return;
    queueMicrotask(() => {
      port?.postMessage(replies);
      replies = [];
    });
  }
}

function written(error: unknown): WrittenError {
  return error instanceof Error
    ? { name: error.name, message: error.message, code: errorCode(error) }
    : { name: 'Error', message: 'a procedure threw something that is not an error', code: undefined };
}
