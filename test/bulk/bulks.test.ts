import { expect } from 'chai';
import { Bulks } from '../../src/bulk/bulks.ts';
import { sliceSize } from '../../src/bulk/run-slice.ts';
import type { Settlement } from '../../src/outbox/delivery.ts';
import { Clock } from '../support/clock.ts';
import { engines, insertAll, newDelivery, openStores, type Stores } from '../support/stores.ts';

const ended = { startedAt: 2000, finishedAt: 2010, exchanges: [], warnings: [] } as const;
const text = (words: string) => ({ ru: words, en: words });

for (const engine of engines)
  describe(`bulks on ${engine}`, function () {
    this.timeout(60_000);
    let stores: Stores;
    let clock: Clock;
    let bulks: Bulks;

    beforeEach(async () => {
      stores = await openStores(engine);
      clock = new Clock();
      bulks = new Bulks(stores.database, stores.outbox, clock.now);
    });

    afterEach(() => stores.close());

    const hire = (applicant: number, eventId: number) =>
      newDelivery({ key: `applicant/${applicant}`, applicant: String(applicant), eventId, createdAt: clock.now() });

    /** Every due delivery ends so. */
    async function settleDue(settlement: (id: number) => Settlement): Promise<void> {
      for (;;) {
        const claims = await stores.outbox.claim({
          target: 'zup',
          now: clock.now(),
          until: clock.now() + 60_000,
          most: 100,
        });
        if (claims.length === 0) return;
        await Promise.all(claims.map((claim) => stores.outbox.settle(claim, settlement(claim.id))));
      }
    }

    const rejected = (words: string): Settlement => ({
      ...ended,
      summary: text(words),
      outcome: 'dead',
      reason: 'rejected',
    });
    const delivered: Settlement = { ...ended, summary: null, outcome: 'delivered' };
    const run = async (bulk: number): Promise<void> => {
      expect(await bulks.start(bulk)).to.equal(true);
      while ((await bulks.step(bulk)) !== undefined);
    };

    it('tell three hundred hires of two hundred and eighty people apart by two causes', async () => {
      await insertAll(
        stores,
        Array.from({ length: 300 }, (_none, number) => hire(number % 280, number + 1)),
      );
      await settleDue((id) => rejected(id % 3 === 0 ? `Отдел №${id} не найден, 422` : `500 after ${id} ms`));
      const causes = await stores.outbox.causes();
      expect(causes.map(({ kind, target }) => `${kind} ${target}`)).to.deep.equal(['rejected zup', 'rejected zup']);
      // Of two hires of one person the second waits for the first.
      expect(causes.reduce((sum, { deliveries }) => sum + deliveries, 0)).to.equal(280);
      expect(causes.reduce((sum, { people }) => sum + people, 0)).to.equal(280);
      const blocked = await stores.outbox.blocked();
      expect(blocked).to.have.length(20);
      expect(blocked.every(({ behind }) => behind === 1)).to.equal(true);
      await settleDue(() => delivered);
      for (const { id, deliveries } of causes) {
        const preview = await bulks.preview({ action: 'retry', filter: { cause: id }, by: 'me' });
        expect(preview).to.include({ deliveries, people: deliveries });
        await run(preview.bulk);
      }
      await settleDue(() => delivered);
      expect(await stores.outbox.causes(), 'none is open').to.deep.equal([]);
      expect(await stores.outbox.list({ state: 'delivered' })).to.have.length(300);
    });

    it('act on what was there at the preview and on nothing else, once', async () => {
      await insertAll(stores, [hire(1, 1), hire(2, 2), hire(2, 3)]);
      await settleDue(() => rejected('no'));
      const preview = await bulks.preview({ action: 'retry', filter: { state: 'dead' }, by: 'me' });
      const [decoy = 0] = await insertAll(stores, [hire(4, 4)]);
      await settleDue(() => rejected('no'));
      await run(preview.bulk);
      expect(await bulks.start(preview.bulk), 'a second time').to.equal(false);
      expect(await bulks.step(preview.bulk)).to.equal(undefined);
      expect((await stores.outbox.list({ state: 'dead' })).map(({ id }) => id)).to.deep.equal([decoy]);
      expect(await bulks.find(preview.bulk)).to.deep.include({ state: 'done', total: 2, done: 2, failed: 0, left: 0 });
      expect((await stores.outbox.list({ attention: 'open' })).length).to.equal(0);
    });

    it('try each row once though all die again meanwhile, all that match and nothing that is done (sidekiq/sidekiq#6481, #3436, oban-bg/oban#926, frain-dev/convoy#260)', async () => {
      const count = sliceSize + 60;
      await insertAll(
        stores,
        Array.from({ length: count + 2 }, (_none, number) => hire(number, number + 1)),
      );
      await settleDue((id) => (id <= 2 ? delivered : rejected('no')));
      // Two people ask for the same; the second preview is run while the first one's rows die again.
      const wanted = { action: 'retry', filter: { target: 'zup', state: 'dead' }, by: 'me' } as const;
      const [first, second] = [await bulks.preview(wanted), await bulks.preview(wanted)];
      expect([first.deliveries, first.total]).to.deep.equal([count, count]);
      await bulks.start(first.bulk);
      await bulks.start(second.bulk);
      while ((await bulks.step(first.bulk)) !== undefined) await settleDue(() => rejected('no'));
      await settleDue(() => rejected('no'));
      expect(await bulks.find(first.bulk)).to.include({ state: 'done', done: count, failed: 0 });
      const dead = await stores.outbox.list({ state: 'dead' });
      expect(dead.filter(({ attempts }) => attempts !== 2)).to.deep.equal([]);
      expect(dead).to.have.length(count);
      expect(await bulks.abort(second.bulk), 'what nobody needs any more is ended').to.equal(true);
      expect(await stores.outbox.list({ state: 'delivered' })).to.have.length(2);
    });

    it('go on in another process, can be aborted, and say of each row what became of it', async () => {
      const count = sliceSize + 50;
      await insertAll(
        stores,
        Array.from({ length: count }, (_none, number) => hire(number, number + 1)),
      );
      await settleDue(() => rejected('no'));
      const { bulk } = await bulks.preview({ action: 'cancel', filter: { state: 'dead' }, by: 'me' });
      await stores.outbox.cancel(1, clock.now());
      await bulks.start(bulk);
      await bulks.step(bulk);
      expect(await bulks.find(bulk)).to.deep.include({ state: 'running', done: sliceSize - 1, failed: 1, left: 50 });
      const another = new Bulks(stores.database, stores.outbox, clock.now);
      expect(await another.running()).to.deep.equal([bulk]);
      expect(await another.abort(bulk)).to.equal(true);
      expect(await another.step(bulk)).to.equal(undefined);
      expect(await another.find(bulk)).to.deep.include({ state: 'aborted', left: 50 });
      expect((await another.rows(bulk, 3)).map(({ delivery, state, why }) => [delivery, state, why?.en])).to.deep.equal(
        [
          [1, 'failed', 'delivery 1 is cancelled already'],
          [2, 'done', undefined],
          [3, 'done', undefined],
        ],
      );
      expect((await stores.outbox.list({ state: 'dead' })).length).to.equal(50);
    });

    it('keep to a pace, also when the clock is set back', async () => {
      await insertAll(
        stores,
        Array.from({ length: 5 }, (_none, number) => hire(number, number + 1)),
      );
      await settleDue(() => rejected('no'));
      const { bulk } = await bulks.preview({ action: 'retry', filter: { state: 'dead' }, by: 'me', pace: 120 });
      await bulks.start(bulk);
      expect(await bulks.step(bulk), 'two a second').to.equal(1000);
      expect(await bulks.step(bulk)).to.equal(1000);
      expect((await bulks.find(bulk))?.done).to.equal(2);
      clock.advance(-86_400_000);
      await bulks.step(bulk);
      expect((await bulks.find(bulk))?.done).to.equal(4);
    });

    it('end a preview that nobody answers', async () => {
      const { bulk } = await bulks.preview({ action: 'cancel', filter: { state: 'dead' }, by: 'me' });
      clock.advance(901_000);
      expect(await bulks.start(bulk)).to.equal(false);
      expect(await bulks.list(undefined)).to.deep.equal([]);
    });

    it('have records made anew in their places, but for what the target may have', async () => {
      const [first, second, third] = await insertAll(stores, [hire(1, 1), hire(1, 2), hire(2, 3)]);
      await settleDue((id) =>
        id === third ? { ...rejected('lost'), outcome: 'dead', reason: 'unknown outcome' } : rejected('no'),
      );
      const preview = await bulks.preview({ action: 'remap', filter: { state: 'dead', safe: true }, by: 'me' });
      await run(preview.bulk);
      expect((await stores.outbox.unmapped(10)).map(({ id }) => id)).to.deep.equal([first]);
      expect((await stores.outbox.list({ id: third ?? 0 }))[0]).to.include({ state: 'dead' });
      await stores.outbox.remap(
        first ?? 0,
        { outcome: 'record', record: '{"new":1}', idempotencyKey: 'k', mappingHash: 'h' },
        clock.now(),
      );
      const sent: number[] = [];
      await settleDue((id) => {
        sent.push(id);
        return delivered;
      });
      expect(sent).to.deep.equal([first, second]);
    });

    it('repeat what was delivered behind what waits', async () => {
      const [first] = await insertAll(stores, [hire(1, 1)]);
      await settleDue(() => delivered);
      await stores.outbox.sweepIdle();
      const preview = await bulks.preview({ action: 'replay', filter: { state: 'delivered' }, by: 'me' });
      await run(preview.bulk);
      const [repeat] = await stores.outbox.unmapped(10);
      expect((await stores.outbox.list({ id: repeat?.id ?? 0 }))[0]).to.deep.include({
        replayOf: first,
        state: 'pending',
        key: 'applicant/1',
        applicant: '1',
      });
    });

    it('put an edited delivery in the place of the old one, once, and not while it is being sent', async () => {
      const [first = 0, second] = await insertAll(stores, [hire(1, 1), hire(1, 2)]);
      const edit = { id: first, record: '{"mended":true}', by: 'me', reason: null, now: clock.now() };
      const [claim] = await stores.outbox.claim({ target: 'zup', now: clock.now(), until: 1e15, most: 1 });
      expect(await stores.outbox.edit(edit)).to.include({ done: false });
      await stores.outbox.settle(claim ?? expect.fail('no claim'), rejected('no'));
      const outcome = await stores.outbox.edit(edit);
      expect(outcome.done).to.equal(true);
      const again = await stores.outbox.edit(edit);
      expect(again.done ? '' : again.why.en).to.match(/^delivery \d+ was edited already: it is delivery \d+ now$/);
      const sent: number[] = [];
      await settleDue((id) => {
        sent.push(id);
        return delivered;
      });
      expect(sent).to.deep.equal([outcome.done ? outcome.successor : 0, second]);
      expect((await stores.outbox.list({ id: first }))[0]).to.include({ state: 'cancelled', replacedBy: sent[0] });
    });
  });
