import { expect } from 'chai';
import { runSql } from '../support/procedures.ts';
import fc from 'fast-check';
import type { Claim, Settlement } from '../../src/outbox/delivery.ts';
import { inForm, seed } from '../support/form.ts';
import { insertAll, newDelivery, openStores, storeEngines, type Stores } from '../support/stores.ts';
import { Model } from './model.ts';

interface Real {
  readonly stores: Stores;
  readonly claims: Claim[];
}

const leaseTime = 100;
const failed = { failed: { ru: 'не вышло', en: 'did not work' } };

/** One thing done to both, after which both must look the same. */
class Step implements fc.AsyncCommand<Model, Real> {
  readonly #words: string;
  readonly #act: (model: Model, real: Real) => Promise<void>;

  constructor(words: string, act: (model: Model, real: Real) => Promise<void>) {
    this.#words = words;
    this.#act = act;
  }

  check(): boolean {
    return true;
  }

  async run(model: Model, real: Real): Promise<void> {
    await this.#act(model, real);
    const seen = (await real.stores.outbox.list({}))
      .toReversed()
      .map(({ id, state, reason, attempts, dueAt, blocked }) => ({ id, state, reason, attempts, dueAt, blocked }));
    expect(seen).to.deep.equal(
      [...model.deliveries.values()].map(({ lane, delivery }) => ({
        id: delivery.id,
        reason: delivery.reason,
        attempts: delivery.outcomes.length,
        ...lane.seen(delivery),
      })),
    );
    const interrupted = await real.stores.database.queries
      .selectFrom('lanes')
      .innerJoin('deliveries', (join) => join.onRef('lane_id', '=', 'lanes.id').onRef('pos', '=', 'head'))
      .select(['deliveries.id', 'interrupted'])
      .orderBy('deliveries.id')
      .execute();
    expect(interrupted).to.deep.equal(
      [...model.lanes.values()]
        .flatMap(({ head, interrupted }) => (head === undefined ? [] : { id: head.id, interrupted }))
        .toSorted((a, b) => a.id - b.id),
    );
  }

  toString(): string {
    return this.#words;
  }
}

