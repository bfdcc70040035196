import { expect } from 'chai';
import { first } from '../support/procedures.ts';
import type { Claim, Settlement } from '../../src/outbox/delivery.ts';
import { insertAll, newDelivery, openStores, storeEngines, type Stores } from '../support/stores.ts';

const ended = { startedAt: 2000, finishedAt: 2001, summary: null, exchanges: [], warnings: [] } as const;
const delivered: Settlement = { ...ended, outcome: 'delivered' };
const dead: Settlement = { ...ended, outcome: 'dead', reason: 'rejected' };
const failed = { failed: { ru: 'не вышло', en: 'did not work' } };

for (const engine of storeEngines)
  describe(`outbox on ${engine}`, () => {
    let stores: Stores;

    beforeEach(async () => {
      stores = await openStores(engine);
    });

    afterEach(() => stores.close());

    const claim = (now = 2000, most = 16, target = 'zup') =>
      stores.outbox.claim({ target, now, until: now + 30_000, most });

    async function claimOne(now = 2000): Promise<Claim> {
      const [only, ...others] = await claim(now);
      expect(others).to.have.length(0);
      if (only === undefined) throw new Error('nothing was claimed');
      return only;
    }

    const states = async () => (await stores.outbox.list({})).toReversed().map((delivery) => delivery.state);

    it('claims only the head of a lane', async () => {
      const [first] = await insertAll(stores, [newDelivery(), newDelivery()]);

      const claims = await claim();

      expect(claims.map((each) => each.id)).to.deep.equal([first]);
      expect(await claim()).to.deep.equal([]);
    });

    it('claims several lanes at once, the longest due first, and no more than asked', async () => {
      const ids = await insertAll(stores, [
        newDelivery({ key: 'a', createdAt: 300 }),
        newDelivery({ key: 'b', createdAt: 100 }),
        newDelivery({ key: 'c', createdAt: 200 }),
      ]);

      const claims = await claim(2000, 2);

      expect(claims.map((each) => each.id)).to.have.members([ids[1], ids[2]]);
    });

    it('does not claim before a delivery is due', async () => {
      await insertAll(stores, [newDelivery({ createdAt: 5000 })]);

      expect(await claim(4999)).to.have.length(0);
      expect(await claim(5000)).to.have.length(1);
    });

    it('claims nothing for a target that a person has paused, whoever looked at it before', async () => {
      await insertAll(stores, [newDelivery(), newDelivery({ target: 'intranet' })]);
      await stores.states.pause('zup', 1500);
      expect(await claim()).to.have.length(0);
      expect(await claim(2000, 16, 'intranet')).to.have.length(1);
      await stores.states.resume('zup');
      expect(await claim()).to.have.length(1);
    });

    it('keeps the lanes of two organisations apart although their keys are alike', async () => {
      await insertAll(stores, [newDelivery({ scope: 'a/1' }), newDelivery({ scope: 'b/1' })]);

      expect(await claim()).to.have.length(2);
    });

    it('claims deliveries without a key all at once', async () => {
      await insertAll(stores, [
        newDelivery({ key: null }),
        newDelivery({ key: null }),
        newDelivery({ order: 'none' }),
        newDelivery({ order: 'none' }),
      ]);

      expect(await claim()).to.have.length(4);
    });

    it('gives the next delivery its turn when the head is delivered', async () => {
      const [first, second] = await insertAll(stores, [newDelivery(), newDelivery()]);

      expect(await stores.outbox.settle(await claimOne(), delivered)).to.equal(true);

      expect((await claimOne(3000)).id).to.equal(second);
      expect((await stores.outbox.list({ id: first ?? 0 }))[0]).to.include({ state: 'delivered', attempts: 1 });
    });

    it('shows a leased head as sending', async () => {
      await insertAll(stores, [newDelivery(), newDelivery()]);
      await claimOne();

      expect(await states()).to.deep.equal(['sending', 'pending']);
      expect((await stores.outbox.list({ state: 'sending' })).length).to.equal(1);
      expect((await stores.outbox.list({ state: 'pending' })).length).to.equal(1);
    });

    it("counts attempts and keeps the first one's time over retries", async () => {
      await insertAll(stores, [newDelivery()]);
      await stores.outbox.settle(await claimOne(2000), {
        ...ended,
        outcome: 'retry',
        dueAt: 3000,
        wait: 0,
        cost: 'attempt',
        spends: 0,
      });

      expect(await claim(2999)).to.have.length(0);
      const again = await claimOne(3000);

      expect(again).to.include({ attempt: 2, counted: 2, triedSince: 2000 });
    });

    it('leaves an attempt that does not count out of the retry budget, but in the log', async () => {
      const [id] = await insertAll(stores, [newDelivery()]);
      await stores.outbox.settle(await claimOne(2000), {
        ...ended,
        outcome: 'unknown',
        dueAt: 2000,
        wait: 0,
        cost: 'interruption',
        spends: 0,
      });

      expect(await claimOne(2000)).to.include({ attempt: 2, counted: 1 });
      expect(await stores.outbox.attempts(id ?? 0)).to.have.length(1);
    });

    it('blocks a lane behind a dead letter and nothing else', async () => {
      await insertAll(stores, [newDelivery(), newDelivery(), newDelivery({ key: 'applicant/18' })]);
      const claims = await claim();
      for (const each of claims) await stores.outbox.settle(each, each.key === 'applicant/17' ? dead : delivered);

      expect(await claim(10_000_000)).to.have.length(0);
      expect(await states()).to.deep.equal(['dead', 'pending', 'delivered']);
      expect((await stores.outbox.list({ state: 'pending' }))[0]).to.include({ blocked: true, dueAt: null });
    });

    it('does not block others with a dead letter that keeps no order', async () => {
      await insertAll(stores, [newDelivery({ order: 'none' })]);
      await stores.outbox.settle(await claimOne(), dead);
      const [, second] = [0, ...(await insertAll(stores, [newDelivery({ order: 'none' })]))];

      expect((await claimOne()).id).to.equal(second);
    });

    it('revives a dead letter with a fresh budget, ahead of what it held back', async () => {
      const [first] = await insertAll(stores, [newDelivery(), newDelivery()]);
      await stores.outbox.settle(await claimOne(), dead);

      expect(await stores.outbox.retry(first ?? 0, 3000)).to.deep.equal({ done: true });

      expect(await claimOne(3000)).to.include({ id: first, attempt: 2, counted: 1, triedSince: 3000 });
    });

    it('goes on behind a cancelled dead letter', async () => {
      const [first, second] = await insertAll(stores, [newDelivery(), newDelivery()]);
      await stores.outbox.settle(await claimOne(), dead);

      expect(await stores.outbox.cancel(first ?? 0, 3000)).to.deep.equal({ done: true });

      expect((await claimOne(3000)).id).to.equal(second);
      expect(await states()).to.deep.equal(['cancelled', 'sending']);
    });

    it('skips what was cancelled while it waited', async () => {
      const [, second, third] = await insertAll(stores, [newDelivery(), newDelivery(), newDelivery()]);
      await stores.outbox.cancel(second ?? 0, 1500);
      await stores.outbox.settle(await claimOne(), delivered);

      expect((await claimOne(3000)).id).to.equal(third);
    });

    it('refuses to touch what is being sent, delivered or unknown', async () => {
      const [first] = await insertAll(stores, [newDelivery()]);
      const held = await claimOne();

      expect(await stores.outbox.cancel(first ?? 0, 2000)).to.have.nested.property(
        'why.en',
        `delivery ${first} is being sent right now: wait for the attempt to end`,
      );
      await stores.outbox.settle(held, delivered);
      expect(await stores.outbox.retry(first ?? 0, 2000)).to.have.property('done', false);
      expect(await stores.outbox.retry(999, 2000)).to.have.nested.property('why.en', 'there is no delivery 999');
    });

    it('puts a failed mapping in its place in the order as a dead letter', async () => {
      const [, broken, third] = await insertAll(stores, [newDelivery(), newDelivery({ made: failed }), newDelivery()]);
      await stores.outbox.settle(await claimOne(), delivered);

      expect(await claim()).to.have.length(0);
      expect((await stores.outbox.list({ id: broken ?? 0 }))[0]).to.deep.include({
        state: 'dead',
        reason: 'mapping failed',
        lastError: failed.failed,
      });
      await stores.outbox.cancel(broken ?? 0, 3000);
      expect((await claimOne(3000)).id).to.equal(third);
    });

    it('waits for the mapper when a failed mapping is retried, then sends the new record first', async () => {
      const [broken] = await insertAll(stores, [newDelivery({ made: failed }), newDelivery()]);
      await stores.outbox.retry(broken ?? 0, 2000);

      expect(await claim()).to.have.length(0);
      expect((await stores.outbox.unmapped(10)).map(({ id }) => id)).to.deep.equal([broken]);
      await stores.outbox.remap(
        broken ?? 0,
        { outcome: 'record', record: '{"mended":1}', idempotencyKey: 'k2', mappingHash: 'h2' },
        2500,
      );

      expect(await claimOne(2500)).to.include({ id: broken, record: '{"mended":1}' });
    });

    it('lets a holder that lost its lease settle nothing', async () => {
      await insertAll(stores, [newDelivery()]);
      const late = await claimOne(2000);
      await stores.outbox.recover(2000 + 30_000);
      const current = await claimOne(40_000);

      expect(await stores.outbox.settle(late, delivered)).to.equal(false);
      expect(await stores.outbox.extend([late, current], 99_999)).to.deep.equal([false, true]);
      expect(await stores.outbox.saveProgress(late, '{}')).to.equal(false);
      expect(await states()).to.deep.equal(['sending']);
      expect(await stores.outbox.settle(current, delivered)).to.equal(true);
    });

    it('settles a claim once, however often it is asked', async () => {
      const [id] = await insertAll(stores, [newDelivery(), newDelivery()]);
      const held = await claimOne();

      const settled = await Promise.all([stores.outbox.settle(held, delivered), stores.outbox.settle(held, delivered)]);

      expect(settled).to.deep.equal([true, false]);
      expect(await stores.outbox.attempts(id ?? 0)).to.have.length(1);
      expect(await states()).to.deep.equal(['delivered', 'pending']);
    });

    it('settles the claim that holds, also when one that came late is settled at the same time', async () => {
      const [id] = await insertAll(stores, [newDelivery()]);
      const late = await claimOne(2000);
      await stores.outbox.recover(2000 + 30_000);
      const current = await claimOne(40_000);

      const settled = await Promise.all([stores.outbox.settle(late, dead), stores.outbox.settle(current, delivered)]);

      expect(settled).to.deep.equal([false, true]);
      expect((await stores.outbox.attempts(id ?? 0)).map(({ outcome }) => outcome)).to.deep.equal([
        'unknown',
        'delivered',
      ]);
    });

    it('records the attempt of a process that died as unknown, at no cost to the budget', async () => {
      const [id] = await insertAll(stores, [newDelivery()]);
      await claimOne(2000);
      await stores.outbox.expireLeases();

      expect(await stores.outbox.recover(2100)).to.equal(1);

      expect((await stores.outbox.attempts(id ?? 0)).map((attempt) => attempt.outcome)).to.deep.equal(['unknown']);
      expect(await claimOne(2100)).to.include({ id, attempt: 2, counted: 1 });
    });

    it('gives back a claim as if it had never been taken', async () => {
      const [id] = await insertAll(stores, [newDelivery()]);
      await stores.outbox.release(await claimOne(2000));

      expect(await stores.outbox.attempts(id ?? 0)).to.have.length(0);
      expect(await claimOne(5000)).to.include({ attempt: 1, counted: 1, triedSince: 5000 });
    });

    it('keeps progress for the next attempt', async () => {
      await insertAll(stores, [newDelivery()]);
      const first = await claimOne();
      await stores.outbox.saveProgress(first, '{"step":1}');
      await stores.outbox.settle(first, {
        ...ended,
        outcome: 'retry',
        dueAt: 2500,
        wait: 0,
        cost: 'attempt',
        spends: 0,
      });

      expect((await claimOne(2500)).progress).to.equal('{"step":1}');
    });

    it('wakes an idle lane with the next delivery, also after a sweep', async () => {
      await insertAll(stores, [newDelivery()]);
      await stores.outbox.settle(await claimOne(), delivered);
      const [second] = await insertAll(stores, [newDelivery()]);
      const again = await claimOne();
      expect(again.id).to.equal(second);
      await stores.outbox.settle(again, delivered);

      await stores.outbox.sweepIdle();
      const [third] = await insertAll(stores, [newDelivery()]);

      expect((await claimOne()).id).to.equal(third);
      expect(await states()).to.deep.equal(['delivered', 'delivered', 'sending']);
    });

    it('lets only the first event with a value of `once` through', async () => {
      const once = { mapping: 'hire', scope: 's', value: '9041' };
      const isFirst = (values: object) => stores.database.call(first, { ...once, event: 1, ...values });

      expect(await isFirst({})).to.equal(true);
      expect(await isFirst({ event: 2 })).to.equal(false);
      expect(await isFirst({ event: 2, scope: 'other' })).to.equal(true);
      expect(await isFirst({ event: 2, mapping: 'other' })).to.equal(true);
    });
  });
