import { expect } from 'chai';
import { Chance } from '../support/chance.ts';
import { Clock } from '../support/clock.ts';
import { failureSuite } from '../support/failure-suite.ts';
import { hireTo } from '../support/fleet.ts';
import { inForm, seed } from '../support/form.ts';
import type { Service } from '../support/service.ts';
import { engines } from '../support/stores.ts';
import { until } from '../support/until.ts';
import { hire, postWebhook } from '../support/webhook.ts';

const hour = 3_600_000;

failureSuite('a clock that leaps', { engines }, (scene) => {
  let clock: Clock;
  let service: Service;

  beforeEach(async () => {
    clock = new Clock();
    service = await scene.service(
      {
        config: {
          targets: {
            intranet: {
              adapter: 'rest',
              settings: { baseUrl: scene.sink.url },
              timeout: '10s',
              concurrency: 4,
              retry: { schedule: ['10s'], giveUp: '30d' },
              breaker: { after: 1000 },
            },
          },
        },
        mappings: { 'intranet.yaml': hireTo('intranet') },
      },
      { now: clock.now, leaseTime: 600 },
    );
  });

  const arrivals = () => [...scene.sink.arrivals.values()].reduce((sum, count) => sum + count, 0);
  const delivered = async () => (await service.app.composition.outbox.list({ state: 'delivered' })).length;

  it('costs no event and sends nothing twice, forth or back', async () => {
    const chance = new Chance(seed);
    const count = inForm(40, 600);
    for (let number = 1; number <= count; number += 1) {
      expect((await postWebhook(service.url, hire(number, { key: number % 5 }))).status).to.equal(200);
      if (number % 8 === 0) clock.advance(Math.round((chance.next() - 0.5) * 4 * hour));
      else clock.advance(20);
    }
    // What was due at a time that has become the future again waits for it: after the long form's leaps that may be 30
    // hours away.
    await until(
      'all are delivered',
      async () => {
        clock.advance(hour / 6);
        return (await delivered()) === count;
      },
      inForm(10_000, 60_000),
    );
    expect(scene.sink.effects).to.have.length(count);
    expect(arrivals()).to.equal(count);
    for (let key = 0; key < 5; key += 1) {
      const order = scene.sink.effects.filter(({ applicant }) => applicant === key).map(({ log }) => log);
      expect(order).to.deep.equal(order.toSorted((a, b) => a - b));
    }
  });

  it('takes no attempt away from a process that is still at it', async () => {
    scene.sink.delay = 1500;
    for (let number = 1; number <= 4; number += 1) await postWebhook(service.url, hire(number));
    await until('all four are under way', () => arrivals() === 4);
    // Past every lease; recovery looks five times while the target thinks.
    clock.advance(hour);
    await until('all are delivered', async () => (await delivered()) === 4);
    expect(arrivals(), 'nothing is sent twice').to.equal(4);
    for (const { attempts } of await service.app.composition.outbox.list({})) expect(attempts).to.equal(1);
  });
});
