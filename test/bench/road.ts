import { Workspace } from '../support/workspace.ts';
import { install, secret } from './installation.ts';
import { measured, numbersOf, processorTime, runScript, type Server, startServer } from './processes.ts';

export type Way = 'connector' | 'sealed' | 'forwarder' | ((sink: string) => Promise<Server>);

export interface Road {
  /** Events a second, from the first webhook sent to the last record at the target. */
  readonly perSecond: number;
  /** Milliseconds of processor time an event, all threads of the process under test. */
  readonly processor: number;
}

/** Webhooks at once, from a sender in a process of its own that has signed them before. */
const concurrency = '32';

export async function wholeWay(way: Way, count: number, database: (workspace: Workspace) => string): Promise<Road> {
  return withRoad(way, database, async (server, sink) => {
    const url = `${server.url}/webhooks/huntflow`;
    await runScript('./load.ts', [url, '500', concurrency, secret], measured);
    await arrived(sink, 500);
    const before = processorTime(server.child);
    const { began } = await runScript('./load.ts', [url, String(count), concurrency, secret], measured);
    const last = await arrived(sink, 500 + count);
    return {
      perSecond: count / ((last - began) / 1000),
      processor: (processorTime(server.child) - before) / count,
    };
  });
}

/** Milliseconds from when a webhook was due until its record was at the target, at so many a second. */
export async function latency(
  way: Way,
  pace: number,
  count: number,
  database: (workspace: Workspace) => string,
): Promise<{ readonly p50: number; readonly p99: number }> {
  return withRoad(way, database, async (server, sink) => {
    const url = `${server.url}/webhooks/huntflow`;
    await runScript('./load.ts', [url, '300', '16', secret], measured);
    await arrived(sink, 300);
    const { sent } = await runScript('./load.ts', [url, String(count), '16', secret, String(pace)], measured);
    await arrived(sink, 300 + count);
    const times = numbersOf(await (await fetch(`${sink.url}/times`)).json());
    const waits = [...sent].map(([event, at]) => (times.get(event) ?? NaN) - at).toSorted((a, b) => a - b);
    const at = (share: number) => waits[Math.floor((waits.length - 1) * share)] ?? NaN;
    return { p50: at(0.5), p99: at(0.99) };
  });
}

async function withRoad<T>(
  way: Way,
  database: (workspace: Workspace) => string,
  use: (server: Server, sink: Server) => Promise<T>,
): Promise<T> {
  const workspace = new Workspace();
  const sink = await startServer('./sink.ts', []);
  const server = await startWay(way, sink.url, () => database(workspace), workspace);
  try {
    return await use(server, sink);
  } finally {
    await server.stop();
    await sink.stop();
    workspace.remove();
  }
}

function startWay(way: Way, sink: string, database: () => string, workspace: Workspace): Promise<Server> {
  if (way === 'forwarder') return startServer('./forwarder.ts', [sink, secret]);
  if (typeof way !== 'string') return way(sink);
  const installed = { database: database(), targets: { intranet: sink }, sealed: way === 'sealed' };
  return startServer('./road-server.ts', [install(workspace, installed)]);
}

/** When the last of so many records came, milliseconds since 1970. */
async function arrived(sink: Server, count: number): Promise<number> {
  for (let left = 6000; left > 0; left -= 1) {
    const told = numbersOf(await (await fetch(sink.url)).json());
    if ((told.get('count') ?? 0) >= count) return told.get('last') ?? NaN;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`the target got fewer than ${count} records within a minute`);
}
