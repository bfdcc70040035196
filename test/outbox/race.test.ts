import { expect } from 'chai';
import type { Settlement } from '../../src/outbox/delivery.ts';
import { Outbox } from '../../src/outbox/outbox.ts';
import { inForm } from '../support/form.ts';
import { insertAll, newDelivery, openStores, storeEngines, type Stores } from '../support/stores.ts';
import { pause } from '../support/pause.ts';

const delivered: Settlement = {
  startedAt: 2000,
  finishedAt: 2001,
  summary: null,
  exchanges: [],
  warnings: [],
  outcome: 'delivered',
};
const rounds = inForm(25, 400);

for (const engine of storeEngines)
  describe(`two who want the same lane at once, on ${engine}`, function () {
    this.timeout(120_000);
    let stores: Stores;
    let other: Outbox;

    beforeEach(async () => {
      stores = await openStores(engine);
      other = new Outbox(stores.database);
    });

    afterEach(() => stores.close());

    const claim = (outbox: Outbox = stores.outbox) => outbox.claim({ target: 'zup', now: 3000, until: 9000, most: 1 });

    it('leave what is inserted while the head is cancelled with its turn', async () => {
      for (let round = 0; round < rounds; round += 1) {
        const [head] = await insertAll(stores, [newDelivery()]);
        const [[next]] = await Promise.all([insertAll(stores, [newDelivery()]), other.cancel(head ?? 0, 2000)]);
        const [claimed] = await claim();
        expect(claimed?.id, `round ${round}`).to.equal(next);
        if (claimed !== undefined) await stores.outbox.settle(claimed, delivered);
      }
    });

    it('either cancel or send, never both', async () => {
      for (let round = 0; round < rounds; round += 1) {
        const [id] = await insertAll(stores, [newDelivery()]);
        const [[claimed], { done }] = await Promise.all([claim(), other.cancel(id ?? 0, 2000)]);
        expect(done, `round ${round}`).to.equal(claimed === undefined);
        if (claimed !== undefined) expect(await stores.outbox.settle(claimed, delivered)).to.equal(true);
      }
    });

    it('leave what is mapped again while its turn comes with its turn', async () => {
      for (let round = 0; round < rounds; round += 1) {
        const [, broken] = await insertAll(stores, [
          newDelivery(),
          newDelivery({ made: { failed: { ru: 'нет', en: 'no' } } }),
        ]);
        await stores.outbox.retry(broken ?? 0, 2000);
        const [head] = await claim();
        if (head === undefined) throw new Error('the head is not due');
        await Promise.all([
          stores.outbox.settle(head, delivered),
          // A moment later or not: a settlement waits a little for company.
          pause(round % 4).then(() =>
            other.remap(broken ?? 0, { outcome: 'record', record: '{}', idempotencyKey: 'k', mappingHash: 'h' }, 2500),
          ),
        ]);
        const [next] = await claim();
        expect(next?.id, `round ${round}`).to.equal(broken);
        if (next !== undefined) await stores.outbox.settle(next, delivered);
      }
    });
  });

describe('instances that claim at once, on postgres', function () {
  this.timeout(60_000);

  it('never have more of a target under way together than its concurrency', async () => {
    const stores = await openStores('postgres');
    try {
      await insertAll(
        stores,
        Array.from({ length: 40 }, (_none, index) => newDelivery({ key: `${index}` })),
      );
      for (let round = 0; round < 5; round += 1) {
        const claims = (
          await Promise.all(
            Array.from({ length: 8 }, () =>
              stores.outbox.claim({ target: 'zup', now: 3000, until: 9000, most: 3, concurrency: 3 }),
            ),
          )
        ).flat();
        expect(claims, `round ${round}`).to.have.length(3);
        for (const claim of claims) await stores.outbox.settle(claim, delivered);
      }
    } finally {
      await stores.close();
    }
  });
});
