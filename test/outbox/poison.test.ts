import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import type { IncomingEvent } from '../../src/inbox/event.ts';
import type { Settlement } from '../../src/outbox/delivery.ts';
import { KeptReferences } from '../../src/outbox/references.ts';
import { first, runSql } from '../support/procedures.ts';
import { insertAll, newDelivery, openStores, type StoreEngine, storeEngines, type Stores } from '../support/stores.ts';

/** What no compression makes short enough for an index of PostgreSQL. */
const long = randomBytes(6000).toString('base64');
/** Beginnings are equal, ends are not. */
const odd = [`${long}1`, `${long}2`, 'a\0', 'a\ufffd', 'a\ud800', '語'.repeat(1500)];

const ended = { startedAt: 1, finishedAt: 2, exchanges: [], warnings: [], summary: { ru: 'да', en: 'yes' } } as const;

/** From now on each row with the word in this column is refused, as the database refuses what is too large for it. */
function refuse(engine: StoreEngine, table: string, column: string): string {
  return engine === 'postgres'
    ? `alter table ${table} add constraint poison_${column} check (${column} not like '%poison%')`
    : `create trigger poison_${column} before insert on ${table} when new.${column} like '%poison%'
       begin select raise(abort, 'refused'); end`;
}

for (const engine of storeEngines)
  describe(`what comes from outside, in the indexes of ${engine}`, () => {
    let stores: Stores;
    beforeEach(async () => void (stores = await openStores(engine)));
    afterEach(() => stores.close());

    it('keeps keys of any length and form apart', async () => {
      await insertAll(
        stores,
        odd.map((key, index) => newDelivery({ key, scope: index === 0 ? long : 's' })),
      );
      expect(await stores.outbox.claim({ target: 'zup', now: 2000, until: 3000, most: 50 })).to.have.length(odd.length);
      for (const value of odd)
        for (const expected of [true, false])
          expect(await stores.database.call(first, { mapping: 'm', scope: long, value, event: 1 })).to.equal(expected);
    });

    it('keeps the names of entities apart, and finds them again', async () => {
      const references = new KeptReferences(stores.database, 'zup', long);
      for (const [index, id] of odd.entries())
        await references.keep({ kind: long, id, role: long, set: long }, `name ${index}`);
      for (const [index, id] of odd.entries())
        expect(await references.find({ kind: long, id, role: long, set: long })).to.equal(`name ${index}`);
    });

    it('tells events apart and again by dedupe keys of any length and form', async () => {
      for (const [index, dedupeKey] of odd.entries()) {
        const event = incoming({ dedupeKey, variant: long });
        const kept = await stores.inbox.keep(event);
        expect(kept, String(index)).to.include({ outcome: 'accepted', conflicting: false });
        expect(await stores.inbox.keep(event)).to.include({ outcome: 'duplicate', event: kept.event });
        expect(await stores.inbox.keep({ ...event, variant: `${long}.` })).to.include({ conflicting: true });
      }
    });

    it('lets a delivery be delivered although what was said of it is refused', async () => {
      await stores.database.call(runSql, refuse(engine, 'attempts', 'exchanges'));
      await insertAll(stores, [newDelivery({ key: 'a' }), newDelivery({ key: 'b' })]);
      const claims = await stores.outbox.claim({ target: 'zup', now: 2000, until: 3000, most: 2 });
      const poison = { sent: { summary: 'poison', body: null }, received: null };
      const settlement = (index: number): Settlement => ({
        ...ended,
        outcome: 'delivered',
        exchanges: index === 0 ? [poison] : [],
      });
      const settled = await Promise.all(claims.map((claim, index) => stores.outbox.settle(claim, settlement(index))));
      expect(settled).to.deep.equal([true, true]);
      expect((await stores.outbox.list({})).map(({ state }) => state)).to.deep.equal(['delivered', 'delivered']);
      const attempts = await stores.outbox.attempts(claims[0]?.id ?? 0);
      expect(attempts.map(({ outcome, exchanges }) => ({ outcome, exchanges }))).to.deep.equal([
        { outcome: 'delivered', exchanges: [] },
      ]);
      expect(attempts[0]?.summary?.en).to.match(/^the database refused the exchanges of this attempt \(/);
    });

    it('lets a lane whose delivery somebody deleted stand still, and claims the others of its target', async () => {
      const ids = await insertAll(
        stores,
        ['a', 'b', 'c'].map((key) => newDelivery({ key })),
      );
      await stores.database.call(runSql, `delete from deliveries where id = ${ids[1]}`);
      for (const expected of [[ids[0], ids[2]], []]) {
        const claims = await stores.outbox.claim({ target: 'zup', now: 2000, until: 3000, most: 5 });
        expect(claims.map(({ id }) => id)).to.have.members(expected);
      }
      expect(await stores.outbox.nextDue('zup')).to.equal(undefined);
    });

    it('keeps the bytes of a webhook whose fields are refused', async () => {
      await stores.database.call(runSql, refuse(engine, 'events', 'action'));
      const kept = await stores.inbox.keep(incoming({ dedupeKey: 'k', action: 'poison' }));
      expect(await stores.inbox.find(kept.event)).to.include({ state: 'failed', action: null, bodySize: 2 });
      expect(await stores.inbox.keep(incoming({ dedupeKey: 'k', action: 'poison' }))).to.include({
        outcome: 'duplicate',
        event: kept.event,
      });
    });
  });

function incoming(values: Partial<IncomingEvent>): IncomingEvent {
  return {
    source: 'huntflow',
    scope: 's',
    event: 'APPLICANT',
    type: undefined,
    action: undefined,
    dedupeKey: undefined,
    variant: '',
    receivedAt: 1,
    body: Buffer.from('{}'),
    bodySize: 2,
    headers: {},
    error: undefined,
    ...values,
  };
}
