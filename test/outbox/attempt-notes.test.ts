import { expect } from 'chai';
import { AttemptNotes } from '../../src/outbox/attempt-notes.ts';
import { KeptReferences } from '../../src/outbox/references.ts';
import { insertAll, newDelivery, openStores, storeEngines, type Stores } from '../support/stores.ts';

const ended = { startedAt: 1, finishedAt: 2, summary: null, exchanges: [], warnings: [] } as const;
const again = { ...ended, outcome: 'retry', dueAt: 2000, wait: 0, cost: 'attempt', spends: 0 } as const;

for (const engine of storeEngines)
  describe(`what an attempt need not wait for, on ${engine}`, () => {
    let stores: Stores;
    let notes: AttemptNotes;
    const person = { kind: 'applicant', id: 17, set: 'Catalog_ФизическиеЛица' };

    beforeEach(async () => {
      stores = await openStores(engine);
      notes = new AttemptNotes();
    });
    afterEach(() => stores.close());

    const claimOne = async () => {
      const [claim] = await stores.outbox.claim({ target: 'zup', now: 2000, until: 9000, most: 1 });
      if (claim === undefined) throw new Error('nothing is due');
      return claim;
    };
    const references = (own?: AttemptNotes) =>
      new KeptReferences(stores.database, 'zup', 's', { ...(own && { notes: own }) });

    it('is kept with its outcome, and seen by itself before', async () => {
      await insertAll(stores, [newDelivery()]);
      const claim = await claimOne();
      notes.note('{"step":1}');
      await references(notes).keep(person, 'key-1', { own: true }, 'soon');
      expect(await references(notes).find(person)).to.equal('key-1');
      expect(await references(notes).noteOf(person)).to.deep.equal({ own: true });
      expect(await references().find(person), 'for others').to.equal(undefined);

      expect(await stores.outbox.settle(claim, again, notes.pending)).to.equal(true);
      expect(await references().find(person)).to.equal('key-1');
      expect(await references().noteOf(person)).to.deep.equal({ own: true });
      expect((await claimOne()).progress).to.equal('{"step":1}');
    });

    it('is kept with what must be kept at once', async () => {
      await insertAll(stores, [newDelivery()]);
      const claim = await claimOne();
      await references(notes).keep(person, 'key-1', undefined, 'soon');
      notes.note('{"step":2}');
      const pending = notes.pending;
      expect(pending !== undefined && (await stores.outbox.saveNotes(claim, pending))).to.equal(true);
      if (pending !== undefined) notes.settle(pending);
      expect(notes.pending).to.equal(undefined);
      expect(await references().find(person)).to.equal('key-1');
      await stores.outbox.release(claim);
      expect((await claimOne()).progress).to.equal('{"step":2}');
    });

    it('of one that lost its lease keeps what things are called, and no progress', async () => {
      await insertAll(stores, [newDelivery()]);
      const late = await claimOne();
      await stores.outbox.recover(30_000);
      notes.note('{"late":true}');
      await references(notes).keep(person, 'key-1', undefined, 'soon');
      expect(await stores.outbox.settle(late, again, notes.pending)).to.equal(false);
      expect(await references().find(person)).to.equal('key-1');
      const [current] = await stores.outbox.claim({ target: 'zup', now: 40_000, until: 90_000, most: 1 });
      expect(current?.progress).to.equal(null);
    });

    it('keeps the note beside a name that is named again without one', async () => {
      await references().keep(person, 'key-1', { digest: 'a' });
      await references(notes).keep(person, 'key-2', undefined, 'soon');
      expect(await references(notes).find(person)).to.equal('key-2');
      expect(await references(notes).noteOf(person)).to.deep.equal({ digest: 'a' });
    });
  });
