import { expect } from 'chai';
import { setDiskQuota } from '../support/disk-quota.ts';
import { failureSuite } from '../support/failure-suite.ts';
import { hireTo } from '../support/fleet.ts';
import { inForm } from '../support/form.ts';
import type { Service } from '../support/service.ts';
import { until } from '../support/until.ts';
import { hire, postWebhook } from '../support/webhook.ts';
import { pause } from '../support/pause.ts';

failureSuite('a disk that is full', { engines: ['sqlite'] }, (scene) => {
  let service: Service;

  beforeEach(async () => {
    service = await scene.service(
      {
        config: {
          targets: {
            intranet: {
              adapter: 'rest',
              settings: { baseUrl: scene.sink.url },
              retry: { schedule: ['50ms'] },
              breaker: { after: 1000 },
            },
          },
        },
        mappings: { 'intranet.yaml': hireTo('intranet') },
      },
      { leaseTime: 900 },
    );
  });

  const room = (pages: number) => setDiskQuota(service.app.composition.database, pages);

  it('is answered with 503, and once there is room, everything answered 200 is delivered, and nothing sent twice', async () => {
    const taken = new Set<number>();
    let next = 0;
    for (let round = 0; round < inForm(2, 15); round += 1) {
      scene.sink.delay = 100; // attempts are under way when the disk fills up, and end while it is full
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
      await pause(1500);
      await room(100_000);
      next += 1;
      await until('webhooks are taken again', async () => (await postWebhook(service.url, hire(next))).status === 200);
      taken.add(next);
    }
    await until(
      'all are delivered',
      async () => (await service.app.composition.outbox.list({ state: 'delivered' })).length === taken.size,
      30_000,
    );
    expect(new Set(scene.sink.effects.map(({ log }) => log - 100_000))).to.deep.equal(taken);
    expect([...scene.sink.arrivals.values()], 'once each').to.deep.equal(Array.from({ length: taken.size }, () => 1));
  });
});
