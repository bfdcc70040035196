import { parentPort, workerData } from 'node:worker_threads';
import { Kysely } from 'kysely';
import { errorCode } from '../../process/error-code.ts';
import type { Transaction } from '../executor.ts';
import { isLocked } from '../outage.ts';
import { Procedure } from '../procedure.ts';
import type { Tables } from '../schema.ts';
import { sqliteDialect } from './dialect.ts';
import type { Reply, Request, TurnEnd, WriterStart, WrittenError } from './wire.ts';

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

port.on('message', (request: Request | TurnEnd) => {
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
        await commitWaiting();
        break;
      case 'turn':
        waiting.shift();
        await lend(request.id);
        break;
      case 'close':
        await queries.destroy();
        port?.close();
        return;
    }
    // Messages are delivered between two turns of the loop only.
    await new Promise((resolve) => setImmediate(resolve));
  }
  busy = false;
}

/** What arrives while another process holds the file waits together, and is done together. */
async function commitWaiting(): Promise<void> {
  const patient = waitingCalls();
  let taken: readonly Call[] = [];
  try {
    send(
      await queries.transaction().execute(async (transaction) => {
        taken = waitingCalls();
        waiting.splice(0, taken.length);
        return run(transaction, taken);
      }),
    );
  } catch (error) {
    // It never began: whoever came later has not waited long enough yet.
    if (taken.length === 0) fail(waiting.splice(0, patient.length), error);
    else if (taken.length === 1 || isLocked(error)) fail(taken, error);
    else for (const call of taken) await commitAlone(call);
  }
}

/** One that cannot be written does not take the others with it. */
async function commitAlone(call: Call): Promise<void> {
  try {
    send(await queries.transaction().execute((transaction) => run(transaction, [call])));
  } catch (error) {
    fail([call], error);
  }
}

async function run(transaction: Transaction, calls: readonly Call[]): Promise<Reply[]> {
  const done: Reply[] = [];
  for (const { id, module, name, values } of calls)
    done.push({ id, ok: true, result: await (await procedureOf(module, name)).run(transaction, values) });
  return done;
}

/** Those at the head of the queue, up to the next turn of somebody else. */
function waitingCalls(): Call[] {
  const calls: Call[] = [];
  for (const request of waiting) {
    if (request.kind !== 'call' || calls.length === most) break;
    calls.push(request);
  }
  return calls;
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

function fail(requests: readonly Request[], error: unknown): void {
  send(requests.map(({ id }) => ({ id, ok: false, error: written(error) })));
}

function send(replies: readonly Reply[]): void {
  port?.postMessage(replies);
}

function written(error: unknown): WrittenError {
  return error instanceof Error
    ? { name: error.name, message: error.message, code: errorCode(error) }
    : { name: 'Error', message: 'a procedure threw something that is not an error', code: undefined };
}
