import { expect } from 'chai';
import fc from 'fast-check';
import { mixed } from 'yup';
import {
  type Adapter,
  type DeliveryContext,
  type Receipt,
  RejectedError,
  UnavailableError,
  UncertainError,
} from '../../src/adapter.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { TargetLoop } from '../../src/dispatch/target-loop.ts';
import { createLog } from '../../src/report/log.ts';
import { KeptReferences } from '../../src/outbox/references.ts';
import { Report } from '../../src/report/report.ts';
import type { Target } from '../../src/targets/target.ts';
import { Clock } from '../support/clock.ts';
import { writeFiles } from '../support/service.ts';
import { insertAll, newDelivery, openStores, type Stores } from '../support/stores.ts';
import { until } from '../support/until.ts';
import { Workspace } from '../support/workspace.ts';

class Told implements Adapter<unknown> {
  static readonly type = 'told';
  static readonly settings = mixed();
  static readonly record = mixed();
  readonly deliver: (record: unknown, delivery: DeliveryContext) => Promise<Receipt>;

  constructor(deliver: (record: unknown, delivery: DeliveryContext) => Promise<Receipt>) {
    this.deliver = deliver;
  }
}

describe('a target loop', () => {
  let stores: Stores;
  let clock: Clock;
  let log: string[];

  beforeEach(async () => {
    stores = await openStores();
    clock = new Clock();
    log = [];
  });

  afterEach(() => stores.close());

  function targetOf(values: object = {}): Target {
    const workspace = new Workspace();
    const { config } = loadConfig(
      writeFiles(workspace, { config: { targets: { zup: { adapter: 'told', ...values } } } }),
      {},
    );
    workspace.remove();
    const [target] = config?.targets ?? [];
    if (target === undefined) throw new Error('the config of the test is faulty');
    return {
      name: 'zup',
      config: target,
      adapter: Told,
      settings: {},
      concurrency: target.concurrency ?? 4,
      timeout: 1000,
      record: Told.record,
      order: 'strict',
      unknown: 'again',
    };
  }

  function loopOf(
    deliver: Told['deliver'],
    values: object = {},
    {
      unknown = 'again',
      ...times
    }: { unknown?: Target['unknown']; leaseTime?: number; longest?: number; ticks?: () => number } = {},
  ): TargetLoop {
    return new TargetLoop({
      target: { ...targetOf(values), unknown },
      adapter: new Told(deliver),
      outbox: stores.outbox,
      states: stores.states,
      report: new Report(createLog('debug', { write: (line) => void log.push(line) })),
      references: ({ scope }) => new KeptReferences(stores.database, 'zup', scope),
      now: clock.now,
      random: () => 0.5,
      ...times,
    });
  }

  const due = (key: string | null, number: number) =>
    newDelivery({
      key,
      eventId: number,
      createdAt: clock.now(),
      made: { record: JSON.stringify({ number }), idempotencyKey: `k${number}` },
    });

  it('takes the next record while the end of the last is written, and no more than it may have under way', async () => {
    const written = Promise.withResolvers<void>();
    let ended = 0;
    const settle = stores.outbox.settle.bind(stores.outbox);
    stores.outbox.settle = async (...end) => {
      ended += 1;
      await written.promise;
      return settle(...end);
    };
    const reached: number[] = [];
    const loop = loopOf(
      async (_record, { id }) => {
        reached.push(id);
        return {};
      },
      { concurrency: 2 },
    );
    await insertAll(stores, ['a', 'b', 'c', 'd', 'e', 'f'].map(due));
    loop.start();
    await until('four ends', () => ended === 4);
    expect(await loop.underWay()).to.have.length(4);
    written.resolve();
    await until('all are delivered', async () => (await stores.outbox.list({ state: 'delivered' })).length === 6);
    await loop.stop(AbortSignal.timeout(1000));
    expect(new Set(reached).size).to.equal(6);
  });

  it('tells once of an attempt that does not end', async () => {
    const told = () => log.filter((line) => line.includes('an attempt does not end'));
    const never = Promise.withResolvers<Receipt>();
    let ticks = 0;
    const loop = loopOf(() => never.promise, {}, { leaseTime: 60, ticks: () => ticks });
    await insertAll(stores, ['a'].map(due));
    loop.start();
    await until('it is under way', async () => (await loop.underWay()).length === 1);
    ticks += 119_000;
    clock.time += 3_600_000; // set by somebody: nothing has lasted an hour
    let renewals = 0;
    const extend = stores.outbox.extend.bind(stores.outbox);
    stores.outbox.extend = (...held) => {
      renewals += 1;
      return extend(...held);
    };
    const renewed = async () => {
      const before = renewals;
      await until('leases were renewed twice', () => renewals > before + 2);
    };
    await renewed();
    expect(told()).to.deep.equal([]);
    ticks += 2000;
    await until('somebody was told', () => told().length > 0);
    await renewed();
    expect(told()).to.have.length(1);
    expect(JSON.parse(told()[0] ?? '')).to.include({ target: 'zup', seconds: 121, delivery: 1 });
    never.resolve({});
    await loop.stop(AbortSignal.timeout(1000));
  });

  it('waits no longer for what never ends: the outcome is unknown, says why, and its place is free', async () => {
    const deaf = Promise.withResolvers<Receipt>();
    let late: Promise<void> | undefined;
    const loop = loopOf(
      async (_record, delivery) => {
        const { id, signal } = delivery;
        const told = Promise.withResolvers<void>();
        signal.addEventListener('abort', () => told.resolve(), { once: true });
        if (id === 1) {
          late = told.promise.then(() => deaf.promise).then(() => delivery.saveProgress({ came: 'too late' }));
          late.catch(() => undefined);
          return deaf.promise;
        }
        if (id === 2) return told.promise.then(() => Promise.reject(new TypeError('cut')));
        return {};
      },
      { concurrency: 2, retry: { schedule: ['1h'] } },
      { longest: 30 },
    );
    await insertAll(stores, ['a', 'b', 'c'].map(due));
    expect(await loop.drain()).to.equal(3);
    const states = (await stores.outbox.list({})).map(({ id, state, attempts }) => [id, state, attempts]);
    expect(states).to.have.deep.members([
      [1, 'pending', 1],
      [2, 'pending', 1],
      [3, 'delivered', 1],
    ]);
    for (const id of [1, 2]) {
      const [attempt] = await stores.outbox.attempts(id);
      expect(attempt?.outcome).to.equal('unknown');
      expect(attempt?.summary?.ru).to.match(/^Адаптер не кончил доставку за 1 мин, .*исправьте класс\.$/);
    }
    deaf.resolve({});
    expect(await late?.catch((error: unknown) => String(error))).to.match(/the lease was lost/);
  });

  it('delivers each key in order and everything once, whatever fails in between', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(
            fc.constantFrom('a', 'b', 'c', null),
            fc.array(fc.constantFrom('later', 'unsure', 'bug'), { maxLength: 3 }),
          ),
          { minLength: 1, maxLength: 14 },
        ),
        async (plan) => {
          const fates = plan.map(([, failures]) => [...failures]);
          const reached: number[] = [];
          const loop = loopOf(
            async (record, delivery) => {
              const number = Number(Reflect.get(Object(record), 'number'));
              expect(delivery.idempotencyKey).to.equal(`k${number}`);
              const fate = fates[number]?.shift();
              if (fate === 'later') throw new UnavailableError('later');
              if (fate === 'unsure') throw new UncertainError('unsure');
              if (fate === 'bug') throw new TypeError('bug');
              reached.push(number);
              return {};
            },
            { retry: { schedule: ['1s', '5s'] }, breaker: { after: 2, rest: '1s', restMax: '4s' } },
          );
          await insertAll(
            stores,
            plan.map(([key], number) => due(key, number)),
          );
          for (let round = 0; round < 400 && reached.length < plan.length; round += 1) {
            await loop.drain();
            clock.advance(1000);
          }
          expect(
            reached.toSorted((a, b) => a - b),
            'everything, once',
          ).to.deep.equal(plan.map((_each, number) => number));
          for (const key of ['a', 'b', 'c']) {
            const own = reached.filter((number) => plan[number]?.[0] === key);
            expect(own, `order of ${key}`).to.deep.equal(own.toSorted((a, b) => a - b));
          }
          for (const { id, attempts } of await stores.outbox.list({ state: 'delivered' }))
            expect(await stores.outbox.attempts(id)).to.have.length(attempts);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('never runs more at a time than it may, nor two of one key', async () => {
    let running = 0;
    let most = 0;
    const keys = new Set<string | null>();
    const loop = loopOf(
      async (_record, { key }) => {
        expect(keys.has(key), 'two of one key').to.equal(false);
        keys.add(key);
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        keys.delete(key);
        return {};
      },
      { concurrency: 3 },
    );
    await insertAll(
      stores,
      Array.from({ length: 40 }, (_none, number) => due(String(number % 7), number)),
    );
    await loop.drain();
    expect(most).to.equal(3);
    expect(await stores.outbox.list({ state: 'delivered' })).to.have.length(40);
  });

  it('settles nothing once its lease is lost, and lets the next holder do it', async () => {
    let finish: (receipt: Receipt) => void = () => undefined;
    const loop = loopOf(() => new Promise((resolve) => (finish = resolve)));
    await insertAll(stores, [due('a', 1)]);
    const drained = loop.drain();
    await until('it is being sent', async () => (await stores.outbox.list({ state: 'sending' })).length === 1);
    clock.advance(60_000);
    expect(await stores.outbox.recover(clock.now())).to.equal(1);
    const [claim] = await stores.outbox.claim({
      target: 'zup',
      now: clock.now(),
      until: clock.now() + 1000,
      most: 1,
      concurrency: 4,
    });
    finish({ summary: 'too late' });
    await drained;
    const [delivery] = await stores.outbox.list({});
    expect(delivery).to.include({ state: 'sending', attempts: 1 });
    expect((await stores.outbox.attempts(delivery?.id ?? 0)).map(({ outcome }) => outcome)).to.deep.equal(['unknown']);
    expect(log.some((line) => line.includes('after its lease was lost'))).to.equal(true);
    expect(
      await stores.outbox.settle(claim ?? expect.fail('no claim'), {
        startedAt: 1,
        finishedAt: 2,
        summary: null,
        exchanges: [],
        warnings: [],
        outcome: 'delivered',
      }),
    ).to.equal(true);
  });

  for (const [what, away, course] of [
    ['sends nothing of a claim whose lease ran out while the process stood still', false, ['cut', 'left']],
    ['sends what it has while the database is away and no lease can be renewed', true, ['left']],
  ] as const)
    it(what, async () => {
      let ticks = 0;
      const go = Promise.withResolvers<void>();
      const seen: string[] = [];
      const loop = loopOf(
        async (_record, delivery) => {
          await go.promise;
          delivery.sent({ summary: 'POST /x' });
          seen.push(delivery.signal.aborted ? 'cut' : 'left');
          if (delivery.signal.aborted) throw new UnavailableError('cut before it was on the wire');
          return {};
        },
        {},
        { leaseTime: 90, ticks: () => ticks },
      );
      const late = Promise.withResolvers<boolean[]>();
      let asked = 0;
      stores.outbox.extend = async () => {
        asked += 1;
        if (!away) return late.promise;
        throw Object.assign(new Error('away'), { code: 'SQLITE_BUSY' });
      };
      await insertAll(stores, [due('a', 1)]);
      loop.start();
      await until('it is under way', async () => (await loop.underWay()).length === 1);
      ticks = 91;
      const before = asked;
      await until('it was to be renewed', () => asked > (away ? before + 1 : 0));
      go.resolve();
      await until('it is delivered', async () => (await stores.outbox.list({ state: 'delivered' })).length === 1);
      late.resolve([]);
      await loop.stop(AbortSignal.abort());
      expect(seen).to.deep.equal(course);
      expect((await stores.outbox.list({}))[0]).to.include({ state: 'delivered', attempts: 1 });
    });

  it('sends in the end what an adapter has computed on for longer than a lease, again and again', async () => {
    let ticks = 0;
    const seen: string[] = [];
    const loop = loopOf(
      async (_record, delivery) => {
        ticks += 100;
        delivery.sent({ summary: 'POST /x' });
        seen.push(delivery.signal.aborted ? 'cut' : 'left');
        if (delivery.signal.aborted) throw new UnavailableError('cut before it was on the wire');
        return {};
      },
      { concurrency: 1 },
      { leaseTime: 90, ticks: () => ticks },
    );
    await insertAll(stores, [due('a', 1), due('b', 2)]);
    await loop.drain();
    expect(seen).to.deep.equal(['cut', 'left', 'cut', 'left']);
  });

  for (const [unknown, state] of [
    ['again', 'pending'],
    ['dead', 'dead'],
  ] as const)
    it(`leaves what a stop cut short ${state} when an unknown outcome means ${unknown}`, async () => {
      let sent = false;
      const loop = loopOf(
        (_record, delivery) => {
          delivery.sent({ summary: 'POST /x' });
          sent = true;
          return new Promise((_resolve, reject) =>
            delivery.signal.addEventListener('abort', () => reject(new UncertainError('cut'))),
          );
        },
        {},
        { unknown },
      );
      const [id = 0] = await insertAll(stores, [due('a', 1)]);
      loop.start();
      await until('it is under way', () => sent);
      await loop.stop(AbortSignal.abort());
      await until('it is settled', async () => (await stores.outbox.attempts(id)).length === 1);
      expect((await stores.outbox.list({}))[0]).to.deep.include({
        state,
        reason: unknown === 'dead' ? 'unknown outcome' : null,
      });
    });

  it('keeps what was sent and what came back with the attempt as it was, cut at 8 KB and without secrets', async () => {
    const loop = loopOf(async (_record, delivery) => {
      delivery.sent({ summary: 'POST /employees', body: { Фамилия: 'Иванова', note: 'ж'.repeat(20_000) } })({
        summary: '422 Unprocessable',
        body: 'Иванова Анна уже есть',
      });
      throw new RejectedError('refused');
    });
    const [id] = await insertAll(stores, [due('a', 1)]);
    await loop.drain();
    const [attempt] = await stores.outbox.attempts(id ?? 0);
    expect(attempt?.outcome).to.equal('dead');
    const [exchange] = attempt?.exchanges ?? [];
    expect(exchange?.sent.summary).to.equal('POST /employees');
    expect(exchange?.sent.body?.length).to.be.within(8000, 8193);
    expect(exchange?.sent.body).to.include('"Фамилия":"Иванова"');
    expect(exchange?.received?.body).to.equal('Иванова Анна уже есть');
  });

  it('keeps every attempt, but no more bodies once they take a few megabytes', async () => {
    const loop = loopOf(
      async (_record, delivery) => {
        for (let each = 0; each < 12; each += 1)
          delivery.sent({ summary: `POST /${each}`, body: 'ж'.repeat(20_000) })({
            summary: '500',
            body: 'ж'.repeat(20_000),
          });
        throw new UnavailableError('x'.repeat(100_000));
      },
      { retry: { schedule: ['1s'], attempts: 30 }, breaker: { after: 1000 } },
    );
    const [id] = await insertAll(stores, [due('a', 1)]);
    for (let round = 0; round < 30; round += 1) {
      await loop.drain();
      clock.advance(2000);
    }
    const attempts = await stores.outbox.attempts(id ?? 0);
    expect(attempts.map(({ outcome }) => outcome)).to.deep.equal([
      ...Array.from({ length: 29 }, () => 'retry'),
      'dead',
    ]);
    expect(Math.max(...attempts.map(({ summary }) => summary?.en.length ?? 0))).to.equal(8192);
    const sizes = attempts.map(({ exchanges }) => Buffer.byteLength(JSON.stringify(exchanges)));
    expect(sizes[0]).to.be.within(200_000, 262_144);
    expect(sizes.at(-1)).to.be.below(10_000);
    expect(sizes.reduce((sum, size) => sum + size)).to.be.within(4_000_000, 4_500_000);
    for (const { exchanges } of attempts)
      expect(exchanges.map(({ sent }) => sent.summary)).to.deep.equal(
        Array.from({ length: 12 }, (_none, each) => `POST /${each}`),
      );
    expect(attempts.at(-1)?.exchanges[11]?.received?.body).to.match(/not kept/);
  });

  it('takes whatever an adapter returns for a success', async () => {
    const odd: readonly unknown[] = [
      undefined,
      null,
      5,
      'text',
      [],
      { summary: 5, warnings: 'x' },
      { warnings: [1, null, 'one', { ru: 'два', en: 'two' }] },
    ];
    const loop = loopOf((record) =>
      Promise.resolve(JSON.parse(JSON.stringify(odd[Number(Reflect.get(Object(record), 'number'))] ?? {}))),
    );
    await insertAll(
      stores,
      odd.map((_each, number) => due(null, number)),
    );
    await loop.drain();
    expect(await stores.outbox.list({ state: 'delivered' })).to.have.length(odd.length);
  });

  it('gives an attempt the progress of the one before', async () => {
    const seen: unknown[] = [];
    const loop = loopOf(
      async (_record, delivery) => {
        seen.push(delivery.progress);
        await delivery.saveProgress({ step: delivery.attempt });
        if (delivery.attempt < 3) throw new UnavailableError('later');
        return {};
      },
      { retry: { schedule: ['1s'] } },
    );
    await insertAll(stores, [due('a', 1)]);
    for (let round = 0; round < 3; round += 1) {
      await loop.drain();
      clock.advance(2000);
    }
    expect(seen).to.deep.equal([undefined, { step: 1 }, { step: 2 }]);
  });
});
