import { expect } from 'chai';
import { countOpen } from '../../src/outbox/backlog.ts';
import { engines, insertAll, newDelivery, openStores, type Stores } from '../support/stores.ts';

for (const engine of engines)
  describe(`the backlog on ${engine}`, () => {
    let stores: Stores;

    beforeEach(async () => {
      stores = await openStores(engine);
      const failed = { failed: { ru: 'нет', en: 'no' } };
      await insertAll(stores, [
        ...Array.from({ length: 7 }, (_none, index) =>
          newDelivery({ target: 'zup', key: `${index % 3}`, createdAt: 1000 + index }),
        ),
        ...Array.from({ length: 3 }, (_none, index) =>
          newDelivery({ target: 'intranet', key: null, createdAt: 2000 + index, ...(index > 0 && { made: failed }) }),
        ),
      ]);
    });

    afterEach(() => stores.close());

    const expected = [
      { target: 'intranet', state: 'dead', count: 2, since: 2001 },
      { target: 'intranet', state: 'pending', count: 1, since: 2000 },
      { target: 'zup', state: 'pending', count: 7, since: 1000 },
    ];
    const sorted = (counts: Awaited<ReturnType<typeof countOpen>>) =>
      counts.toSorted((a, b) => (a.target + a.state < b.target + b.state ? -1 : 1));

    for (const slice of [1, 3, 7, 20_000])
      it(`is counted the same ${slice} at a time`, async () => {
        expect(sorted(await countOpen(stores.database.queries, slice))).to.deep.equal(expected);
      });

    it('names every target that something waits for, and none besides', async () => {
      expect(await stores.outbox.owed()).to.have.members(['intranet', 'zup']);
      const [claim] = await stores.outbox.claim({ target: 'intranet', now: 3000, until: 4000, most: 1 });
      if (claim === undefined) throw new Error('nothing is due');
      await stores.outbox.settle(claim, {
        outcome: 'delivered',
        startedAt: 3000,
        finishedAt: 3001,
        summary: null,
        exchanges: [],
        warnings: [],
      });
      expect(await stores.outbox.owed()).to.deep.equal(['zup']);
    });
  });
