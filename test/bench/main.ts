// `npm run bench`: ratios measured side by side in one run; absolute figures say more about the machine. Six minutes or
// so. `npm run bench -- --peer node-red` and `-- --peer pg-boss` install that peer into a temporary folder and measure
// beside it. `-- --peer unsealed` measures a service with a key file beside one without, `-- --peer retention` one that
// clears old rows away beside one that does not.
import { bundle } from '../../tools/build/bundle.ts';
import { PostgresServer } from '../support/postgres.ts';
import { Workspace } from '../support/workspace.ts';
import { fillBacklog, large, small } from './backlog.ts';
import { type Start, startOver } from './start.ts';
import { claimCosts } from './claims.ts';
import { intakeBesideDeadTargets, pace } from './dead-targets.ts';
import { secret } from './installation.ts';
import type { Memory } from './memory.ts';
import { startNodeRed } from './node-red.ts';
import { Peer } from './peer.ts';
import { type Measured, measured, median, runScript, startServer } from './processes.ts';
import { intakeBesideRetention, pace as besidePace } from './retention.ts';
import { latency, type Road, wholeWay } from './road.ts';
import { bossRate, ourRate } from './settling.ts';

const rounds = 3;

switch (process.argv[process.argv.indexOf('--peer') + 1]) {
  case 'node-red':
    await besideNodeRed();
    break;
  case 'pg-boss':
    await besidePgBoss();
    break;
  case 'unsealed':
    await besideUnsealed();
    break;
  case 'retention':
    await besideRetention();
    break;
  default:
    await intake();
    await road();
    await latencies();
    await deadTargets();
    await backlogs();
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
    tell(
      `intake, ${concurrency} at once (durable p99 ${p99(durable)} ms, no store p99 ${p99(none)} ms)`,
      'durable',
      durable.map((each) => each.perSecond),
      'no store',
      none.map((each) => each.perSecond),
    );
  }
}

async function intakeOnce(store: 'durable' | 'sealed' | 'none', count: number, concurrency: number): Promise<Measured> {
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
  const connector: Road[] = [];
  const forwarder: Road[] = [];
  for (let round = 0; round < rounds; round += 1) {
    forwarder.push(await wholeWay('forwarder', 4000, sqlite));
    connector.push(await wholeWay('connector', 4000, sqlite));
  }
  tellRoad(connector, 'Koa and axios, keeping nothing', forwarder);
}

/** What one hire waits for on a quiet system. */
async function latencies(): Promise<void> {
  const connector: Awaited<ReturnType<typeof latency>>[] = [];
  const forwarder: typeof connector = [];
  for (let round = 0; round < rounds; round += 1) {
    forwarder.push(await latency('forwarder', 25, 400, sqlite));
    connector.push(await latency('connector', 25, 400, sqlite));
  }
  const part = (name: 'p50' | 'p99') => {
    const [ours, theirs] = [connector.map((each) => each[name]), forwarder.map((each) => each[name])];
    return `${name} ${median(ours).toFixed(1)} ms beside ${median(theirs).toFixed(1)} ms, ratio ${ratio(ours, theirs)}`;
  };
  console.log(`webhook to record at 25/s, connector beside Koa and axios: ${part('p50')}; ${part('p99')}`);
}

function tellRoad(connector: readonly Road[], theirs: string, their: readonly Road[]): void {
  const what = 'webhook to record at a REST target';
  const [ours, others] = [connector, their].map((all) => all.map(({ perSecond }) => perSecond));
  tell(what, 'connector, durable at both ends', ours ?? [], theirs, others ?? []);
  const [our, other] = [connector, their].map((all) => all.map(({ processor }) => processor));
  console.log(
    `processor time an event: connector ${median(our ?? []).toFixed(2)} ms, ${theirs} ` +
      `${median(other ?? []).toFixed(2)} ms, ratio ${ratio(our ?? [], other ?? [])}`,
  );
}

async function besideNodeRed(): Promise<void> {
  const peer = await Peer.install('node-red@5');
  const connector: Road[] = [];
  const flow: Road[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      flow.push(await wholeWay((sink) => startNodeRed(peer, sink), 2000, sqlite));
      connector.push(await wholeWay('connector', 2000, sqlite));
    }
  } finally {
    peer.remove();
  }
  tellRoad(connector, 'Node-RED 5 flow, keeping nothing', flow);
}

/** The price of a key file: intake and the whole way, sealed and not, in turns. */
async function besideUnsealed(): Promise<void> {
  const kept: Readonly<Record<'sealed' | 'durable', Measured[]>> = { sealed: [], durable: [] };
  const roads: Readonly<Record<'sealed' | 'connector', Road[]>> = { sealed: [], connector: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const store of ['sealed', 'durable'] as const) kept[store].push(await intakeOnce(store, 4000, 16));
    for (const way of ['sealed', 'connector'] as const) roads[way].push(await wholeWay(way, 4000, sqlite));
  }
  const [sealed, plain] = [kept.sealed, kept.durable].map((all) => all.map(({ perSecond }) => perSecond));
  tell('intake, 16 at once', 'sealed', sealed ?? [], 'unsealed', plain ?? []);
  tellRoad(roads.sealed, 'unsealed', roads.connector);
}

