import { expect } from 'chai';
import type { Settlement } from '../../src/outbox/delivery.ts';
import { engines, insertAll, newDelivery, openStores, type Stores } from '../support/stores.ts';

const said = { startedAt: 2000, summary: null, exchanges: [], warnings: [] } as const;
const refused = {
  ...said,
  outcome: 'dead',
  reason: 'rejected',
  failed: { ru: 'нет отдела', en: 'no division' },
} as const;

for (const engine of engines)
  describe(`how it stands on ${engine}`, () => {
    let stores: Stores;

    beforeEach(async () => {
      stores = await openStores(engine);
    });

    afterEach(() => stores.close());

    async function settleAll(settlement: (place: number) => Settlement): Promise<void> {
      const claims = await stores.outbox.claim({ target: 'zup', now: 5000, until: 35_000, most: 1000 });
      for (const [place, claim] of claims.entries()) await stores.outbox.settle(claim, settlement(place));
    }

    const insertMany = (count: number, prefix: string) =>
      insertAll(
        stores,
        Array.from({ length: count }, (_, place) =>
          newDelivery({
            key: `applicant/${prefix}${place}`,
            applicant: `${prefix}${place % 5}`,
            mapping: `from-${prefix}`,
          }),
        ),
      );

    it('a target has its last success and its 95th percentile, and nothing before the first', async () => {
      await insertMany(20, '1');
      expect((await stores.outbox.flowOf(['zup'])).latest.size).to.equal(0);
      await settleAll((place) => ({ ...said, outcome: 'delivered', finishedAt: 2000 + place * 100 }));
      const { latest } = await stores.outbox.flowOf(['zup', 'intranet']);
      expect([...latest]).to.deep.equal([['zup', { lastAt: 3900, p95: 2800 }]]);
    });

    it('a target keeps its last success while more waits for it than is looked through', async () => {
      await insertMany(3, '1');
      await settleAll(() => ({ ...said, outcome: 'delivered', finishedAt: 4000 }));
      await insertMany(600, '2');
      const { latest, due } = await stores.outbox.flowOf(['zup']);
      expect(latest.get('zup')).to.deep.equal({ lastAt: 4000, p95: 3000 });
      expect(due.get('zup')).to.equal(1000);
    });

    it('a cause says how many people, whose mapping, and how many are new since one looked', async () => {
      await insertMany(8, '1');
      await settleAll((place) => ({ ...refused, finishedAt: place < 6 ? 6000 : 9000 }));
      const [cause, ...others] = await stores.outbox.causes(8000);
      expect(others).to.deep.equal([]);
      expect(cause).to.include({ deliveries: 8, people: 5, dead: 8, fresh: 2, mapping: 'from-1', example: 1 });
      expect((await stores.outbox.causes())[0]?.fresh).to.equal(0);
    });
  });
