import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { Clock } from '../support/clock.ts';
import { failureSuite } from '../support/failure-suite.ts';
import { sharedPostgres } from '../support/postgres.ts';
import { Service } from '../support/service.ts';
import { engines, newDelivery } from '../support/stores.ts';
import { Workspace } from '../support/workspace.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** A customer's adapter: the record says what becomes of it, until `journal`.calm is there. */
function writeMoody(workspace: Workspace): string {
  writeFileSync(
    workspace.path('moody.ts'),
    `import { appendFileSync, existsSync } from 'node:fs';
import { mixed, number, object, string } from 'yup';
import { RejectedError, UnavailableError, UncertainError } from 'huntflow-connector/adapter';
import type { AdapterClass, AdapterTools, DeliveryContext, Receipt } from 'huntflow-connector/adapter';

interface Order { readonly id: number; readonly to?: string; readonly does?: string; readonly retryAfter?: number }

export default class Moody {
  static readonly type = 'moody';
  static readonly settings = object({ journal: string().required() }).noUnknown();
  static readonly record = object({ id: number().required(), to: string(), does: string(), retryAfter: mixed() }).noUnknown();
  readonly #journal: string;

  constructor(settings: { readonly journal: string }, tools: AdapterTools) {
    this.#journal = tools.resolvePath(settings.journal);
  }

  async deliver({ id, to, does, retryAfter = 60 }: Order, delivery: DeliveryContext): Promise<Receipt> {
    appendFileSync(this.#journal, id + '\\n');
    if (!existsSync(this.#journal + '.calm')) {
      if (does === 'too many') throw new UnavailableError('too many', { holds: 'target', retryAfter });
      if (does === 'chat') throw new UnavailableError('too many', { holds: to, retryAfter });
      if (does === 'this one') throw new UnavailableError('not yet', { holds: 'delivery', retryAfter });
      if (does === 'down') throw new UnavailableError('down');
      if (does === 'conflict') throw new RejectedError('409', { conflict: true, retryAfter });
      if (does === 'doubt') throw delivery.attempt === 1 ? new UncertainError('lost') : new RejectedError('409', { conflict: true });
      if (does === 'plain conflict') throw new RejectedError('409', { conflict: true });
      if (does === 'answers') {
        delivery.sent({ summary: 'GET /' })({ summary: '200' });
        delivery.sent({ summary: 'POST /' });
        throw new UnavailableError('down in the middle');
      }
    }
    return { summary: 'done', attention: does === 'odd' ? ['ДатаРождения differs'] : [] };
  }
}

Moody satisfies AdapterClass;
`,
  );
  return workspace.path('moody.ts');
}