async function besideRetention(): Promise<void> {
  const runs: Awaited<ReturnType<typeof intakeBesideRetention>>[] = [];
  for (let round = 0; round < rounds; round += 1) runs.push(await intakeBesideRetention());
  const [clearing, still] = [runs.map((run) => run.clearing), runs.map((run) => run.still)];
  console.log(
    `intake p99 at ${besidePace}/s: beside retention ${median(clearing).toFixed(1)} ms, without ` +
      `${median(still).toFixed(1)} ms, ratio ${ratio(clearing, still)}; ` +
      `${median(runs.map(({ cleared }) => cleared)).toFixed(0)} bodies and records went meanwhile`,
  );
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

/** The same stream of webhooks to services whose targets are all alive, all refuse, or never answer. */
async function deadTargets(): Promise<void> {
  const runs: Awaited<ReturnType<typeof intakeBesideDeadTargets>>[] = [];
  for (let round = 0; round < rounds; round += 1) runs.push(await intakeBesideDeadTargets());
  const alive = runs.map((run) => run.alive);
  const beside = (p99s: readonly number[]) => `${median(p99s).toFixed(1)} ms, ratio ${ratio(p99s, alive)}`;
  console.log(
    `intake p99 at ${pace}/s with three targets: all alive ${median(alive).toFixed(1)} ms, all refusing ` +
      `${beside(runs.map(({ refusing }) => refusing))}, none answering ` +
      beside(runs.map(({ silent }) => silent)),
  );
}

/**
 * With 10,000 waiting, and with 1,000,000 waiting, 100,000 behind one key and 100,000 dead letters: a claim, a start,
 * and what the process weighs, as people install it and from a checkout.
 */
async function backlogs(): Promise<void> {
  const server = await PostgresServer.start();
  await bundle();
  try {
    for (const engine of ['SQLite', 'PostgreSQL'] as const) {
      const workspace = new Workspace();
      const [few, many] =
        engine === 'SQLite'
          ? [sqlite(workspace), `sqlite:${workspace.path('large.db')}`]
          : [await server.createDatabase(), await server.createDatabase()];
      await fillBacklog(few, small);
      await fillBacklog(many, large);
      const before = await claimCosts(few);
      const after = await claimCosts(many);
      console.log(
        `claim on ${engine}, 1 / 16 / 64 at a time: 10,000 waiting ${shown(before)} ms, 1,000,000 waiting ` +
          `${shown(after)} ms, ratio ${shown(after.map((cost, index) => cost / (before[index] ?? NaN)))}`,
      );
      for (const from of ['installed', 'checkout'] as const) {
        const starts: Start[] = [];
        for (let round = 0; round < rounds; round += 1) starts.push(await startOver(many, from));
        tellStarts(`${engine}, ${from}, 1,000,000 waiting`, starts);
      }
      workspace.remove();
    }
  } finally {
    await server.stop();
  }
}

function tellStarts(where: string, starts: readonly Start[]): void {
  const seconds = (part: 'ready' | 'firstDelivery') => {
    const all = starts.map((start) => start[part] / 1000);
    return `${median(all).toFixed(2)} s (${Math.min(...all).toFixed(2)} to ${Math.max(...all).toFixed(2)})`;
  };
  console.log(`start on ${where}: ready ${seconds('ready')}, first delivery ${seconds('firstDelivery')}`);
  console.log(
    `resident memory on ${where}: after the start ${weight(starts.map(({ atRest }) => atRest))}, after a load ` +
      weight(starts.map(({ afterLoad }) => afterLoad)),
  );
}

function tell(what: string, ours: string, our: readonly number[], theirs: string, their: readonly number[]): void {
  console.log(
    `${what}: ${ours} ${median(our).toFixed(0)}/s, ${theirs} ${median(their).toFixed(0)}/s, ratio ${ratio(our, their)}`,
  );
}

/** Of what was measured side by side, round by round. */
function ratio(ours: readonly number[], theirs: readonly number[]): string {
  const ratios = ours.map((each, index) => each / (theirs[index] ?? NaN));
  return `${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`;
}

function weight(memories: readonly Memory[]): string {
  const of = (part: (memory: Memory) => number | undefined) =>
    median(memories.map((memory) => part(memory) ?? NaN)).toFixed(0);
  const parts = memories.every(({ own }) => own !== undefined)
    ? ` (${of(({ own }) => own)} its own, ${of(({ file }) => file)} pages of files)`
    : '';
  return `${of(({ resident }) => resident)} MB${parts}`;
}

function shown(values: readonly number[]): string {
  return values.map((value) => value.toFixed(2)).join(' / ');
}

function sqlite(workspace: Workspace): string {
  return `sqlite:${workspace.path('bench.db')}`;
}
