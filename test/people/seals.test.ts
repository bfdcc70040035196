import { expect } from 'chai';
import { takeLease } from '../../src/database/lease.ts';
import { SealingOfWords } from '../../src/outbox/sealing-of-words.ts';
import { Drafts } from '../../src/mapping/store/drafts.ts';
import { commitBatch } from '../../src/mapping/commit-batch.ts';
import { People } from '../../src/people/people.ts';
import { raw, runSql } from '../support/procedures.ts';
import { engines, newDelivery } from '../support/stores.ts';
import { openSealedStores, type SealedStores } from '../support/sealed-stores.ts';

const scope = 'huntflow.example/14';
const lease = { name: 'mapper', holder: 'a test', until: 10_000 };
const record = '{"Фамилия":"Тайная"}';
const body = Buffer.from('{"event":{"applicant":{"last_name":"Тайная"}}}');

for (const engine of engines) {
  describe(`sealed stores (${engine})`, () => {
    let stores: SealedStores;

    beforeEach(async () => {
      stores = await openSealedStores(engine);
    });
    afterEach(() => stores.close());

    async function keep(applicant: string | undefined, dedupeKey?: string) {
      return stores.inbox.keep({
        source: 'huntflow',
        scope,
        event: 'APPLICANT',
        type: 'ADD',
        action: 'ADD',
        dedupeKey,
        variant: '',
        receivedAt: 1000,
        body,
        bodySize: body.length,
        headers: {},
        error: undefined,
        ...(applicant && { whom: { applicant, profile: { last: 'Тайная', mail: 'secret@example.org' } } }),
      });
    }
    async function map(event: number, key = 'applicant/17', once: string | null = null) {
      await raw(
        stores.database.reads,
        'select 1', // the reading connection is open before anything is written beside it
      );
      await stores.database.call(takeLease, { ...lease, now: 0, far: 100_000 });
      const kept = await stores.inbox.find(event);
      const delivery = newDelivery({
        eventId: event,
        key,
        person: kept?.person ?? null,
        made: { record, idempotencyKey: 'k' },
      });
      await commitBatch(
        stores.database,
        {
          lease,
          now: 1000,
          events: [{ id: event, scope, state: 'mapped', deliveries: [{ delivery, once }] }],
          unserved: [],
        },
        stores.seals,
      );
    }
    async function everything(): Promise<string> {
      const tables = ['events', 'deliveries', 'attempts', 'lanes', 'once', 'people', '"references"', 'mapping_drafts'];
      const rows = await Promise.all(tables.map((table) => raw(stores.database.reads, `select * from ${table}`)));
      const bytes = rows
        .flat()
        .flatMap((row) => Object.values(Object(row)).filter((value) => value instanceof Uint8Array));
      return (
        JSON.stringify(rows) +
        bytes.map((value) => Buffer.from(value).toString('latin1') + Buffer.from(value).toString()).join('')
      );
    }

    it('lets whoever waits for the store of keys wait alone', async () => {
      const { seals } = stores;
      const gate = Promise.withResolvers<void>();
      const forApplicant = seals.forApplicant.bind(seals);
      Object.assign(seals, {
        forApplicant: async (of: string, applicant: string) => {
          if (applicant === '17') await gate.promise;
          return forApplicant(of, applicant);
        },
      });
      const waits = keep('17');
      expect((await keep('18')).outcome).to.equal('accepted');
      gate.resolve();
      expect((await waits).outcome).to.equal('accepted');
    });

    it('keeps nothing of a person readable, and gives back what was kept', async () => {
      const { event } = await keep('17');
      await map(event, 'mail/secret@example.org', 'secret@example.org');
      const [claim] = await stores.outbox.claim({ target: 'zup', now: 2000, until: 9000, most: 10 });
      expect(claim?.record).to.equal(record);
      expect(claim?.key).to.equal('mail/secret@example.org');
      if (claim === undefined) return;
      await stores.outbox.saveProgress(claim, '{"done":"Тайная"}');
      await stores.outbox.settle(claim, {
        outcome: 'retry',
        dueAt: 3000,
        wait: 1000,
        cost: 'attempt',
        spends: 0,
        startedAt: 2000,
        finishedAt: 2001,
        summary: { ru: 'Тайная не принята', en: 'secret@example.org refused' },
        warnings: [{ ru: 'вместо Тайная', en: 'in place of Тайная' }],
        exchanges: [{ sent: { summary: 'POST', body: 'Тайная' }, received: null }],
      });
      const references = stores.outbox.references(claim);
      await references.keep({ kind: 'applicant', id: 17, set: 'people' }, 'Тайная', { mail: 'secret@example.org' });
      await new Drafts(stores.database, stores.seals, () => 1000).save('hire', 'eve', '~given: Тайная', null);
      // What is said of a failure goes into lists, and its adapter is asked to name nobody.
      await stores.database.call(runSql, 'update deliveries set last_error = null');
      expect(await everything()).not.to.match(/Тайная|secret@|Тайн/);
      expect(await references.find({ kind: 'applicant', id: 17, set: 'people' })).to.equal('Тайная');
      expect(await references.noteOf({ kind: 'applicant', id: 17, set: 'people' })).to.deep.equal({
        mail: 'secret@example.org',
      });
      expect((await stores.outbox.attempts(claim.id))[0]).to.deep.include({
        summary: { ru: 'Тайная не принята', en: 'secret@example.org refused' },
        warnings: [{ ru: 'вместо Тайная', en: 'in place of Тайная' }],
      });
      const drafts = new Drafts(stores.database, stores.seals, () => 1000);
      expect(await drafts.find('hire', 'eve')).to.have.property('text', '~given: Тайная');

      expect(Buffer.from((await stores.inbox.find(event))?.body ?? []).toString()).to.equal(body.toString());
      expect((await stores.outbox.attempts(claim.id))[0]?.exchanges[0]?.sent.body).to.equal('Тайная');
      expect(await stores.outbox.record(claim.id)).to.equal(record);
      const [again] = await stores.outbox.claim({ target: 'zup', now: 4000, until: 9000, most: 10 });
      expect(again?.progress).to.equal('{"done":"Тайная"}');
      expect((await stores.outbox.list({ key: 'mail/secret@example.org' })).map(({ id }) => id)).to.deep.equal([
        claim.id,
      ]);
      expect((await new People(stores.database, stores.seals).search('тайная'))[0]?.name).to.equal('Тайная');
    });

    it('seals findings and the reason of an edit, in rows that an earlier version left too', async () => {
      const { event } = await keep('17');
      await map(event);
      const [first] = await stores.outbox.claim({ target: 'zup', now: 2000, until: 9000, most: 10 });
      if (first === undefined) return;
      await stores.outbox.release(first);
      const edited = await stores.outbox.edit({
        id: first.id,
        record,
        by: 'eve',
        reason: '~Тайная просила',
        now: 3000,
        actor: { who: 'eve', from: 'cli', key: '00'.repeat(32) },
      });
      const [claim] = await stores.outbox.claim({ target: 'zup', now: 4000, until: 9000, most: 10 });
      if (claim === undefined || !edited.done) return expect.fail('nothing was edited');
      const found = [{ ru: 'у Тайная другой адрес', en: 'Тайная has another address' }];
      await stores.outbox.settle(claim, {
        outcome: 'delivered',
        attention: found,
        startedAt: 4000,
        finishedAt: 4001,
        summary: { ru: 'Тайная', en: 'Тайная' },
        warnings: found,
        exchanges: [],
      });
      const seen = async () => {
        const [delivery] = await stores.outbox.list({ state: 'delivered' });
        expect(delivery).to.deep.include({ attention: found, editReason: '~Тайная просила' });
        const { chain } = await stores.outbox.links(claim.id);
        expect(chain.map(({ editReason }) => editReason)).to.deep.equal([null, '~Тайная просила']);
        expect((await stores.outbox.attempts(claim.id))[0]).to.deep.include({ warnings: found, exchanges: [] });
        expect(await stores.outbox.references(claim).find(entity)).to.equal('Тайная');
      };
      const entity = { kind: 'applicant', id: 17, set: 'people' };
      await stores.outbox.references(claim).keep(entity, 'Тайная');
      expect(await everything()).not.to.match(/Тайн/);
      await seen();

      for (const text of [
        `update deliveries set attention = '${JSON.stringify(found)}', edit_reason = '~Тайная просила' where id = ${claim.id}`,
        `update attempts set warnings = '${JSON.stringify(found)}', summary = '{"ru":"Тайная","en":""}', exchanges = '[]', seal = null`,
        `update "references" set name = 'Тайная'`,
      ])
        await stores.database.call(runSql, text);
      await seen();
      const { signal } = new AbortController();
      expect(await new SealingOfWords(stores.database, stores.seals, () => 1000).run(signal)).to.equal(3);
      expect(await everything()).not.to.match(/Тайн/);
      await seen();
      expect(await new SealingOfWords(stores.database, stores.seals, () => 1000).run(signal)).to.equal(0);
    });

    it('seals what is about nobody with the key of its month', async () => {
      const { event } = await keep(undefined);
      expect(Buffer.from((await stores.inbox.find(event))?.body ?? []).toString()).to.equal(body.toString());
      expect(await raw(stores.database.reads, 'select month from month_keys')).to.deep.equal([{ month: '1970-01' }]);
    });

    it('opens nothing that was moved to another row', async () => {
      const first = await keep('17');
      const second = await keep('17');
      await stores.database.call(
        runSql,
        `update events set body = (select body from events as other where other.id = ${first.event}) where id = ${second.event}`,
      );
      expect((await stores.inbox.find(second.event))?.body).to.equal(null);
      expect((await stores.inbox.find(first.event))?.body).not.to.equal(null);
    });

    it('gives a person one key, however many events come at once', async () => {
      await Promise.all(Array.from({ length: 20 }, (_, at) => keep('17', `event ${at}`)));
      const keys = await raw(stores.database.reads, 'select distinct key from people');
      expect(keys).to.have.length(1);
    });

    it('takes a person whose key is in no store for somebody new', async () => {
      const first = await keep('17');
      const [row] = await raw(stores.database.reads, 'select key from people');
      await stores.ring.destroy([Number(Reflect.get(Object(row), 'key'))]);
      const second = await keep('17');
      expect((await stores.inbox.find(first.event))?.body).to.equal(null);
      expect((await stores.inbox.find(second.event))?.body).not.to.equal(null);
      expect(await raw(stores.database.reads, 'select id from people')).to.have.length(2);
    });
  });
}
