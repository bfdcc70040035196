import { expect } from 'chai';
import { sql } from 'kysely';
import { hireTo } from '../support/fleet.ts';
import { inForm } from '../support/form.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { Service } from '../support/service.ts';
import { Sink } from '../support/sink.ts';
import { until } from '../support/until.ts';
import { hire, postWebhook } from '../support/webhook.ts';

describe('a disk that is full', function () {
  this.timeout(600_000);
  plainNetwork();
  let sink: Sink;
  let service: Service;

  beforeEach(async () => {
    sink = await Sink.start();
    service = await Service.start({
      config: { targets: { intranet: { adapter: 'rest', settings: { baseUrl: sink.url }, retry: { schedule: ['50ms'] }, breaker: { after: 1000 } } } },
      mappings: { 'intranet.yaml': hireTo('intranet') },
    }, { leaseTime: 900 });
  });

  afterEach(async () => {
    await service.stop();
    await sink.stop();
  });

  /** A quota: SQLite then says the same as on a full disk. */
  async function room(pages: number): Promise<void> {
    const { database } = service.app.composition;
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(database.queries);
    await sql`pragma max_page_count = ${sql.lit((rows[0]?.page_count ?? 0) + pages)}`.execute(database.queries);
  }

  it('is answered with 503, and once there is room, everything answered 200 is delivered, and nothing sent twice', async () => {
    const taken = new Set<number>();
    let next = 0;
    for (let round = 0; round < inForm(2, 15); round += 1) {
      sink.delay = 100; // attempts are under way when the disk fills up, and end while it is full
      await room(4);
      const answers: number[] = [];
      await until('the disk is full', async () => {
        next += 1;
        const { status } = await postWebhook(service.url, hire(next, { key: next % 7 }));
        if (status === 200) taken.add(next);
        answers.push(status);
        return answers.slice(-4).every((answer) => answer === 503) && answers.length >= 4;
      });
      expect([...new Set(answers)]).to.have.members([200, 503]);
      // Longer than a lease.
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await room(100_000);
      next += 1;
      await until('webhooks are taken again', async () => (await postWebhook(service.url, hire(next))).status === 200);
      taken.add(next);
    }
    await until('all are delivered', async () => (await service.app.composition.outbox.list({ state: 'delivered' })).length === taken.size, 30_000);
    expect(new Set(sink.effects.map(({ log }) => log - 100_000))).to.deep.equal(taken);
    expect([...sink.arrivals.values()], 'once each').to.deep.equal(Array.from({ length: taken.size }, () => 1));
  });
});
