import { expect } from 'chai';
import { Audit } from '../../src/audit/audit.ts';
import { runSql } from '../support/procedures.ts';
import { newDelivery, insertAll, openStores, storeEngines, type Stores } from '../support/stores.ts';

const key = 'ab'.repeat(32);
const other = 'cd'.repeat(32);

/** What whoever owns the database can always do. */
const unguarded = {
  sqlite: ['drop trigger if exists audit_no_update', 'drop trigger if exists audit_no_delete'],
  postgres: ['alter table audit disable trigger all'],
} as const;

for (const engine of storeEngines)
  describe(`audit on ${engine}`, () => {
    let stores: Stores;
    let audit: Audit;
    let time = 1000;

    beforeEach(async () => {
      stores = await openStores(engine);
      time = 1000;
      audit = new Audit(stores.database, { current: () => key, known: () => [key] }, () => (time += 1));
    });

    afterEach(() => stores.close());

    const add = (...on: readonly string[]) => audit.add(audit.actor('anna', 'cli'), { action: 'reveal', on });

    it('keeps who, when, what, on what and from where, newest first', async () => {
      await add('event/3');
      await audit.add(audit.actor('token of BI', 'token'), { action: 'export', on: ['applicant/60', 'event/3'] });
      const [newest, oldest, ...more] = await audit.list({});
      expect(more).to.have.length(0);
      expect(newest).to.deep.include({ seq: 2, at: 1002, who: 'token of BI', from: 'token', action: 'export' });
      expect(newest?.on).to.deep.equal(['applicant/60', 'event/3']);
      expect(oldest).to.deep.include({ seq: 1, who: 'anna', from: 'cli', action: 'reveal', on: ['event/3'] });
      expect(await audit.list({ on: 'applicant/60' })).to.have.length(1);
      expect(await audit.list({ on: 'applicant/6' })).to.have.length(0);
      expect(await audit.list({ action: 'reveal', limit: 5 })).to.have.length(1);
    });

    it('stands in the transaction of the change: a refused one leaves nothing', async () => {
      const [first] = await insertAll(stores, [newDelivery()]);
      const actor = audit.actor('anna', 'cli');
      expect((await stores.outbox.retry(999, 2000, actor)).done).to.equal(false);
      expect((await stores.outbox.cancel(first ?? 0, 2000, actor)).done).to.equal(true);
      expect((await stores.outbox.cancel(first ?? 0, 2000, actor)).done).to.equal(false);
      const entries = await audit.list({});
      expect(entries.map(({ action, on }) => [action, on])).to.deep.equal([['cancel', [`delivery/${first}`]]]);
    });

    it('is one chain for all who write at the same time', async () => {
      await Promise.all(Array.from({ length: 40 }, (_, index) => add(`event/${index}`)));
      const verified = await audit.verify();
      expect(verified).to.deep.include({ entries: 40, problem: undefined });
      expect(verified.head?.seq).to.equal(40);
    });

    it('cannot be changed or shortened by a statement', async () => {
      await add('event/1');
      for (const statement of ["update audit set who = 'eve'", 'delete from audit']) {
        let refused = false;
        await stores.database
          .call(runSql, statement)
          .catch((error: Error) => (refused = error.message.includes('append-only')));
        expect(refused, statement).to.equal(true);
      }
    });

    it('tells a changed, a missing, a forged and a cut entry, whatever the database let through', async () => {
      for (const on of ['event/1', 'event/2', 'event/3', 'event/4']) await add(on);
      const head = await audit.head();
      const problemAfter = async (...statements: readonly string[]) => {
        for (const statement of [...unguarded[engine === 'postgres' ? 'postgres' : 'sqlite'], ...statements])
          await stores.database.call(runSql, statement);
        return (await audit.verify(head === undefined ? [] : [head])).problem?.seq;
      };
      expect(await problemAfter()).to.equal(undefined);
      expect(await problemAfter('delete from audit where seq = 4')).to.equal(4);
      expect(await problemAfter(`update audit set who = 'eve' where seq = 3`)).to.equal(3);
      expect(await problemAfter('delete from audit where seq = 2')).to.equal(2);
      expect(await problemAfter('update audit set at = at + 1 where seq = 1')).to.equal(1);
      const foreign = new Audit(stores.database, { current: () => other, known: () => [other] }, () => 1);
      expect((await foreign.verify()).problem?.text.en).to.include('was made with the key');
    });

    const moved = (from: number, to: number) => `update audit set seq = ${to} where seq = ${from}`;
    // What is told is the same on every engine.
    const forgeries = [
      ['two that changed places', [moved(2, 0), moved(3, 2), moved(0, 3)], 2],
      ['one taken out with the numbers closed up', ['delete from audit where seq = 2', moved(3, 2), moved(4, 3)], 2],
      ['the first one gone', ['delete from audit where seq = 1'], 1],
      [
        'one put in before the first',
        [
          `insert into audit select 0, at, who, place, action, ids, hash, key_id from audit
        where seq = 1`,
        ],
        0,
      ],
      [
        'one put in at the end',
        [
          `insert into audit select 5, at, who, place, action, ids, hash, key_id from audit
        where seq = 4`,
        ],
        5,
      ],
      [
        'a hash taken from another',
        [`update audit set hash = (select hash from audit where seq = 1) where seq = 3`],
        3,
      ],
      ['an id changed', [`update audit set ids = '["event/9"]' where seq = 4`], 4],
      ['the last two cut off', ['delete from audit where seq > 2'], 4],
      ['all of it gone', ['delete from audit'], 4],
    ] as const;
    for (const [what, statements, found] of engine === 'sqlite' ? forgeries : [])
      it(`tells ${what}`, async () => {
        for (const on of ['event/1', 'event/2', 'event/3', 'event/4']) await add(on);
        const head = await audit.head();
        for (const statement of [...unguarded.sqlite, ...statements]) await stores.database.call(runSql, statement);
        expect((await audit.verify(head === undefined ? [] : [head])).problem?.seq).to.equal(found);
      });

    it('goes on under the next key when a key file comes, and is verified with both', async () => {
      await add('event/1');
      const next = new Audit(stores.database, { current: () => other, known: () => [key, other] }, () => 5000);
      await next.add(next.actor('anna', 'cli'), { action: 'reveal', on: ['event/2'] });
      expect(await next.verify()).to.deep.include({ entries: 2, problem: undefined });
      expect((await audit.verify()).problem).to.have.property('seq', 2);
    });
  });
