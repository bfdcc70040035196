// Claim and settle on PostgreSQL, beside pg-boss with order per key and one attempt row for each completion.
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { Database } from '../../src/database/database.ts';
import { Outbox } from '../../src/outbox/outbox.ts';
import type { Peer } from './peer.ts';

interface Boss {
  start(): Promise<unknown>;
  stop(options: object): Promise<void>;
  createQueue(name: string, options: object): Promise<void>;
  insert(name: string, jobs: readonly object[]): Promise<unknown>;
  fetch(name: string, options: object): Promise<readonly { readonly id: string }[]>;
  complete(name: string, ids: readonly string[]): Promise<unknown>;
  on(event: 'error', listener: (error: unknown) => void): void;
}

const record = JSON.stringify({ text: 'x'.repeat(480) });

/** Deliveries claimed and settled a second, every one with its own key. */
export async function ourRate(url: string, count: number, batch: number): Promise<number> {
  const database = new Database(url);
  await database.migrate();
  const outbox = new Outbox(database);
  await outbox.insert(
    Array.from({ length: count }, (_, index) => ({
      eventId: index,
      mapping: 'm',
      mappingHash: 'h',
      target: 'zup',
      key: `k${index}`,
      scope: 's',
      order: 'strict' as const,
      createdAt: 1,
      made: { record, idempotencyKey: 'i' },
    })),
  );
  const began = performance.now();
  for (let done = 0; done < count;) {
    const claims = await outbox.claim({ target: 'zup', now: 10, until: 1_000_000, most: batch, concurrency: batch });
    await Promise.all(
      claims.map((claim) =>
        outbox.settle(claim, {
          outcome: 'delivered',
          startedAt: 1,
          finishedAt: 2,
          summary: null,
          exchanges: [],
          warnings: [],
        }),
      ),
    );
    done += claims.length;
  }
  const rate = count / ((performance.now() - began) / 1000);
  await database.close();
  return rate;
}

export async function bossRate(peer: Peer, url: string, count: number, batch: number): Promise<number> {
  const module: { readonly PgBoss: new (url: string) => Boss } = await import(
    pathToFileURL(peer.path('node_modules', 'pg-boss', 'dist', 'index.js')).href
  );
  const boss = new module.PgBoss(url);
  boss.on('error', () => undefined);
  await boss.start();
  await boss.createQueue('zup', { policy: 'key_strict_fifo' });
  for (let from = 0; from < count; from += 1000) {
    await boss.insert(
      'zup',
      Array.from({ length: Math.min(1000, count - from) }, (_, index) => ({
        data: { record },
        singletonKey: `k${from + index}`,
      })),
    );
  }
  const pool = new pg.Pool({ connectionString: url });
  await pool.query(
    'create table attempts_of_peer (id bigint generated always as identity primary key, job uuid, outcome ' +
      'text, started_at bigint, finished_at bigint)',
  );
  const began = performance.now();
  for (let done = 0; done < count;) {
    const jobs = await boss.fetch('zup', { batchSize: batch });
    const ids = jobs.map(({ id }) => id);
    await boss.complete('zup', ids);
    await pool.query(
      "insert into attempts_of_peer (job, outcome, started_at, finished_at) select id, 'delivered', 1, 2 from unnest($1::uuid[]) as t(id)",
      [ids],
    );
    done += ids.length;
  }
  const rate = count / ((performance.now() - began) / 1000);
  await pool.end();
  await boss.stop({ graceful: false });
  return rate;
}
