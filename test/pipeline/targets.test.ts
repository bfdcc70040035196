import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { Fleet } from '../support/fleet.ts';
import { enginesInForm, inForm } from '../support/form.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { Sink } from '../support/sink.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';
import { until } from '../support/until.ts';

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

for (const engine of enginesInForm('postgres')) describe(`targets that fail, on ${engine}`, function () {
  this.timeout(600_000);
  plainNetwork();
  let sink: Sink;
  let other: Sink;
  let fleet: Fleet;

  beforeEach(async () => {
    sink = await Sink.start();
    other = await Sink.start();
  });

  afterEach(async () => {
    await fleet.stop();
    await sink.stop();
    await other.stop();
  });

  it('have one effect of each record that they took without an answer', async () => {
    sink.fate = (count) => (count % 3 === 0 ? 'take and drop' : 'take');
    fleet = await Fleet.start({ engine, sinks: { intranet: sink } });
    await fleet.load(inForm(48, 900));
    await fleet.idle();
    await fleet.proof({ doubles: true });
    const unknown = (await Promise.all((await fleet.outbox.list({})).map(({ id }) => fleet.outbox.attempts(id)))).flat().filter(({ outcome }) => outcome === 'unknown');
    expect(unknown, 'recorded as what they are').to.have.length.above(10);
  });

  it('lose nothing when the way to them is cut, or goes dead without a word', async () => {
    const proxy = await TcpProxy.start(sink.port);
    try {
      fleet = await Fleet.start({ engine, sinks: { intranet: sink }, target: { timeout: '700ms', settings: { baseUrl: `http://127.0.0.1:${proxy.port}` } } });
      const load = fleet.load(inForm(60, 900), 30);
      for (let round = 0; round < inForm(4, 40); round += 1) {
        await wait(150);
        if (round % 2 === 0) proxy.cut();
        else proxy.freeze();
      }
      await load;
      await fleet.idle();
      await fleet.proof({ doubles: true });
    } finally {
      await proxy.stop();
    }
  });

  it('slow no other target when they answer nothing, nor intake', async () => {
    const count = inForm(48, 800);
    fleet = await Fleet.start({ engine, sinks: { intranet: sink, archive: other } });

    async function seconds(): Promise<{ readonly intake: number; readonly delivered: number }> {
      const began = performance.now();
      const before = sink.effects.length;
      await fleet.load(count);
      const intake = performance.now() - began;
      await until('the sound target has everything', () => sink.effects.length === before + count, 60_000);
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
    fleet = await Fleet.start({ engine, sinks: { intranet: sink } });
    const load = fleet.load(inForm(100, 1200), 20);
    for (let round = 0; round < inForm(1, 10); round += 1) {
      await wait(150);
      await fleet.states.pause('intranet', Date.now());
      await until('what was under way has ended', async () => (await fleet.outbox.list({ state: 'sending' })).length === 0);
      await wait(50); // a claim that saw no pause yet
      await until('what was under way has ended', async () => (await fleet.outbox.list({ state: 'sending' })).length === 0);
      const held = [...sink.arrivals.values()].reduce((sum, count) => sum + count, 0);
      await wait(400);
      expect([...sink.arrivals.values()].reduce((sum, count) => sum + count, 0), 'nothing is sent').to.equal(held);
      await fleet.states.resume('intranet');
    }
    await load;
    await fleet.idle();
    await fleet.proof({ doubles: false });
  });

  it('keep what they are owed while they are out of connector.yaml', async () => {
    sink.fate = () => 'refuse';
    fleet = await Fleet.start({ engine, sinks: { intranet: sink, archive: other } });
    await fleet.load(24);
    await until('the other has everything', () => other.effects.length === 24);
    await fleet.instance(0).stop();
    const whole = readFileSync(fleet.config, 'utf8');
    const { targets, ...rest } = JSON.parse(whole);
    writeFileSync(fleet.config, JSON.stringify({ ...rest, targets: { archive: targets.archive } }));
    await fleet.begin(0);
    await until('it says so', () => fleet.instance(0).log.includes('deliveries wait for a target that connector.yaml does not have'));
    const before = (await fleet.outbox.list({ target: 'intranet' })).map(({ id, state, attempts }) => ({ id, state, attempts }));
    expect(before.map(({ state }) => state)).to.deep.equal(Array.from({ length: 24 }, () => 'pending'));
    await wait(300);
    expect((await fleet.outbox.list({ target: 'intranet' })).map(({ id, state, attempts }) => ({ id, state, attempts })), 'no attempt is spent').to.deep.equal(before);

    await fleet.instance(0).stop();
    writeFileSync(fleet.config, whole);
    sink.fate = () => 'take';
    await fleet.begin(0);
    await fleet.idle();
    await fleet.proof({ doubles: true });
  });
});