failureSuite('a target that asks to be left alone', { engines }, (scene) => {
  let clock: Clock;
  let service: Service;

  beforeEach(async () => {
    clock = new Clock();
  });

  /** Not started: the tests move the stages themselves. */
  async function open(target: object = {}): Promise<void> {
    const workspace = new Workspace();
    const config = {
      ...(scene.engine === 'postgres' && { database: { url: await (await sharedPostgres()).createMigrated() } }),
      targets: {
        zup: {
          adapter: writeMoody(workspace),
          settings: { journal: '../journal' },
          retry: { schedule: ['10s'], giveUp: '1h' },
          ...target,
        },
      },
    };
    service = scene.add(await Service.create({ config }, { now: clock.now, random: () => 0.5 }, workspace));
    await service.app.composition.database.migrate();
  }

  const stores = () => service.app.composition;
  const add = (...records: readonly object[]) =>
    stores().outbox.insert(
      records.map((record, index) =>
        newDelivery({
          key: null,
          createdAt: clock.now(),
          made: { record: JSON.stringify({ id: index + 1, ...record }), idempotencyKey: `k${index}` },
        }),
      ),
    );
  const drain = () => stores().dispatcher.drain();
  const states = async () =>
    (await stores().outbox.list({})).toReversed().map(({ state, attempts }) => `${state} ${attempts}`);
  const state = async () => (await stores().states.find('zup')).state;
  const calm = () => writeFileSync(service.workspace.path('journal.calm'), '');

  it('is held as a whole, costs no attempts, and goes on with one delivery that probes it', async () => {
    await open({ concurrency: 1, retry: { schedule: ['10s'], giveUp: '1h', attempts: 2 } });
    await add({ does: 'too many', retryAfter: 120 }, {}, {});
    expect(await drain()).to.equal(1);
    expect(await states()).to.deep.equal(['pending 1', 'pending 0', 'pending 0']);
    expect(await state()).to.include({ is: 'held', length: 120_000 });
    clock.advance(119_000);
    expect(await drain()).to.equal(0);
    for (let time = 0; time < 5; time += 1) {
      clock.advance(hour);
      await drain();
    }
    expect((await states())[0], 'five more attempts, of two that it has').to.match(/^pending [3-9]$/);
    calm();
    clock.advance(hour);
    await drain();
    expect(await state()).to.deep.equal({ is: 'active', failures: 0 });
    expect((await states()).every((each) => each.startsWith('delivered'))).to.equal(true);
  });

  it('holds for an hour at most, whatever it asks for', async () => {
    await open();
    await add({ does: 'too many', retryAfter: 1e9 });
    await drain();
    expect(await state()).to.include({ is: 'held', until: clock.now() + hour });
  });

  it('holds what goes to one addressee while the rest flows, without an attempt', async () => {
    await open({ concurrency: 1 });
    await add({ to: 'a', does: 'chat' }, { to: 'a' }, { to: 'b' }, { to: 'a' }, {});
    await drain();
    expect(await states()).to.deep.equal(['pending 1', 'pending 0', 'delivered 1', 'pending 0', 'delivered 1']);
    expect(await state()).to.deep.equal({ is: 'active', failures: 0 });
    const { holds } = await stores().states.find('zup');
    expect(holds).to.have.length(1);
    expect(JSON.stringify(holds)).not.to.include('"a"');
    calm();
    clock.advance(61_000);
    await drain();
    expect((await states()).every((each) => each.startsWith('delivered'))).to.equal(true);
  });

  it('holds one delivery alone when it says so', async () => {
    await open({ concurrency: 1 });
    await add({ does: 'this one', retryAfter: 600 }, {});
    await drain();
    expect(await states()).to.deep.equal(['pending 1', 'delivered 1']);
    expect((await stores().outbox.list({ state: 'pending' }))[0]?.dueAt).to.equal(clock.now() + 600_000);
  });

  it('is asked three more times about a conflict that may be our own, then a person is', async () => {
    await open();
    await add({ does: 'conflict', retryAfter: 5 }, { does: 'doubt' }, { does: 'plain conflict' });
    for (let round = 0; round < 8; round += 1) {
      await drain();
      clock.advance(20_000);
    }
    expect(
      (await stores().outbox.list({})).toReversed().map((each) => `${each.reason} ${each.attempts}`),
    ).to.deep.equal(['unknown outcome 4', 'unknown outcome 5', 'rejected 1']);
  });

  it('does not rest for attempts that got answers before they failed', async () => {
    await open({ breaker: { after: 2, rest: '1m' } });
    await add(...Array.from({ length: 6 }, () => ({ does: 'answers' })));
    await drain();
    expect(await state()).to.deep.equal({ is: 'active', failures: 0 });
    expect(await states()).to.deep.equal(Array.from({ length: 6 }, () => 'pending 1'));
  });

  for (const [what, leap] of [
    ['hours', 5 * hour],
    ['days', 40 * day],
    ['years', 3 * 365 * day],
  ] as const) {
    it(`goes on when the clock was ${what} ahead and is set right, also what waited`, async () => {
      clock.advance(leap);
      await open({ breaker: { after: 1, rest: '1m', restMax: '1m' } });
      await add({ does: 'down' }, { does: 'too many' }, {}, {});
      await drain();
      expect(await state()).to.include({ is: 'held' });
      clock.advance(-leap);
      await stores().outbox.endLeaps({ now: clock.now(), leaseTime: 15_000, targets: ['zup'] });
      calm();
      for (let round = 0; round < 12; round += 1) {
        await drain();
        clock.advance(10_000);
      }
      expect((await states()).every((each) => each.startsWith('delivered'))).to.equal(true);
    });
  }

  it('gives nothing up for a leap of days, a pause, a rest or a hold', async () => {
    await open({ breaker: { after: 3, rest: '1m' } });
    await add({ does: 'down' });
    await drain();
    clock.advance(10 * day);
    await drain();
    await stores().states.pause('zup', clock.now());
    clock.advance(day);
    await drain();
    await stores().states.resume('zup');
    await drain();
    clock.advance(day);
    await drain();
    expect(await states()).to.deep.equal(['pending 4']);
    for (let round = 0; round < 400; round += 1) {
      clock.advance(60_000);
      await drain();
    }
    const [delivery] = await stores().outbox.list({});
    expect(delivery).to.include({ state: 'dead', reason: 'gave up' });
    expect(delivery?.attempts, 'an hour of waits of ten seconds').to.be.within(350, 370);
  });

  it('is named by health, whether it rests, is held or is paused', async () => {
    await open();
    await service.app.start();
    const ready = async (): Promise<unknown> => (await fetch(`${service.app.consoleUrl}/health/ready`)).json();
    expect(await ready()).to.deep.include({ status: 'ready', resting: [], held: [], paused: [], holding: [] });
    const rest = { failures: 3, until: clock.now() + 60_000, length: 60_000 };
    await stores().states.save('zup', { is: 'resting', ...rest }, clock.now());
    await stores().states.hold('zup', 'somebody@example.org', clock.now(), 60_000);
    expect(await ready()).to.deep.include({ status: 'ready', resting: ['zup'], holding: ['zup'] });
    await stores().states.save('zup', { is: 'held', ...rest }, clock.now());
    expect(await ready()).to.deep.include({ held: ['zup'], resting: [] });
    await stores().states.pause('zup', clock.now());
    expect(await ready()).to.deep.include({ paused: ['zup'], held: [], holding: [] });
  });

  it('begins afresh when it is resumed', async () => {
    await open({ breaker: { after: 1, rest: '1m' } });
    await add({ does: 'down' });
    await drain();
    expect(await state()).to.include({ is: 'resting' });
    await stores().states.resume('zup');
    expect(await state()).to.deep.equal({ is: 'active', failures: 0 });
  });

  it('keeps what a person should see of a delivery', async () => {
    await open();
    await add({ does: 'odd' }, {});
    await drain();
    expect((await stores().outbox.list({})).toReversed().map(({ attention }) => attention)).to.deep.equal([
      [{ ru: 'ДатаРождения differs', en: 'ДатаРождения differs' }],
      [],
    ]);
  });
});
