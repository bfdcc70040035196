import { expect } from 'chai';
import { failureSuite } from '../support/failure-suite.ts';
import { inForm } from '../support/form.ts';
import { command } from '../support/serving.ts';
import { skewedClock } from '../support/skewed-clock.ts';
import { until } from '../support/until.ts';

const hour = 3_600_000;
const leaseTime = 3000;
const differs = 'clock differs from the database';

failureSuite('instances whose machines disagree about the time', { engines: ['postgres'] }, (scene) => {
  const arrivals = () => [...scene.sink.arrivals.values()].reduce((sum, count) => sum + count, 0);

  it('share the work, take nothing from each other while they are at it, and say that a clock is wrong', async () => {
    // The rate is each one's own: neither can have it all.
    const fleet = await scene.fleet({
      instances: 2,
      leaseTime,
      ahead: [hour, -hour],
      target: { rate: 6, timeout: '30s' },
    });
    // Long enough for each to look for leases that ran out.
    scene.sink.delay = 1200;
    await fleet.load(inForm(24, 480));
    await fleet.idle(inForm(30_000, 120_000));
    await fleet.proof({ doubles: false });
    for (const { log } of fleet.instances) expect(log).to.include('"msg":"delivered"');
    for (const { receivedAt } of await fleet.inbox.list({})) expect(receivedAt).to.be.closeTo(Date.now(), 300_000);
    expect(fleet.instance(0).log).to.include('"seconds":3600').and.include(differs);
    expect(fleet.instance(1).log).to.include('"seconds":-3600').and.include(differs);
    for (const { log } of fleet.instances) expect(log).not.to.include('lease was lost');
  });

  for (const [which, ahead] of (
    [
      ['ahead', [hour, -hour]],
      ['behind', [-hour, hour]],
    ] as const
  ).slice(0, inForm(1, 2))) {
    it(`go on within a lease after one that is an hour ${which} was killed while it was sending`, async () => {
      let dead = false;
      scene.sink.fate = () => (dead ? 'take' : 'hang');
      const fleet = await scene.fleet({ instances: 1, leaseTime, ahead, target: { timeout: '60s' } });
      await fleet.load(inForm(24, 240));
      await until('as many as may be are under way', () => arrivals() === 8);
      await fleet.begin(1);
      await fleet.instance(0).kill();
      dead = true;
      const began = performance.now();
      // What comes now is mapped by the other one, once the mapper's lease has run out as well.
      await fleet.load(inForm(12, 240));
      await fleet.idle();
      // A lease, a third of one until somebody looks, and what a busy machine takes to send them all.
      expect(performance.now() - began).to.be.below(leaseTime + leaseTime / 3 + 15_000);
      await fleet.proof({ doubles: true });
      expect(
        [...scene.sink.arrivals.values()].filter((count) => count !== 1),
        'only what was cut short is sent again',
      ).to.deep.equal(Array.from({ length: 8 }, () => 2));
    });
  }

  it('heed what a person commands from a machine whose clock is wrong', async () => {
    scene.sink.fate = (count) => (count === 1 ? 'refuse' : 'take');
    const fleet = await scene.fleet({ target: { retry: { schedule: ['2h'] } } });
    await fleet.load(1);
    const failed = await until('the first attempt fails', async () =>
      (await fleet.outbox.list({})).find(({ attempts, state }) => attempts === 1 && state === 'pending'),
    );
    const run = async (...words: readonly string[]) => {
      const { code, err } = await command([...words, '--config', fleet.config], skewedClock(hour));
      expect(code, err).to.equal(0);
    };
    await run('targets', 'pause', 'intranet');
    const { state } = await fleet.states.find('intranet');
    expect(state.is === 'paused' ? state.since : NaN).to.be.closeTo(Date.now(), 60_000);
    await fleet.states.resume('intranet');
    await run('deliveries', 'retry', String(failed.id));
    await fleet.idle();
    await fleet.proof({ doubles: true });
    expect(fleet.instance(0).log, 'its own clock is right').not.to.include(differs);
  });
});
