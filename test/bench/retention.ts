// What a webhook waits for its answer while retention clears old rows away, beside a service over the same rows that
// clears nothing.
import { Database } from '../../src/database/database.ts';
import BetterSqlite from 'better-sqlite3';
import { Workspace } from '../support/workspace.ts';
import { install, secret } from './installation.ts';
import { measuredEach, runScript, startServer } from './processes.ts';

/** Webhooks a second: a tenth of what the machine can do. */
export const pace = 50;
/** Old events, each with a delivery and an attempt: more than is cleared while the load lasts. */
const old = 30_000;
const count = 1500;

export interface Beside {
  /** 99th percentiles in milliseconds. */
  readonly clearing: number;
  readonly still: number;
  /** Rows that went meanwhile. */
  readonly cleared: number;
}

export async function intakeBesideRetention(): Promise<Beside> {
  const sites = await Promise.all([startSite(true), startSite(false)]);
  const [first] = sites;
  try {
    const load = (webhooks: number) =>
      runScript(
        './load.ts',
        [sites.map(({ url }) => url).join(), String(webhooks), '16', secret, String(pace)],
        measuredEach,
      );
    await load(100);
    const before = first?.kept() ?? NaN;
    const [clearing, still] = await load(count);
    const cleared = before - (first?.kept() ?? NaN);
    if (cleared < 100) throw new Error('retention cleared nothing meanwhile: the figures mean nothing');
    return { clearing: clearing?.p99 ?? NaN, still: still?.p99 ?? NaN, cleared };
  } finally {
    for (const site of sites) await site.stop();
  }
}

async function startSite(clears: boolean) {
  const workspace = new Workspace();
  const path = workspace.path('bench.db');
  const database = new Database(`sqlite:${path}`);
  await database.migrate();
  await database.close();
  fill(path);
  const ages = { delivered: '90d', skipped: '30d', dead: 'never', attachments: '30d' };
  const sink = await startServer('./sink.ts', []);
  const installed = { database: `sqlite:${path}`, targets: { intranet: sink.url } };
  const config = install(workspace, { ...installed, ...(clears && { retention: ages }) });
  const server = await startServer('./road-server.ts', [config]);
  return {
    url: `${server.url}/webhooks/huntflow`,
    kept: (): number => {
      const file = new BetterSqlite(path, { readonly: true });
      try {
        const held = file.prepare(`select (select count(*) from events where id <= ${old} and body is not null)
          + (select count(*) from deliveries where id <= ${old} and record is not null)`);
        return Number(held.pluck().get());
      } finally {
        file.close();
      }
    },
    stop: async () => {
      await server.stop();
      await sink.stop();
      workspace.remove();
    },
  };
}

function fill(path: string): void {
  const file = new BetterSqlite(path);
  const numbers = `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${old})`;
  file.exec(`
    begin;
    insert into lanes (target, key, head, tail) ${numbers} select 'intranet', 'a' || i, 2, 1 from n;
    delete from lanes;
    insert into events (source, scope, event, type, action, state, received_at, finished_at, body, body_size, headers)
      ${numbers} select 'huntflow', 'x/1', 'APPLICANT', 'STATUS', 'ADD', 'mapped', i, i, randomblob(4000), 4000, '{}' from n;
    insert into deliveries (lane_id, pos, event_id, mapping, mapping_hash, target, key, scope, state, record,
        idempotency_key, created_at, finished_at, attempts)
      ${numbers} select i, 1, i, 'hire', 'hash', 'intranet', 'applicant/' || i, 'x/1', 'delivered',
        '"' || hex(randomblob(500)) || '"', 'key' || i, i, i, 1 from n;
    insert into attempts (delivery_id, number, started_at, finished_at, outcome, exchanges, warnings)
      ${numbers} select i, 1, i, i, 'delivered', '["' || hex(randomblob(700)) || '"]', '[]' from n;
    commit`);
  file.close();
}
