import { Workspace } from '../support/workspace.ts';
import { install, secret } from './installation.ts';
import { measured, runScript, type Server, startServer } from './processes.ts';

/** From the first webhook to the last record at the target, events a second. */
export async function wholeWay(
  way: 'connector' | 'forwarder' | ((sink: string) => Promise<Server>),
  count: number,
  database: (workspace: Workspace) => string,
): Promise<number> {
  const workspace = new Workspace();
  const sink = await startServer('./sink.ts', []);
  const server = await (way === 'forwarder'
    ? startServer('./forwarder.ts', [sink.url, secret])
    : way === 'connector'
      ? startServer('./road-server.ts', [
          install(workspace, { database: database(workspace), targets: { intranet: sink.url } }),
        ])
      : way(sink.url));
  try {
    const url = `${server.url}/webhooks/huntflow`;
    await runScript('./load.ts', [url, '300', '16', secret], measured);
    await arrived(sink, 300);
    const began = performance.now();
    await runScript('./load.ts', [url, String(count), '16', secret], measured);
    await arrived(sink, 300 + count);
    return count / ((performance.now() - began) / 1000);
  } finally {
    await server.stop();
    await sink.stop();
    workspace.remove();
  }
}

async function arrived(sink: Server, count: number): Promise<void> {
  for (let patience = 6000; patience > 0; patience -= 1) {
    if (Number(await (await fetch(sink.url)).text()) >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`the target got fewer than ${count} records within a minute`);
}
