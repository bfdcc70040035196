// Ratios measured side by side in one run; absolute figures say more about the machine. `npm run bench`, bounded to a few minutes.
import { Workspace } from '../support/workspace.ts';
import { type Measured, measured, median, runScript, startServer } from './processes.ts';

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