const insert = fc
  .array(
    fc.record({
      key: fc.constantFrom('a', 'b', null),
      broken: fc.integer({ min: 0, max: 4 }).map((number) => number === 0),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map(
    (plan) =>
      new Step(`insert ${JSON.stringify(plan)}`, async (model, { stores }) => {
        const ids = await insertAll(
          stores,
          plan.map(({ key, broken }) => newDelivery({ key, createdAt: model.now, ...(broken && { made: failed }) })),
        );
        // Ids follow the order of the locks: lanes of one delivery first.
        for (const { key, broken, id } of plan
          .map((each, index) => ({ ...each, id: ids[index] ?? 0 }))
          .toSorted((one, other) => one.id - other.id))
          model.insert(id, key, broken);
      }),
  );

const claim = fc.integer({ min: 1, max: 3 }).map(
  (most) =>
    new Step(`claim ${most}`, async (model, { stores, claims }) => {
      const due = model.due();
      const got = await stores.outbox.claim({ target: 'zup', now: model.now, until: model.now + leaseTime, most });
      expect(got).to.have.length(Math.min(most, due.length));
      const chosen = new Set(got.map(({ id }) => model.deliveries.get(id)?.lane));
      const left = due.filter((lane) => !chosen.has(lane)).map((lane) => lane.due ?? 0);
      for (const each of got) {
        const lane = due.find(({ head }) => head?.id === each.id) ?? expect.fail(`delivery ${each.id} is not due`);
        expect(lane.due).to.be.at.most(Math.min(...left, Infinity), 'the longest due first');
        model.claim(lane, model.now + leaseTime);
        claims.push(each);
        expect(each).to.include({
          attempt: (lane.head?.outcomes.length ?? 0) + 1,
          counted: lane.counted,
          spent: lane.spent,
          triedSince: lane.since,
          attemptBytes: lane.head?.bytes,
        });
      }
    }),
);

const which = fc.nat({ max: 50 });
const outcomes = fc.constantFrom('delivered', 'retry', 'unknown', 'dead');

/** Any claim that was ever made, so that late and doubled settles come up as often as due ones. */
const costs = fc.constantFrom('attempt' as const, 'interruption' as const, 'held' as const);

const settle = fc.tuple(which, outcomes, fc.nat({ max: 150 }), costs, fc.nat({ max: 100 })).map(
  ([pick, outcome, wait, cost, size]) =>
    new Step(`settle ${pick} ${outcome} +${wait} ${cost} ${size}`, async (model, { stores, claims }) => {
      if (claims.length === 0) return;
      // The latest ones more often than others: they are the ones that still hold.
      const index = Math.max(0, claims.length - 1 - (pick % 6));
      const held = claims[index] ?? expect.fail('no claim');
      const ended = {
        startedAt: model.now,
        finishedAt: model.now,
        summary: null,
        exchanges: [{ sent: { summary: 'POST', body: 'ж'.repeat(size) }, received: null }],
        warnings: [],
      };
      const settlement: Settlement =
        outcome === 'delivered'
          ? { ...ended, outcome }
          : outcome === 'dead'
            ? { ...ended, outcome, reason: 'rejected' }
            : { ...ended, outcome, dueAt: model.now + wait, wait, cost, spends: size };
      expect(await stores.outbox.settle(held, settlement)).to.equal(
        model.settle(index, outcome, {
          dueAt: model.now + wait,
          cost,
          spends: size,
          reason: 'rejected',
          bytes: Buffer.byteLength(JSON.stringify(ended.exchanges)),
        }),
      );
    }),
);

const release = which.map(
  (pick) =>
    new Step(`release ${pick}`, async (model, { stores, claims }) => {
      const index = claims.length === 0 ? 0 : pick % claims.length;
      const held = claims[index];
      if (held === undefined) return;
      await stores.outbox.release(held);
      model.release(index);
    }),
);

const extend = which.map(
  (pick) =>
    new Step(`extend ${pick}`, async (model, { stores, claims }) => {
      const index = claims.length === 0 ? 0 : pick % claims.length;
      const held = claims[index];
      if (held === undefined) return;
      expect(await stores.outbox.extend([held], model.now + leaseTime)).to.deep.equal([model.holds(index)]);
      expect(await stores.outbox.saveProgress(held, '{}')).to.equal(model.holds(index));
      const lease = model.claims[index]?.lane.lease;
      if (model.holds(index) && lease !== undefined) lease.until = model.now + leaseTime;
    }),
);

const pass = fc
  .integer({ min: 1, max: 160 })
  .map((time) => new Step(`${time} ms pass`, async (model) => void (model.now += time)));

const recover = fc.boolean().map(
  (dead) =>
    new Step(`recover ${dead ? 'as dead' : 'again'}`, async (model, { stores }) => {
      expect(await stores.outbox.recover(model.now, () => (dead ? 'dead' : 'again'))).to.equal(model.recover(dead));
    }),
);

const restart = fc.constant(
  new Step('restart', async (model, { stores }) => {
    await stores.outbox.expireLeases();
    for (const { lease } of model.lanes.values()) if (lease !== undefined) lease.until = 1;
  }),
);

/** As if the process had died 49 times while sending what it holds: once more, and it is a dead letter. */
const crashes = fc.constant(
  new Step('49 crashes', async (model, { stores: { database } }) => {
    await database.call(runSql, 'update lanes set interrupted = 49 where lease_until > 0');
    for (const lane of model.lanes.values()) if (lane.lease !== undefined) lane.interrupted = 49;
  }),
);

const sweep = fc.constant(new Step('sweep', async (_model, { stores }) => stores.outbox.sweepIdle()));

const retry = which.map(
  (id) =>
    new Step(`retry ${id}`, async (model, { stores }) => {
      const target = (id % (model.deliveries.size + 1)) + 1;
      expect((await stores.outbox.retry(target, model.now)).done).to.equal(model.retry(target));
    }),
);

const cancel = which.map(
  (id) =>
    new Step(`cancel ${id}`, async (model, { stores }) => {
      const target = (id % (model.deliveries.size + 1)) + 1;
      expect((await stores.outbox.cancel(target, model.now)).done).to.equal(model.cancel(target));
    }),
);

const remap = fc.constantFrom('record', 'failed', 'skipped').map(
  (outcome) =>
    new Step(`remap ${outcome}`, async (model, { stores: { outbox } }) => {
      const waiting = await outbox.unmapped(10);
      expect(waiting.map(({ id }) => id)).to.deep.equal(
        [...model.deliveries.values()]
          .filter(({ delivery }) => delivery.state === 'pending' && !delivery.hasRecord)
          .map(({ delivery }) => delivery.id),
      );
      for (const { id } of waiting) {
        const remapped =
          outcome === 'record'
            ? { outcome, record: '{"again":1}', idempotencyKey: 'k', mappingHash: 'h' }
            : outcome === 'failed'
              ? { outcome, text: failed.failed }
              : { outcome };
        await outbox.remap(id, remapped, model.now);
        model.remap(id, outcome);
      }
    }),
);

const steps = [
  insert,
  insert,
  claim,
  claim,
  settle,
  settle,
  settle,
  release,
  extend,
  pass,
  recover,
  restart,
  crashes,
  crashes,
  sweep,
  retry,
  cancel,
  remap,
];
const runs = { sqlite: inForm(25, 1500), postgres: inForm(5, 100), 'sqlite, in a thread': inForm(5, 100) };

for (const engine of storeEngines)
  describe(`outbox against a model, on ${engine} (seed ${seed})`, function () {
    this.timeout(600_000);

    it('does what an array and a few ifs do, whatever is done to it in whatever order', async () => {
      await fc.assert(
        fc.asyncProperty(fc.commands(steps, { maxCommands: 60, size: 'max' }), async (commands) => {
          const stores = await openStores(engine);
          try {
            const model = new Model();
            await fc.asyncModelRun(() => ({ model, real: { stores, claims: [] } }), commands);
            for (const { delivery } of model.deliveries.values()) {
              expect(
                (await stores.outbox.attempts(delivery.id)).map(({ outcome }) => outcome),
                `attempts of ${delivery.id}`,
              ).to.deep.equal(delivery.outcomes);
            }
          } finally {
            await stores.close();
          }
        }),
        { seed, numRuns: runs[engine] },
      );
    });
  });
