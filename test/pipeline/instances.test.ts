import { expect } from 'chai';
import { Chance } from '../support/chance.ts';
import { failureSuite } from '../support/failure-suite.ts';
import { inForm, seed } from '../support/form.ts';
import { hire, postWebhook } from '../support/webhook.ts';

failureSuite('instances that share a database', { engines: ['postgres'] }, (scene) => {
  it('start at once on an empty database, map each event once and send each delivery once, in order', async () => {
    // Nothing is sent twice, unless the machine is so slow that an answer comes too late.
    const fleet = await scene.fleet({ instances: 0, target: { timeout: '30s' } });
    await Promise.all([0, 1, 2].map((index) => fleet.begin(index)));
    await fleet.load(inForm(72, 6000));
    await fleet.idle();
    await fleet.proof({ doubles: false });
    expect(
      fleet.instances.filter(({ log }) => log.includes('"msg":"delivered"')),
      'all of them deliver',
    ).to.have.length.above(1);
    for (const instance of fleet.instances) expect(await instance.stop(), instance.log.slice(-500)).to.equal(0);
  });

  it('make one event and one effect of a storm of duplicates', async () => {
    const chance = new Chance(seed);
    const hires = inForm(4, 40);
    const fleet = await scene.fleet({ instances: 2, target: { timeout: '30s' } });
    const storm = Array.from({ length: hires * 20 }, (_none, index) => ({
      number: index % hires,
      at: chance.next(),
      to: chance.below(2),
    })).toSorted((a, b) => a.at - b.at);
    const answers = await Promise.all(
      storm.map(async ({ number, to }, index) => {
        const { status, json } = await postWebhook(fleet.instance(to).url, hire(number, { retry: index % 4 }), {
          delivery: `storm-${index}`,
        });
        return {
          number,
          status,
          event: Reflect.get(Object(json), 'event'),
          outcome: Reflect.get(Object(json), 'status'),
        };
      }),
    );
    await fleet.idle();

    expect(answers.filter(({ status }) => status !== 200)).to.deep.equal([]);
    expect(answers.filter(({ outcome }) => outcome === 'accepted')).to.have.length(hires);
    for (let number = 0; number < hires; number += 1) {
      expect(
        new Set(answers.filter((answer) => answer.number === number).map(({ event }) => event)).size,
        `hire ${number}`,
      ).to.equal(1);
    }
    expect(await fleet.inbox.list({})).to.have.length(hires);
    expect(scene.sink.effects.map(({ log }) => log - 100_000).toSorted((a, b) => a - b)).to.deep.equal(
      Array.from({ length: hires }, (_none, number) => number),
    );
    expect([...scene.sink.arrivals.values()]).to.deep.equal(Array.from({ length: hires }, () => 1));
  });
});
