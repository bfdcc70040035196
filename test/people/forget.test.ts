import { chmodSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { Audit } from '../../src/audit/audit.ts';
import type { Actor } from '../../src/audit/entry.ts';
import { Bulks } from '../../src/bulk/bulks.ts';
import { actOf } from '../../src/forget/act.ts';
import { forgetLostPeople } from '../../src/forget/lost-people.ts';
import { Erasure } from '../../src/forget/erasure.ts';
import { Forgetting } from '../../src/forget/forgetting.ts';
import { makeKeyFile, newKey, readKeyFile, replaceKeyFile } from '../../src/people/key-file.ts';
import { KeyRing } from '../../src/people/key-ring.ts';
import { KeyStore } from '../../src/people/key-store.ts';
import { People, type Person } from '../../src/people/people.ts';
import { Retention } from '../../src/retention/retention.ts';
import { sharedPostgres } from '../support/postgres.ts';
import { raw, runSql } from '../support/procedures.ts';
import { openSealedStores, type SealedStores } from '../support/sealed-stores.ts';
import { engines, newDelivery } from '../support/stores.ts';
import { Workspace } from '../support/workspace.ts';

const scope = 'huntflow.example/14';
const actor: Actor = { who: 'a test', from: 'cli', key: '00'.repeat(32) };
const body = Buffer.from('{"event":{"applicant":{"last_name":"Тайная"}}}');

for (const engine of engines) {
  describe(`forgetting (${engine})`, () => {
    const workspace = new Workspace();
    let stores: SealedStores;
    let people: People;

    beforeEach(async () => {
      stores = await openSealedStores(engine);
      people = new People(stores.database, stores.seals);
    });
    afterEach(() => stores.close());
    after(() => workspace.remove());

    const forgetting = (ring: KeyRing | undefined = stores.ring) =>
      new Forgetting({ ...stores, ring, files: workspace.folder, now: () => 5000 });

    async function keep(applicant: string): Promise<number> {
      const { event } = await stores.inbox.keep({
        source: 'huntflow',
        scope,
        event: 'APPLICANT',
        type: 'ADD',
        action: 'ADD',
        dedupeKey: undefined,
        variant: '',
        receivedAt: 1000,
        body,
        bodySize: body.length,
        headers: {},
        error: undefined,
        whom: { applicant, profile: { last: 'Тайная' } },
      });
      return event;
    }
    async function owe(event: number, applicant: string): Promise<void> {
      const person = (await stores.inbox.find(event))?.person ?? null;
      const key = `applicant/${applicant}`;
      await stores.outbox.insert([newDelivery({ eventId: event, key, applicant, person })]);
    }
    async function person(applicant: string): Promise<Person> {
      const [found] = await people.find(applicant);
      if (found === undefined) throw new Error('nobody');
      return found;
    }
    const former = async () => (await sharedPostgres()).createDatabase();
    const mapped = () => stores.database.call(runSql, `update events set state = 'mapped'`);
    async function readable(): Promise<number> {
      const rows = await raw(stores.database.reads, 'select id from events');
      const events = await Promise.all(rows.map((row) => stores.inbox.find(Number(Object(row).id))));
      return events.filter((event) => event?.body !== null).length;
    }

    it('gives no number of an act that the store of keys knows of, and says which acts this database lacks', async () => {
      for (const applicant of ['17', '18']) await keep(applicant);
      await mapped();
      expect(await forgetting().actsElsewhere()).to.equal(undefined);
      await stores.ring.noteAct(41);
      await stores.ring.noteAct(7);
      expect(await forgetting().actsElsewhere()).to.deep.equal({ first: 1, last: 41 });
      for (const [applicant, number] of [
        ['17', 42],
        ['18', 43],
      ] as const) {
        const marked = await forgetting().mark(await person(applicant), actor, false);
        expect(marked).to.deep.equal({ done: true, forgetting: number });
        expect(await forgetting().finishAll()).to.deep.equal([number]);
      }
      expect(await forgetting().actsElsewhere()).to.equal(undefined);
      expect(await stores.ring.acts()).to.equal(43);
      await forgetting().leaveOut({ last: 50 });
      expect(await forgetting().actsElsewhere()).to.equal(undefined);
      expect((await forgetting().list()).map(({ id }) => id)).to.deep.equal([43, 42]);
    });

    it('writes down where the records had gone, for whoever signs the act', async () => {
      const event = await keep('17');
      await mapped();
      const { person: id = null } = (await stores.inbox.find(event)) ?? {};
      for (const target of ['archive', 'careers', 'cleared', 'intranet', 'retried', 'zup'])
        await stores.outbox.insert([newDelivery({ eventId: event, key: `${target}/17`, target, person: id })]);
      for (const text of [
        `update deliveries set state = 'delivered' where target = 'archive'`,
        `update deliveries set attempts = 1 where target in ('intranet', 'zup')`,
        // Of the first one nobody can tell any more; the first of the other may have been a lost answer.
        `update deliveries set attempts = 2 where target in ('cleared', 'retried')`,
        `insert into attempts (delivery_id, number, started_at, finished_at, outcome, exchanges, warnings)
          select id, 2, 1, 1, 'dead', '[]', '[]' from deliveries where target in ('cleared', 'retried')`,
        `insert into attempts (delivery_id, number, started_at, finished_at, outcome, exchanges, warnings)
          select id, 1, 1, 1, 'dead', '[]', '[]' from deliveries where target = 'retried'`,
        `insert into attempts (delivery_id, number, started_at, finished_at, outcome, exchanges, warnings)
          select id, 1, 1, 1, case when target = 'zup' then 'unknown' else 'retry' end, '[]', '[]' from deliveries
          where target in ('intranet', 'zup')`,
      ])
        await stores.database.call(runSql, text);
      expect(await forgetting().mark(await person('17'), actor, true)).to.have.property('done', true);
      const [act] = await forgetting().list();
      expect(JSON.parse(act?.sent ?? '')).to.deep.equal({
        archive: 'taken',
        cleared: 'unknown',
        intranet: 'not taken',
        retried: 'unknown',
        zup: 'unknown',
      });
      const paper = act === undefined ? '' : actOf(act, [], String);
      expect(paper).to.include('Передавалось: archive — принято; ').and.include('intranet — отправлялось');
      expect(paper).not.to.include('careers');
      expect(paper).to.include('zup — исход неизвестен');
    });

    it('waits for what is unmapped, owed or being sent, and cancels what is owed when asked to', async () => {
      const event = await keep('17');
      expect(await forgetting().mark(await person('17'), actor, true)).to.have.property('done', false);
      await mapped();
      await owe(event, '17');
      await stores.outbox.claim({ target: 'zup', now: 2000, until: 9000, most: 1 });
      const sending = await forgetting().mark(await person('17'), actor, true);
      expect(sending).to.have.nested.property('why.en').that.includes('being sent');
      await stores.database.call(runSql, 'update lanes set lease_until = 0');
      expect(await forgetting().mark(await person('17'), actor, false))
        .to.have.nested.property('why.en')
        .that.includes('--cancel');
      expect(await forgetting().mark(await person('17'), actor, true)).to.have.property('done', true);
    });

    it('goes on wherever it was cut, and makes whoever comes next somebody new', async () => {
      const event = await keep('17');
      await keep('18');
      await mapped();
      await owe(event, '17');
      // Cut after the mark: a new event of the same applicant is about somebody new, with another key.
      await forgetting().mark(await person('17'), actor, true);
      await keep('17');
      expect(await raw(stores.database.reads, 'select distinct key from people')).to.have.length(3);
      // Cut after the key: rows are there and say nothing.
      const [old] = await raw(stores.database.reads, 'select key from people where forgotten_at is not null');
      await stores.ring.destroy([Number(Object(old).key)]);
      expect((await stores.inbox.find(event))?.body).to.equal(null);
      expect(await forgetting().finishAll()).to.have.length(1);
      expect(await forgetting().finishAll()).to.have.length(0);
      expect(await raw(stores.database.reads, 'select body from events where body is null')).to.have.length(1);
      expect(
        await raw(
          stores.database.reads,
          `select id from deliveries where record is null and applicant is null and key is null`,
        ),
      ).to.have.length(1);
      expect(await readable()).to.equal(2);
      expect((await people.search('тайная')).map(({ applicant }) => applicant).toSorted()).to.deep.equal(['17', '18']);
    });

    it('reduces in an old copy whoever has no key any more', async () => {
      const event = await keep('17');
      const other = await keep('18');
      await mapped();
      await owe(event, '17');
      await owe(other, '18');
      const [row] = await raw(stores.database.reads, `select key from people where applicant = '17'`);
      await stores.ring.destroy([Number(Object(row).key)]);
      expect(await forgetLostPeople({ ...stores, erasure: new Erasure(stores) }, 6000)).to.deep.equal({
        people: 1,
        cancelled: 1,
      });
      expect(await people.find('17')).to.deep.equal([]);
      expect((await stores.outbox.list({ state: 'pending' })).map(({ applicant }) => applicant)).to.deep.equal(['18']);
    });

    it('goes beside a bulk that has rows of theirs, which fail alone and with a sentence', async () => {
      const { database, outbox } = stores;
      for (const applicant of ['17', '18']) await owe(await keep(applicant), applicant);
      await mapped();
      await database.call(runSql, `update deliveries set state = 'dead', reason = 'rejected', finished_at = 1500`);
      await database.call(runSql, 'update lanes set due_at = null');
      const bulks = new Bulks(database, outbox, () => 4000);
      const { bulk } = await bulks.preview({ action: 'retry', filter: { state: 'dead' }, by: 'anna' });
      expect(await bulks.start(bulk)).to.equal(true);
      expect(await forgetting().mark(await person('17'), actor, false)).to.have.property('done', true);
      while ((await bulks.step(bulk)) !== undefined);
      await forgetting().finishAll();
      expect(await bulks.find(bulk)).to.deep.include({ state: 'done', done: 1, failed: 1, left: 0 });
      const rows = await bulks.rows(bulk, 5);
      expect(rows.flatMap(({ why }) => why?.en ?? [])).to.deep.equal(['delivery 1 is cancelled already']);
      expect((await outbox.list({ state: 'pending' })).map(({ applicant }) => applicant)).to.deep.equal(['18']);
      // A bulk that is only previewed holds nobody back either, and afterwards has nobody's rows.
      const later = await bulks.preview({ action: 'cancel', filter: {}, by: 'anna' });
      await bulks.start(later.bulk);
      expect(await forgetting().mark(await person('18'), actor, true)).to.have.property('done', true);
      while ((await bulks.step(later.bulk)) !== undefined);
      await forgetting().finishAll();
      expect(await outbox.list({ people: [1, 2], state: 'pending' })).to.deep.equal([]);
      expect(await readable()).to.equal(0);
    });

    it('goes beside retention, and either ends', async () => {
      const { database, outbox } = stores;
      for (let number = 0; number < 60; number += 1) {
        const applicant = number % 2 === 0 ? '17' : '18';
        await owe(await keep(applicant), applicant);
      }
      await mapped();
      await database.call(runSql, `update events set finished_at = 1500`);
      await database.call(runSql, `update deliveries set state = 'delivered', finished_at = 1500`);
      await database.call(runSql, 'delete from lanes');
      const never = { dead: Infinity, attachments: Infinity, attempts: Infinity };
      const retention = new Retention({
        database,
        audit: new Audit(database, { current: () => actor.key, known: () => [actor.key] }, () => 9000),
        ages: { ...never, delivered: 1000, skipped: 1000, rows: 2000 },
        now: () => 9000,
        clearFiles: async () => 0,
        clearCopies: async () => 0,
        cleared: () => undefined,
        failed: (error) => expect.fail(String(error)),
      });
      const whom = await person('17');
      const [, marked] = await Promise.all([retention.pass(), forgetting().mark(whom, actor, false)]);
      expect(marked).to.have.property('done', true);
      await Promise.all([retention.pass(), forgetting().finishAll()]);
      await retention.stop();
      expect(await people.find('17')).to.deep.equal([]);
      expect(await readable()).to.equal(0);
      expect(await outbox.list({})).to.deep.equal([]);
      expect(await people.search('тайная'), 'and with the last row the name').to.deep.equal([]);
    });

    it('wraps keys anew wherever a rotation was cut, and opens everything meanwhile', async () => {
      const event = await keep('17');
      const [old] = readKeyFile(stores.keyFile);
      replaceKeyFile(stores.keyFile, [old, newKey(2)]);
      const store = new KeyStore(stores.storeUrl);
      const ring = new KeyRing(store, stores.keyFile);
      await ring.open();
      const some = await store.olderThan(2, 100);
      expect(some).to.have.length(100);
      let steps = 0;
      const cut = ring.rewrap(() => {
        steps += 1;
        throw new Error('killed');
      });
      await cut.catch(() => undefined);
      expect(steps).to.equal(1);
      // Both keys are in the file: what was wrapped and what was not opens.
      const again = new KeyRing(store, stores.keyFile);
      await again.open();
      await again.rewrap();
      expect(await store.olderThan(2, 1)).to.have.length(0);
      replaceKeyFile(stores.keyFile, readKeyFile(stores.keyFile).slice(-1));
      const last = new KeyRing(store, stores.keyFile);
      await last.open();
      // What a former copy of the store, a log or a dead row has of a key is wrapped by one that is no more.
      const url = engine === 'sqlite' ? `sqlite:${workspace.path('former.db')}` : await former();
      const copied = new KeyStore(url);
      await copied.prepare();
      await copied.add(some);
      await copied.addSecret({ name: 'root', kek: 1, wrapped: some[0]?.wrapped ?? new Uint8Array() });
      expect(await new KeyRing(copied, stores.keyFile).open().catch((error: Error) => error.message)).to.include(
        'do not fit the key store',
      );
      await copied.close();
      const [row] = await raw(stores.database.reads, 'select key from people');
      expect(await last.find(Number(Object(row).key))).to.have.property('symmetricKeySize', 32);
      expect((await stores.inbox.find(event))?.body).not.to.equal(null);
      await store.close();
    });
  });
}

describe('a file of keys', () => {
  const workspace = new Workspace();
  after(() => workspace.remove());

  it('is read when it has what was written, for its owner only', () => {
    const path = workspace.path('a.key');
    makeKeyFile(path);
    expect(readKeyFile(path)).to.have.length(1);
    expect(() => makeKeyFile(path)).to.throw('never written over');
    for (const mode of [0o440, 0o404, 0o644]) {
      chmodSync(path, mode);
      expect(() => readKeyFile(path), mode.toString(8)).to.throw('chmod 400');
    }
    for (const [name, text] of [
      ['empty', ''],
      ['short', '1 abc\n'],
      ['twice', `1 ${'a'.repeat(43)}\n1 ${'b'.repeat(43)}\n`],
      ['words', 'not a key at all\n'],
    ] as const) {
      writeFileSync(workspace.path(name), text, { mode: 0o400 });
      expect(() => readKeyFile(workspace.path(name)), name).to.throw('cannot be read');
    }
  });
});
