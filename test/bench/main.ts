// Ratios measured side by side in one run; absolute figures say more about the machine. `npm run bench`, bounded to a few minutes.
import { Workspace } from '../support/workspace.ts';
import { type Measured, measured, median, runScript, startServer } from './processes.ts';
import { wholeWay } from './road.ts';

const rounds = 3;
const secret = 'bench-secret';

async function intake(store: 'durable' | 'none', count: number, concurrency: number): Promise<Measured> {
  const workspace = new Workspace();
  const server = await startServer('./intake-server.ts', [store, workspace.path('bench.db'), secret]);
  try {
    const url = `${server.url}/webhooks/huntflow`;
    await runScript('./load.ts', [url, '500', String(concurrency), secret], measured);
    return await runScript('./load.ts', [url, String(count), String(concurrency), secret], measured);
  } finally {
    await server.stop();
    workspace.remove();
  }
}

for (const concurrency of [16, 64]) {
  const durable: Measured[] = [];
  const none: Measured[] = [];
  for (let round = 0; round < rounds; round += 1) {
    durable.push(await intake('durable', 4000, concurrency));
    none.push(await intake('none', 4000, concurrency));
  }
  const ratios = durable.map((each, index) => each.perSecond / (none[index]?.perSecond ?? NaN));
  console.log(`intake, ${concurrency} at once: durable ${median(durable.map((each) => each.perSecond)).toFixed(0)}/s (p99 ${median(durable.map((each) => each.p99)).toFixed(1)} ms), `
    + `no store ${median(none.map((each) => each.perSecond)).toFixed(0)}/s (p99 ${median(none.map((each) => each.p99)).toFixed(1)} ms), ratio ${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)})`);
}

const ratios: number[] = [];
const ways: Record<'connector' | 'forwarder', number[]> = { connector: [], forwarder: [] };
for (let round = 0; round < rounds; round += 1) {
  const forwarder = await wholeWay('forwarder', 3000, sqlite);
  const connector = await wholeWay('connector', 3000, sqlite);
  ways.forwarder.push(forwarder);
  ways.connector.push(connector);
  ratios.push(connector / forwarder);
}
console.log(`whole way: connector, durable at both ends ${median(ways.connector).toFixed(0)}/s, a Koa and axios forwarder that keeps nothing ${median(ways.forwarder).toFixed(0)}/s, `
  + `ratio ${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)})`);

function sqlite(workspace: Workspace): string {
  return `sqlite:${workspace.path('bench.db')}`;
}
