import { parentPort, workerData } from 'node:worker_threads';
import { Kysely } from 'kysely';
import { errorCode } from '../../error-code.ts';
import { Procedure } from '../procedure.ts';
import type { Tables } from '../schema.ts';
import { sqliteDialect } from '../sqlite.ts';
import type { Reply, Request, WriterStart, WrittenError } from './wire.ts';

type Call = Extract<Request, { readonly kind: 'call' }>;

/** Calls that share a transaction at most; those behind them wait for its end. */
const most = 64;

const port = parentPort;
if (port === null) throw new Error('worker.ts runs in a worker thread only');
const { path } = workerData as WriterStart;
const queries = new Kysely<Tables>({ dialect: sqliteDialect(path) });
const procedures = new Map<string, Procedure<unknown, unknown>>();
const waiting: Request[] = [];
let turn: { readonly id: number; readonly end: () => void } | undefined;
let busy = false;

port.on('message', (request: Request) => {
  if (request.kind === 'done') {
    if (turn?.id === request.id) turn.end();
    return;
  }
  waiting.push(request);
  if (!busy) {
    busy = true;
    void work();
  }
});

/** In the order of arrival; what arrived while the disk was busy shares the next flush. */
async function work(): Promise<void> {
  for (let request = waiting[0]; request !== undefined; request = waiting[0]) {
    switch (request.kind) {
      case 'call':
        await commit(waitingCalls());
        break;
      case 'turn':
        waiting.shift();
        await lend(request.id);
        break;
      case 'close':
        await queries.destroy();
        port?.close();
        return;
      case 'done':
        waiting.shift();
    }
    // Messages are delivered between two turns of the loop only.
    await new Promise((resolve) => setImmediate(resolve));
  }
  busy = false;
}

function waitingCalls(): Call[] {
  const calls: Call[] = [];
  for (let request = waiting[0]; request?.kind === 'call' && calls.length < most; request = waiting[0]) {
    calls.push(request);
    waiting.shift();
  }
  return calls;
}

/** All or none; one that cannot be written does not take the others with it: each has a transaction of its own then. */
async function commit(calls: readonly Call[]): Promise<void> {
  try {
    const replies = await queries.transaction().execute(async (transaction) => {
      const done: Reply[] = [];
      for (const { id, module, name, values } of calls) done.push({ id, ok: true, result: await (await procedureOf(module, name)).run(transaction, values) });
      return done;
    });
    send(replies);
  } catch (error) {
    if (calls.length === 1) send(calls.map(({ id }) => ({ id, ok: false, error: written(error) })));
    else for (const call of calls) await commit([call]);
  }
}

/** The other side writes over its own connection; two at once would have to ask again and again. */
function lend(id: number): Promise<void> {
  return new Promise((resolve) => {
    turn = { id, end: resolve };
    send([{ id, ok: true, result: undefined }]);
  });
}

async function procedureOf(module: string, name: string): Promise<Procedure<unknown, unknown>> {
  const key = `${module}#${name}`;
  const known = procedures.get(key);
  if (known !== undefined) return known;
  const exports: unknown = await import(module);
  const procedure: unknown = typeof exports === 'object' && exports !== null ? Reflect.get(exports, name) : undefined;
  if (!(procedure instanceof Procedure)) throw new Error(`${module} exports no procedure ${name}`);
  procedures.set(key, procedure);
  return procedure;
}

function send(replies: readonly Reply[]): void {
  port?.postMessage(replies);
}

function written(error: unknown): WrittenError {
  return error instanceof Error ? { name: error.name, message: error.message, code: errorCode(error) } : { name: 'Error', message: 'a procedure threw something that is not an error', code: undefined };
}
