import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { failureSuite } from '../support/failure-suite.ts';
import { enginesInForm, inForm } from '../support/form.ts';
import { Sink } from '../support/sink.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';
import { until } from '../support/until.ts';
import { pause } from '../support/pause.ts';

failureSuite('targets that fail', { engines: enginesInForm('postgres') }, (scene) => {
  it('have one effect of each record that they took without an answer', async () => {
    scene.sink.fate = (count) => (count % 3 === 0 ? 'take and drop' : 'take');
    const fleet = await scene.fleet();
    await fleet.load(inForm(48, 900));
    await fleet.idle();
    await fleet.proof({ doubles: true });
    const unknown = (await Promise.all((await fleet.outbox.list({})).map(({ id }) => fleet.outbox.attempts(id))))
      .flat()
      .filter(({ outcome }) => outcome === 'unknown');
    // A used connection that closed is tried once more within the attempt, so not every drop is left unknown.
    expect(unknown, 'recorded as what they are').to.have.length.above(3);
  });

  it('lose nothing when the way to them is cut, or goes dead without a word', async () => {
    const proxy = scene.add(await TcpProxy.start(scene.sink.port));
    const fleet = await scene.fleet({
      target: { timeout: '700ms', settings: { baseUrl: `http://127.0.0.1:${proxy.port}` } },
    });
    const load = fleet.load(inForm(60, 900), 30);
    for (let round = 0; round < inForm(4, 40); round += 1) {
      await pause(150);
      if (round % 2 === 0) proxy.cut();
      else proxy.freeze();
    }
    await load;
    await fleet.idle();
    await fleet.proof({ doubles: true });
  });

  it('slow no other target when they answer nothing, nor intake', async () => {
    const count = inForm(48, 800);
    const other = scene.add(await Sink.start());
    const fleet = await scene.fleet({ sinks: { intranet: scene.sink, archive: other } });

    async function seconds(): Promise<{ readonly intake: number; readonly delivered: number }> {
      const began = performance.now();
      const before = scene.sink.effects.length;
      await fleet.load(count);
      const intake = performance.now() - began;
      await until('the sound target has everything', () => scene.sink.effects.length === before + count, 60_000);
      return { intake, delivered: performance.now() - began };
    }

    await seconds(); // both alive: warm
    const alive = await seconds();
    other.fate = () => 'hang';
    const dead = await seconds();
    // What is shut out is one target waiting for another's time-out of 2 s.
    expect(dead.intake / alive.intake, 'intake').to.be.below(3);
    expect(dead.delivered / alive.delivered, 'the other target').to.be.below(3);
    other.fate = () => 'take';
    await fleet.idle();
    await fleet.proof({ doubles: true });
  });

  it('hold everything while paused under load, at no attempt, and go on where they stopped', async () => {
    const fleet = await scene.fleet();
    const load = fleet.load(inForm(100, 1200), 20);
    for (let round = 0; round < inForm(1, 10); round += 1) {
      await pause(150);
      await fleet.states.pause('intranet', Date.now());
      await until(
        'what was under way has ended',
        async () => (await fleet.outbox.list({ state: 'sending' })).length === 0,
      );
      await pause(50); // a claim that saw no pause yet
      await until(
        'what was under way has ended',
        async () => (await fleet.outbox.list({ state: 'sending' })).length === 0,
      );
      const held = [...scene.sink.arrivals.values()].reduce((sum, count) => sum + count, 0);
      await pause(400);
      expect(
        [...scene.sink.arrivals.values()].reduce((sum, count) => sum + count, 0),
        'nothing is sent',
      ).to.equal(held);
      await fleet.states.resume('intranet');
    }
    await load;
    await fleet.idle();
    await fleet.proof({ doubles: false });
  });

  it('keep what they are owed while they are out of connector.yaml', async () => {
    scene.sink.fate = () => 'refuse';
    const other = scene.add(await Sink.start());
    const fleet = await scene.fleet({ sinks: { intranet: scene.sink, archive: other } });
    await fleet.load(24);
    await until('the other has everything', () => other.effects.length === 24);
    await fleet.instance(0).stop();
    const whole = readFileSync(fleet.config, 'utf8');
    const { targets, ...rest } = JSON.parse(whole);
    writeFileSync(fleet.config, JSON.stringify({ ...rest, targets: { archive: targets.archive } }));
    await fleet.begin(0);
    await until('it says so', () =>
      fleet.instance(0).log.includes('deliveries wait for a target that connector.yaml does not have'),
    );
    const before = (await fleet.outbox.list({ target: 'intranet' })).map(({ id, state, attempts }) => ({
      id,
      state,
      attempts,
    }));
    expect(before.map(({ state }) => state)).to.deep.equal(Array.from({ length: 24 }, () => 'pending'));
    await pause(300);
    expect(
      (await fleet.outbox.list({ target: 'intranet' })).map(({ id, state, attempts }) => ({ id, state, attempts })),
      'no attempt is spent',
    ).to.deep.equal(before);

    await fleet.instance(0).stop();
    writeFileSync(fleet.config, whole);
    scene.sink.fate = () => 'take';
    await fleet.begin(0);
    await fleet.idle();
    await fleet.proof({ doubles: true });
  });
});
