import { expect } from 'chai';
import { first } from '../support/procedures.ts';
import { KeptReferences } from '../../src/outbox/references.ts';
import { engines, insertAll, newDelivery, openStores, type Stores } from '../support/stores.ts';

// JSON may hold all of them; PostgreSQL's text has no NUL, UTF-8 has no half of a pair.
const odd = {
  NUL: 'a\u0000b',
  'half a pair': 'a\ud800b',
  'a separator of ours': 'a\u001fb',
  'four bytes': '🦉',
  quotes: `a'"\\b`,
};

for (const engine of engines)
  for (const [name, text] of Object.entries(odd))
    describe(`text with ${name}, on ${engine}`, () => {
      let stores: Stores;

      beforeEach(async () => {
        stores = await openStores(engine);
      });

      afterEach(() => stores.close());

      it('is kept with an event, wherever it stands', async () => {
        const event = {
          source: 'huntflow',
          scope: text,
          event: text,
          type: text,
          action: text,
          dedupeKey: JSON.stringify([text]),
          variant: JSON.stringify([text]),
          receivedAt: 1,
          body: Buffer.from(text),
          bodySize: 3,
          headers: { 'x-huntflow-event': text },
          error: { ru: text, en: text },
        };
        expect(await stores.inbox.keep(event)).to.include({ outcome: 'accepted' });
        expect(await stores.inbox.keep(event)).to.include({ outcome: 'duplicate' });
        expect(await stores.inbox.list({})).to.have.length(1);
      });

      it('goes through the outbox, wherever it stands', async () => {
        const [id] = await insertAll(stores, [
          newDelivery({ key: text, scope: text, made: { record: JSON.stringify({ text }), idempotencyKey: 'k' } }),
          newDelivery({ key: `${text}.`, made: { failed: { ru: text, en: text } } }),
        ]);
        await stores.database.call(first, { mapping: 'm', scope: text, value: text, event: 1 });
        const [claim] = await stores.outbox.claim({ target: 'zup', now: 2000, until: 3000, most: 1 });
        if (claim === undefined) throw new Error('nothing was claimed');
        expect(JSON.parse(claim.record)).to.deep.equal({ text });
        expect(await stores.outbox.saveProgress(claim, JSON.stringify({ text }))).to.equal(true);
        const references = new KeptReferences(stores.database, 'zup', text);
        await references.keep({ kind: 'applicant', id: text, set: text }, text);
        expect(await references.find({ kind: 'applicant', id: text, set: text })).to.be.a('string');
        const exchange = { sent: { summary: text, body: text }, received: { summary: text, body: text } };
        expect(
          await stores.outbox.settle(claim, {
            startedAt: 1,
            finishedAt: 2,
            outcome: 'dead',
            reason: 'rejected',
            summary: { ru: text, en: text },
            exchanges: [exchange],
            warnings: [{ ru: text, en: text }],
          }),
        ).to.equal(true);
        expect((await stores.outbox.attempts(id ?? 0))[0]?.exchanges).to.deep.equal([exchange]);
      });
    });
