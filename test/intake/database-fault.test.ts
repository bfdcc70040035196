import { statSync } from 'node:fs';
import BetterSqlite from 'better-sqlite3';
import { expect } from 'chai';
import type { IncomingEvent } from '../../src/inbox/event.ts';
import { setDiskQuota } from '../support/disk-quota.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { request } from '../support/request.ts';
import { Service } from '../support/service.ts';
import { hire, postWebhook } from '../support/webhook.ts';

describe('intake over a database that fails', () => {
  plainNetwork();
  let service: Service;
  let other: BetterSqlite.Database;

  beforeEach(async () => {
    service = await Service.start({ mappings: {} });
    other = new BetterSqlite(service.workspace.path('var', 'connector.db'));
  });

  afterEach(async () => {
    other.close();
    await service.stop();
  });

  const kept = async () => (await service.app.composition.inbox.list({})).length;
  const post = async (number: number) => {
    const { status, headers } = await postWebhook(service.url, hire(number));
    return { status, retryAfter: headers['retry-after'] };
  };
  const refused = { status: 503, retryAfter: '10' };

  it('answers 503 while another process holds the database, and takes the same events afterwards', async () => {
    const numbers = Array.from({ length: 20 }, (_none, index) => index);
    other.exec('begin immediate');

    const began = performance.now();
    const waiting = Promise.all(numbers.map(post));
    const live = await request(`${service.url}/health/live`, { method: 'GET' });
    expect([live.status, performance.now() - began < 1000], 'alive while it waits').to.deep.equal([200, true]);
    const answers = await waiting;
    expect(
      performance.now() - began,
      'one wait for all that came meanwhile, not one for each: that would be 40 s',
    ).to.be.below(20_000);
    expect(answers).to.deep.equal(numbers.map(() => refused));
    other.exec('rollback');

    expect((await Promise.all(numbers.map(post))).map(({ status }) => status)).to.deep.equal(numbers.map(() => 200));
    expect(await kept()).to.equal(20);
  });

  it('answers 503 on a full disk, and works again when there is room', async () => {
    const { database } = service.app.composition;
    expect(await post(0)).to.deep.equal({ status: 200, retryAfter: undefined });
    await setDiskQuota(database, 3);

    const answers: { readonly status: number }[] = [];
    for (let number = 1; number <= 12; number += 1) answers.push(await post(number));
    const taken = answers.filter(({ status }) => status === 200).length;
    expect(answers.slice(-6)).to.deep.equal(Array.from({ length: 6 }, () => refused));
    expect(await kept()).to.equal(1 + taken);
    expect(await Promise.all([13, 14, 15, 16].map(post)), 'together').to.deep.equal([
      refused,
      refused,
      refused,
      refused,
    ]);
    expect(
      service.log.filter((line) => line.includes('answered 503') && line.includes('SQLITE_FULL')),
    ).not.to.have.length(0);

    await setDiskQuota(database, 1_000_000);
    for (let number = 1; number <= 16; number += 1) expect((await post(number)).status).to.equal(200);
    expect(await kept()).to.equal(17);
  });

  it('keeps the small events of a commit in which a large one finds no room', async () => {
    const { database } = service.app.composition;
    await setDiskQuota(database, 100);
    const large = Buffer.alloc(5_000_000, 'x');

    const [big, ...small] = await Promise.all([
      postWebhook(service.url, large).then(({ status }) => status),
      ...[1, 2, 3, 4, 5].map(async (number) => (await post(number)).status),
    ]);
    expect([big, ...small]).to.deep.equal([503, 200, 200, 200, 200, 200]);
  });

  it('says that it is not ready while the database does not answer, and is alive all the same', async () => {
    await service.app.composition.database.close();
    expect((await postWebhook(service.url, hire(1))).status).to.equal(503);
    const ready = await request(`${service.url}/health/ready`, { method: 'GET' });
    expect([ready.status, Reflect.get(Object(ready.json), 'status')]).to.deep.equal([503, 'not ready']);
    expect((await request(`${service.url}/health/live`, { method: 'GET' })).status).to.equal(200);
  });

  it('shares one commit between events that come together', async () => {
    const { inbox } = service.app.composition;
    const event = (key: number): IncomingEvent => ({
      source: 'huntflow',
      scope: 's',
      event: 'APPLICANT',
      type: undefined,
      action: undefined,
      dedupeKey: String(key),
      variant: '',
      receivedAt: 1,
      body: Buffer.from('{}'),
      bodySize: 2,
      headers: {},
      error: undefined,
    });
    const pages = () => statSync(service.workspace.path('var', 'connector.db-wal')).size / 4120;
    await inbox.keep(event(-1));
    const start = pages();
    await Promise.all(Array.from({ length: 200 }, (_none, index) => inbox.keep(event(index))));
    // Alone, each of them would write four pages or more into the log.
    expect(pages() - start).to.be.below(100);
    expect(await kept()).to.equal(201);
  });

  it('keeps the database for its owner alone', () => {
    for (const name of ['connector.db', 'connector.db-wal', 'connector.db-shm', 'connector.db.lock']) {
      expect((statSync(service.workspace.path('var', name)).mode & 0o777).toString(8), name).to.equal('600');
    }
    expect((statSync(service.workspace.path('var')).mode & 0o777).toString(8)).to.equal('700');
  });
});
