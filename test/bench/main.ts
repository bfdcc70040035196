// `npm run bench`: ratios measured side by side in one run; absolute figures say more about the machine. Bounded to a few minutes.
// `npm run bench -- --peer node-red` and `-- --peer pg-boss` install that peer into a temporary folder and measure beside it.
import { sql } from 'kysely';
import { Database } from '../../src/database/database.ts';
import { PostgresServer } from '../support/postgres.ts';
import { Workspace } from '../support/workspace.ts';
import { claimCost, fillBacklog } from './claims.ts';
import { startNodeRed } from './node-red.ts';
import { Peer } from './peer.ts';
import { type Measured, measured, median, runScript, startServer } from './processes.ts';
import { wholeWay } from './road.ts';
import { bossRate, ourRate } from './settling.ts';

const rounds = 3;
const secret = 'bench-secret';

switch (process.argv[process.argv.indexOf('--peer') + 1]) {
  case 'node-red':
    await besideNodeRed();
    break;
  case 'pg-boss':
    await besidePgBoss();
    break;
  default:
    await intake();
    await road();
    await claims();
}

async function intake(): Promise<void> {
  for (const concurrency of [16, 64]) {
    const durable: Measured[] = [];
    const none: Measured[] = [];
    for (let round = 0; round < rounds; round += 1) {
      durable.push(await intakeOnce('durable', 4000, concurrency));
      none.push(await intakeOnce('none', 4000, concurrency));
    }
    const p99 = (all: readonly Measured[]) => median(all.map((each) => each.p99)).toFixed(1);
    tell(`intake, ${concurrency} at once (durable p99 ${p99(durable)} ms, no store p99 ${p99(none)} ms)`, 'durable', durable.map((each) => each.perSecond), 'no store', none.map((each) => each.perSecond));
  }
}

async function intakeOnce(store: 'durable' | 'none', count: number, concurrency: number): Promise<Measured> {
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

async function road(): Promise<void> {
  const connector: number[] = [];
  const forwarder: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    forwarder.push(await wholeWay('forwarder', 3000, sqlite));
    connector.push(await wholeWay('connector', 3000, sqlite));
  }
  tell('webhook to record at a REST target', 'connector, durable at both ends', connector, 'Koa and axios, keeping nothing', forwarder);
}

async function besideNodeRed(): Promise<void> {
  const peer = await Peer.install('node-red@5');
  const connector: number[] = [];
  const flow: number[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      flow.push(await wholeWay((sink) => startNodeRed(peer, sink), 2000, sqlite));
      connector.push(await wholeWay('connector', 2000, sqlite));
    }
  } finally {
    peer.remove();
  }
  tell('webhook to record at a REST target', 'connector, durable at both ends', connector, 'Node-RED 5 flow, keeping nothing', flow);
}

async function besidePgBoss(): Promise<void> {
  // Later versions name a dependency that is not published everywhere yet.
  const peer = await Peer.install('pg-boss@12.35.0');
  const server = await PostgresServer.start();
  try {
    for (const batch of [1, 16, 64]) {
      const ours: number[] = [];
      const theirs: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        theirs.push(await bossRate(peer, await server.createDatabase(), 1000, batch));
        ours.push(await ourRate(await server.createDatabase(), 1000, batch));
      }
      tell(`claim and settle on PostgreSQL, ${batch} at a time`, 'outbox', ours, 'pg-boss key_strict_fifo', theirs);
    }
  } finally {
    await server.stop();
    peer.remove();
  }
}

/** One claim with 10,000 waiting, and one with 1,000,000 of which 100,000 stand behind one key, and 100,000 dead letters. */
async function claims(): Promise<void> {
  const server = await PostgresServer.start();
  try {
    for (const engine of ['SQLite', 'PostgreSQL'] as const) {
      const costs: (readonly number[])[] = [];
      for (const [lanes, behind, dead] of [[1000, 0, 0], [90_000, 100_000, 100_000]] as const) {
        const workspace = new Workspace();
        const database = new Database(engine === 'SQLite' ? sqlite(workspace) : await server.createDatabase());
        await database.migrate();
        await fillBacklog(database, lanes, behind, dead);
        if (engine === 'PostgreSQL') await sql`vacuum analyze`.execute(database.queries);
        await claimCost(database, 16, 30);
        costs.push([await claimCost(database, 1), await claimCost(database, 16), await claimCost(database, 64)]);
        await database.close();
        workspace.remove();
      }
      const [small = [], large = []] = costs;
      console.log(`claim on ${engine}, 1 / 16 / 64 at a time: 10,000 waiting ${shown(small)} ms, 1,000,000 waiting ${shown(large)} ms, ratio ${shown(large.map((cost, index) => cost / (small[index] ?? NaN)))}`);
    }
  } finally {
    await server.stop();
  }
}

function tell(what: string, ours: string, our: readonly number[], theirs: string, their: readonly number[]): void {
  const ratios = our.map((each, index) => each / (their[index] ?? NaN));
  console.log(`${what}: ${ours} ${median(our).toFixed(0)}/s, ${theirs} ${median(their).toFixed(0)}/s, ratio ${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`);
}

function shown(values: readonly number[]): string {
  return values.map((value) => value.toFixed(2)).join(' / ');
}

function sqlite(workspace: Workspace): string {
  return `sqlite:${workspace.path('bench.db')}`;
}
