import { expect } from 'chai';
import { Chance } from '../support/chance.ts';
import { Clock } from '../support/clock.ts';
import { hireTo } from '../support/fleet.ts';
import { inForm, seed } from '../support/form.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { sharedPostgres } from '../support/postgres.ts';
import { Service } from '../support/service.ts';
import { Sink } from '../support/sink.ts';
import { engines } from '../support/stores.ts';
import { until } from '../support/until.ts';
import { hire, postWebhook } from '../support/webhook.ts';

const hour = 3_600_000;

for (const engine of engines) describe(`a clock that leaps, on ${engine} (seed ${seed})`, function () {
  this.timeout(600_000);
  plainNetwork();
  let sink: Sink;
  let clock: Clock;
  let service: Service;

  beforeEach(async () => {
    sink = await Sink.start();
    clock = new Clock();
    service = await Service.start({
      config: {
        ...(engine === 'postgres' && { database: { url: await (await sharedPostgres()).createDatabase() } }),
        targets: { intranet: { adapter: 'rest', settings: { baseUrl: sink.url }, timeout: '10s', concurrency: 4, retry: { schedule: ['10s'], giveUp: '30d' }, breaker: { after: 1000 } } },
      },
      mappings: { 'intranet.yaml': hireTo('intranet') },
    }, { now: clock.now, leaseTime: 600 });
  });

  afterEach(async () => {
    await service.stop();
    await sink.stop();
  });

  const arrivals = () => [...sink.arrivals.values()].reduce((sum, count) => sum + count, 0);
  const delivered = async () => (await service.app.composition.outbox.list({ state: 'delivered' })).length;

  it('costs no event and sends nothing twice, forth or back', async () => {
    const chance = new Chance(seed);
    const count = inForm(40, 600);
    for (let number = 1; number <= count; number += 1) {
      expect((await postWebhook(service.url, hire(number, { key: number % 5 }))).status).to.equal(200);
      if (number % 8 === 0) clock.advance(Math.round((chance.next() - 0.5) * 4 * hour));
      else clock.advance(20);
    }
    // What was due at a time that has become the future again waits for it.
    await until('all are delivered', async () => {
      clock.advance(60_000);
      return (await delivered()) === count;
    });
    expect(sink.effects).to.have.length(count);
    expect(arrivals()).to.equal(count);
    for (let key = 0; key < 5; key += 1) {
      const order = sink.effects.filter(({ applicant }) => applicant === key).map(({ log }) => log);
      expect(order).to.deep.equal(order.toSorted((a, b) => a - b));
    }
  });

  it('takes no attempt away from a process that is still at it', async () => {
    sink.delay = 1500;
    for (let number = 1; number <= 4; number += 1) await postWebhook(service.url, hire(number));
    await until('all four are under way', () => arrivals() === 4);
    // Past every lease; recovery looks five times while the target thinks.
    clock.advance(hour);
    await until('all are delivered', async () => (await delivered()) === 4);
    expect(arrivals(), 'nothing is sent twice').to.equal(4);
    for (const { attempts } of await service.app.composition.outbox.list({})) expect(attempts).to.equal(1);
  });
});
