// How long a start takes until the first delivery, and what the process weighs, with a backlog behind it.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Workspace } from '../support/workspace.ts';
import { backlogTarget } from './backlog.ts';
import { install, secret } from './installation.ts';
import { type Memory, memoryOf } from './memory.ts';
import { measured, runScript } from './processes.ts';
import { programs, Served } from './served.ts';

export interface Start {
  /** From the start of the process until it takes webhooks, milliseconds. */
  readonly ready: number;
  /** From the start of the process until the sink has the first record, milliseconds. */
  readonly firstDelivery: number;
  readonly atRest: Memory;
  readonly afterLoad: Memory;
}

/** One start over a database with a backlog, ended again after some seconds of webhooks and deliveries. */
export async function startOver(database: string, from: keyof typeof programs): Promise<Start> {
  const workspace = new Workspace();
  const target = await Target.start();
  const service = new Served(
    install(workspace, { database, targets: { [backlogTarget]: target.url } }),
    programs[from],
  );
  try {
    const ready = service.ready().then((url) => ({ url, at: performance.now() }));
    const [{ url, at }, firstAt] = await Promise.all([ready, target.firstAt]);
    const atRest = await memoryOf(service.child);
    await runScript('./load.ts', [url, '1500', '16', secret, '300'], measured);
    const afterLoad = await memoryOf(service.child);
    return { ready: at - service.startedAt, firstDelivery: firstAt - service.startedAt, atRest, afterLoad };
  } finally {
    await service.stop();
    await target.stop();
    workspace.remove();
  }
}

/** Milliseconds. */
const longestStart = 60_000;

/** Takes every record and remembers when the first came. */
class Target {
  readonly url: string;
  /** On the clock of `performance.now()`; rejects when none came for a minute. */
  readonly firstAt: Promise<number>;
  readonly stop: () => Promise<void>;

  private constructor(url: string, firstAt: Promise<number>, stop: () => Promise<void>) {
    this.url = url;
    this.firstAt = firstAt;
    this.stop = stop;
  }

  static async start(): Promise<Target> {
    const server = createServer((request, response) => {
      request
        .resume()
        .on('end', () => response.writeHead(201, { 'Content-Type': 'application/json' }).end('{"ok":true}'));
    });
    const firstAt = once(server, 'request', { signal: AbortSignal.timeout(longestStart) }).then(() =>
      performance.now(),
    );
    firstAt.catch(() => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return new Target(
      `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
      firstAt,
      () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    );
  }
}
