import { expect } from 'chai';
import { runSql } from '../support/procedures.ts';
import type { Claim, Settlement } from '../../src/outbox/delivery.ts';
import { insertAll, newDelivery, openStores, storeEngines, type Stores } from '../support/stores.ts';

const ended = { startedAt: 2000, finishedAt: 2001, summary: null, exchanges: [], warnings: [] } as const;
const delivered: Settlement = { ...ended, outcome: 'delivered' };

/** Cut short together with its process. */
const unclear = (now: number): Settlement => ({
  ...ended,
  outcome: 'unknown',
  dueAt: now,
  wait: 0,
  cost: 'interruption',
  spends: 0,
});

for (const engine of storeEngines)
  describe(`what bounds the attempts of a delivery, on ${engine}`, () => {
    let stores: Stores;

    beforeEach(async () => {
      stores = await openStores(engine);
    });

    afterEach(() => stores.close());

    const claim = (now = 2000) => stores.outbox.claim({ target: 'zup', now, until: now + 30_000, most: 16 });

    async function claimOne(now = 2000): Promise<Claim> {
      const [only, ...others] = await claim(now);
      expect(others).to.have.length(0);
      if (only === undefined) throw new Error('nothing was claimed');
      return only;
    }

    it('makes a dead letter of what has ended with its process fifty times in a row, however', async () => {
      const [first, second] = await insertAll(stores, [newDelivery(), newDelivery()]);
      for (let time = 1; time <= 50; time += 1) {
        const held = await claimOne(2000 + time);
        expect(held).to.include({ id: first, attempt: time, counted: 1 });
        if (time % 2 === 0) expect(await stores.outbox.settle(held, unclear(2000 + time))).to.equal(true);
        else expect(await stores.outbox.recover(1_000_000)).to.equal(1);
        await stores.database.call(runSql, 'update lanes set due_at = 2000 where due_at is not null');
      }

      expect(await claim(9_000_000)).to.deep.equal([]);
      const [delivery] = await stores.outbox.list({ id: first ?? 0 });
      expect(delivery).to.include({ state: 'dead', reason: 'unknown outcome', attempts: 50, dueAt: null });
      expect(delivery?.lastError?.en).to.match(/50 times in a row/);
      expect((await stores.outbox.attempts(first ?? 0)).map(({ outcome }) => outcome)).to.deep.equal([
        ...Array.from({ length: 49 }, () => 'unknown'),
        'dead',
      ]);

      await stores.outbox.retry(first ?? 0, 3_000_000);
      for (let time = 1; time <= 49; time += 1)
        await stores.outbox.settle(await claimOne(3_000_000), unclear(3_000_000));
      await stores.outbox.settle(await claimOne(3_000_000), delivered);
      await stores.outbox.settle(await claimOne(3_000_000), unclear(3_000_000));
      expect(await claimOne(3_000_000), 'the next one is not held to account for it').to.include({
        id: second,
        attempt: 2,
      });
    });

    it('begins to count what ends with its process anew after an attempt that ended by itself', async () => {
      const [id] = await insertAll(stores, [newDelivery()]);
      for (let time = 1; time <= 120; time += 1) {
        await stores.outbox.settle(
          await claimOne(2000),
          time % 40 === 0
            ? { ...ended, outcome: 'retry', dueAt: 2000, wait: 0, cost: 'attempt', spends: 0 }
            : unclear(2000),
        );
      }
      expect((await stores.outbox.list({ id: id ?? 0 }))[0]).to.include({ state: 'pending', attempts: 120 });
      expect(await claimOne(2000)).to.include({ counted: 4 });
    });

    it('adds up what the exchanges of attempts take, for each delivery by itself', async () => {
      const exchanges = [
        { sent: { summary: 'POST /ж', body: 'ж'.repeat(100) }, received: { summary: '500', body: null } },
      ];
      const bytes = Buffer.byteLength(JSON.stringify(exchanges));
      await insertAll(stores, [newDelivery(), newDelivery(), newDelivery({ key: 'b' })]);
      const taken: Record<string, number[]> = {};
      for (let round = 0; round < 3; round += 1) {
        const claims = await claim();
        for (const each of claims) (taken[each.key ?? ''] ??= []).push(each.attemptBytes);
        // Together, as a batch.
        await Promise.all(
          claims.map((each) =>
            stores.outbox.settle(
              each,
              each.key === 'b'
                ? unclear(2000)
                : { ...ended, exchanges, outcome: 'retry', dueAt: 2000, wait: 0, cost: 'attempt', spends: 0 },
            ),
          ),
        );
      }
      for (const each of await claim()) await stores.outbox.settle(each, { ...ended, exchanges, outcome: 'delivered' });
      expect(taken).to.deep.equal({ 'applicant/17': [0, bytes, 2 * bytes], b: [0, 2, 4] });
      expect(await claimOne(3000), 'the next one of the key').to.include({ attemptBytes: 0 });
      expect(
        await stores.database.queries.selectFrom('deliveries').select('attempt_bytes').orderBy('id').execute(),
      ).to.deep.equal([{ attempt_bytes: 4 * bytes }, { attempt_bytes: 0 }, { attempt_bytes: 6 + bytes }]);
    });
  });
