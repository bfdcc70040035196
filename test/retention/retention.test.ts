import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { Audit } from '../../src/audit/audit.ts';
import { Bulks } from '../../src/bulk/bulks.ts';
import type { Retention as Ages } from '../../src/config/keeping.ts';
import type { IncomingEvent } from '../../src/inbox/event.ts';
import { Retention } from '../../src/retention/retention.ts';
import { raw, runSql } from '../support/procedures.ts';
import { insertAll, newDelivery, openStores, storeEngines, type Stores } from '../support/stores.ts';

const key = 'ab'.repeat(32);
const day = 86_400_000;
const never: Ages = {
  delivered: Infinity,
  skipped: Infinity,
  dead: Infinity,
  attachments: Infinity,
  attempts: Infinity,
  rows: Infinity,
};

for (const engine of storeEngines)
  describe(`retention on ${engine}`, () => {
    let stores: Stores;
    let audit: Audit;
    let time: number;
    let counts: Record<string, number>;

    beforeEach(async () => {
      stores = await openStores(engine);
      time = 500 * day;
      audit = new Audit(stores.database, { current: () => key, known: () => [key] }, () => time);
      counts = {};
    });

    afterEach(() => stores.close());

    async function pass(ages: Partial<Ages>): Promise<Record<string, number>> {
      counts = {};
      const retention = new Retention({
        database: stores.database,
        audit,
        ages: { ...never, ...ages },
        now: () => time,
        clearFiles: async () => 0,
        clearCopies: async () => 0,
        cleared: (found) => (counts = { ...found }),
        failed: (error) => expect.fail(String(error)),
      });
      expect(await retention.pass()).to.equal(true);
      await retention.stop();
      return counts;
    }

    /** An event of so many days ago, in a state, with deliveries in theirs. */
    async function keep(
      age: number,
      state: 'mapped' | 'skipped' | 'failed',
      deliveries: readonly ('pending' | 'delivered' | 'dead')[] = [],
    ): Promise<number> {
      const incoming: IncomingEvent = {
        source: 's',
        scope: 'x/1',
        event: 'APPLICANT',
        type: undefined,
        action: undefined,
        dedupeKey: undefined,
        variant: '',
        receivedAt: time - age * day,
        body: Buffer.from('{"secret marker": "Иванова"}'),
        bodySize: 30,
        headers: { 'user-agent': 'x' },
        error: undefined,
      };
      const { event } = await stores.inbox.keep(incoming);
      const finished = time - age * day;
      await stores.database.call(
        runSql,
        `update events set state = '${state}', finished_at = ${finished} where id = ${event}`,
      );
      const ids = await insertAll(
        stores,
        deliveries.map((_, index) =>
          newDelivery({
            eventId: event,
            key: `e${event}/${index}`,
            createdAt: finished,
            made: { record: '{"secret marker":"Иванова"}', idempotencyKey: 'k' },
          }),
        ),
      );
      for (const [index, id] of ids.entries()) {
        const became = deliveries[index];
        if (became === 'pending') continue;
        await stores.database.call(
          runSql,
          `update deliveries set state = '${became}', finished_at = ${finished},
            reason = ${became === 'dead' ? "'rejected'" : 'null'} where id = ${id}`,
        );
        for (const number of [1, 2])
          await stores.database.call(
            runSql,
            `insert into attempts (delivery_id, number, started_at, finished_at, outcome, exchanges, warnings)
              values (${id}, ${number}, ${finished}, ${finished}, 'retry', '["secret marker"]', '[]')`,
          );
        const lane = became === 'delivered' ? 'head = 2' : 'head = head';
        await stores.database.call(
          runSql,
          `update lanes set due_at = null, ${lane} where id = (select lane_id from deliveries where id = ${id})`,
        );
      }
      return event;
    }

    const bodies = async () => {
      const found: number[] = [];
      for (const { id } of await stores.inbox.list({})) if ((await stores.inbox.find(id))?.body) found.push(id);
      return found.toReversed();
    };
    const records = async () => {
      const found: number[] = [];
      for (const { id } of await stores.outbox.list({})) if ((await stores.outbox.record(id)) !== null) found.push(id);
      return found.toReversed();
    };

    it('clears what is older than its kind is kept, and lists still say what was there', async () => {
      await keep(40, 'mapped', ['delivered']);
      await keep(20, 'mapped', ['delivered']);
      await keep(40, 'skipped');
      await keep(40, 'failed');
      expect(await pass({ delivered: 30 * day, skipped: 30 * day })).to.deep.equal({
        delivered: 1,
        mapped: 1,
        skipped: 1,
      });
      expect(await bodies()).to.deep.equal([2, 4]);
      expect(await records()).to.deep.equal([2]);
      expect(await stores.outbox.attempts(1)).to.deep.equal([]);
      const [newest, oldest] = await stores.outbox.list({});
      expect(newest?.state).to.equal('delivered');
      expect(oldest).to.include({ id: 1, state: 'delivered', eventId: 1 });
      expect((await stores.inbox.list({})).map(({ state }) => state)).to.deep.equal([
        'failed',
        'skipped',
        'mapped',
        'mapped',
      ]);
      expect(await pass({ delivered: 30 * day, skipped: 30 * day }), 'a second time').to.deep.equal({});
    });

    it('leaves an event its body while a delivery of it is open', async () => {
      await keep(40, 'mapped', ['delivered', 'dead']);
      await keep(40, 'mapped', ['pending']);
      await pass({ delivered: 30 * day });
      expect(await bodies()).to.deep.equal([1, 2]);
      expect(await records()).to.deep.equal([2, 3]);
    });

    it('cancels a dead letter as a person would, audited, before it clears it', async () => {
      await keep(40, 'mapped', ['dead']);
      await keep(10, 'mapped', ['dead']);
      expect(await pass({ dead: 30 * day })).to.deep.equal({ dead: 1 });
      expect((await stores.outbox.list({})).map(({ id, state }) => [id, state])).to.deep.equal([
        [2, 'dead'],
        [1, 'cancelled'],
      ]);
      const [entry, ...more] = await audit.list({});
      expect(more).to.have.length(0);
      expect(entry).to.deep.include({ who: 'retention', from: 'service', action: 'cancel', on: ['delivery/1'] });
      expect(await bodies()).to.deep.equal([2]);
    });

    it('leaves rows of a bulk that runs', async () => {
      await keep(40, 'mapped', ['delivered']);
      await keep(40, 'mapped', ['dead']);
      const bulks = new Bulks(stores.database, stores.outbox, () => time);
      const { bulk } = await bulks.preview({ action: 'replay', filter: {}, by: 'anna', rows: [1, 2] });
      await bulks.start(bulk);
      expect(await pass({ delivered: 30 * day, dead: 30 * day })).to.deep.equal({});
      await bulks.abort(bulk);
      expect(await pass({ delivered: 30 * day, dead: 30 * day })).to.deep.equal({ dead: 1, delivered: 1, mapped: 1 });
    });

    it('lets the rows go when they are too old to be listed: of what is done and cleared, and of nothing else', async () => {
      const scope = 'x/1';
      const raws = async (text: string) =>
        (await raw(stores.database.reads, text)).map((row) => Object.values(Object(row)));
      await stores.database.call(
        runSql,
        `insert into people (scope, applicant, profile, digest, created_at) values ('${scope}', '1', '{}', 1, 1),
          ('${scope}', '2', '{}', 2, 1)`,
      );
      await stores.database.call(runSql, 'insert into person_terms (term, person) values (7, 1), (7, 2)');
      await keep(400, 'mapped', ['delivered']);
      await keep(400, 'mapped', ['delivered', 'dead']);
      await keep(400, 'mapped', ['pending']);
      await keep(400, 'skipped');
      await keep(100, 'mapped', ['delivered']);
      await stores.database.call(runSql, 'update events set person = 1 where id = 1');
      await stores.database.call(runSql, 'update events set person = 2 where id in (4, 5)');
      expect(await pass({ rows: 365 * day }), 'nothing that still holds anything').to.deep.equal({});
      const bulks = new Bulks(stores.database, stores.outbox, () => 1000);
      const { bulk } = await bulks.preview({ action: 'retry', filter: {}, by: 'anna', rows: [1, 2, 3] });
      await bulks.start(bulk);
      await bulks.abort(bulk);
      const ages = { delivered: 30 * day, skipped: 30 * day, rows: 365 * day };
      expect(await pass(ages)).to.deep.include({ deliveryRows: 2, eventRows: 2, bulks: 1 });
      expect(await raws('select id from deliveries order by id')).to.deep.equal([[3], [4], [5]]);
      expect(await raws('select id from events order by id')).to.deep.equal([[2], [3], [5]]);
      expect(await raws('select id from people where profile is not null')).to.deep.equal([[2]]);
      expect(await raws('select person from person_terms')).to.deep.equal([[2]]);
      expect(await raws('select count(*) from bulk_rows')).to.deep.equal([[0]]);
      expect(await pass(ages), 'a second time').to.deep.equal({});
    });

    it('lets drafts of mappings go that nobody has touched for as long', async () => {
      const save = (user: string, age: number) =>
        stores.database.call(
          runSql,
          `insert into mapping_drafts (mapping, "user", content, saved_at) values ('hire', '${user}', 'Иванова', ${time - age * day})`,
        );
      await save('anna', 400);
      await save('boris', 300);
      expect(await pass({ rows: 365 * day })).to.deep.equal({ drafts: 1 });
      expect(await raw(stores.database.reads, 'select "user" from mapping_drafts')).to.deep.equal([{ user: 'boris' }]);
    });

    it('clears attempts before the last one of what is done', async () => {
      await keep(40, 'mapped', ['delivered', 'dead']);
      expect(await pass({ attempts: 30 * day })).to.deep.equal({ attempts: 1 });
      expect((await stores.outbox.attempts(1)).map(({ number }) => number)).to.deep.equal([2]);
      expect(await stores.outbox.attempts(2)).to.have.length(2);
    });

    it('is one instance at a time', async () => {
      await keep(40, 'skipped');
      const other = { ...never, skipped: 30 * day };
      const parts = {
        database: stores.database,
        audit,
        ages: other,
        now: () => time,
        clearFiles: async () => 0,
        clearCopies: async () => 0,
        cleared: () => undefined,
        failed: () => undefined,
      };
      expect(await new Retention(parts).pass()).to.equal(true);
      expect(await new Retention(parts).pass()).to.equal(false);
    });

    if (engine !== 'postgres')
      it('leaves nothing of it in the file and its log, and gives the room back', async () => {
        for (let event = 0; event < 60; event += 1) await keep(40, 'mapped', ['delivered']);
        const file = stores.database.file ?? '';
        const count = () =>
          [file, `${file}-wal`].reduce(
            (sum, path) => sum + readFileSync(path).toString('latin1').split('secret marker').length - 1,
            0,
          );
        expect(count()).to.be.above(100);
        await pass({ delivered: 30 * day });
        expect(count()).to.equal(0);
      });
  });
