// What a webhook waits for its answer while all three targets of the service take everything, refuse every connection,
// or never answer.
import { createServer } from 'node:net';
import { freePort } from '../support/postgres.ts';
import { Workspace } from '../support/workspace.ts';
import { install, secret } from './installation.ts';
import { measuredEach, runScript, startServer } from './processes.ts';

/** Webhooks a second: far below what the machine can do, so that waiting is measured and not a full processor. */
export const pace = 100;
const count = 800;
const conditions = ['alive', 'refusing', 'silent'] as const;

/**
 * 99th percentiles in milliseconds, of three whole services over SQLite that take turns at one steady stream of
 * webhooks.
 */
export async function intakeBesideDeadTargets(): Promise<Readonly<Record<(typeof conditions)[number], number>>> {
  const sites = await Promise.all(conditions.map((condition) => startSite(condition)));
  try {
    const load = (webhooks: number) =>
      runScript(
        './load.ts',
        [sites.map(({ url }) => url).join(), String(webhooks), '16', secret, String(pace)],
        measuredEach,
      );
    await load(100);
    const [alive, refusing, silent] = await load(count);
    return { alive: alive?.p99 ?? NaN, refusing: refusing?.p99 ?? NaN, silent: silent?.p99 ?? NaN };
  } finally {
    for (const site of sites) await site.stop();
  }
}

interface Site {
  readonly url: string;
  stop(): Promise<void>;
}

async function startSite(condition: (typeof conditions)[number]): Promise<Site> {
  const workspace = new Workspace();
  const targets = await startTargets(condition);
  const server = await startServer('./road-server.ts', [
    install(workspace, {
      database: `sqlite:${workspace.path('bench.db')}`,
      targets: Object.fromEntries(targets.urls.map((url, index) => [`target-${index}`, url])),
      target: { timeout: '2s' },
    }),
  ]);
  return {
    url: `${server.url}/webhooks/huntflow`,
    stop: async () => {
      await server.stop();
      await targets.stop();
      workspace.remove();
    },
  };
}

interface Targets {
  readonly urls: readonly string[];
  stop(): Promise<void>;
}

async function startTargets(condition: (typeof conditions)[number]): Promise<Targets> {
  switch (condition) {
    case 'alive': {
      const sink = await startServer('./sink.ts', []);
      return { urls: [sink.url, sink.url, sink.url], stop: () => sink.stop() };
    }
    case 'refusing': {
      const ports = await Promise.all([freePort(), freePort(), freePort()]);
      return { urls: ports.map((port) => `http://127.0.0.1:${port}`), stop: () => Promise.resolve() };
    }
    case 'silent': {
      const url = await startBlackHole();
      return { urls: [url, url, url], stop: () => Promise.resolve() };
    }
  }
}

/** Accepts every connection and says nothing on it; it ends with the bench. */
function startBlackHole(): Promise<string> {
  const server = createServer(
    (socket) =>
      void socket
        .on('error', () => socket.destroy())
        .resume()
        .unref(),
  );
  return new Promise((resolve) =>
    server.unref().listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`);
    }),
  );
}
