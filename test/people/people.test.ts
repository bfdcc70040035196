import { expect } from 'chai';
import { Seals } from '../../src/people/seals.ts';
import { Attribution } from '../../src/people/attribution.ts';
import { mergePeople } from '../../src/people/merge-people.ts';
import { People } from '../../src/people/people.ts';
import { Procedure } from '../../src/database/procedure.ts';
import type { Profile } from '../../src/huntflow/person.ts';
import { runSql } from '../support/procedures.ts';
import { engines, newDelivery, openStores, type Stores } from '../support/stores.ts';

const merge = new Procedure('mergePeople', mergePeople);
const scope = 'huntflow.example/14';

for (const engine of engines) {
  describe(`people (${engine})`, () => {
    let stores: Stores;
    let people: People;
    let last = 0;

    beforeEach(async () => {
      stores = await openStores(engine);
      people = new People(stores.database, new Seals(stores.database));
    });
    afterEach(() => stores.close());

    async function keep(applicant: string, profile: Profile, dedupeKey = `event ${(last += 1)}`) {
      return stores.inbox.keep({
        source: 'huntflow',
        scope,
        event: 'APPLICANT',
        type: 'ADD',
        action: 'ADD',
        dedupeKey,
        variant: '',
        receivedAt: 1000,
        body: Buffer.from('{}'),
        bodySize: 2,
        headers: {},
        error: undefined,
        whom: { applicant, profile },
      });
    }
    const names = async (text: string) => (await people.search(text)).map(({ applicant }) => applicant).toSorted();

    it('knows an applicant of a scope once, however many events name one', async () => {
      const first = await keep('17', { last: 'Иванова' });
      const second = await keep('17', { last: 'Иванова' });
      expect((await stores.inbox.find(first.event))?.person).to.equal((await stores.inbox.find(second.event))?.person);
      expect(await people.find('17')).to.have.length(1);
    });

    it('finds people by words of a name, in any order, case and form of letters', async () => {
      await keep('17', { last: 'Семёнова', first: 'Анна', middle: 'Йоновна' });
      await keep('18', { last: 'Семенов', first: 'Олег' });
      expect(await names('семенова')).to.deep.equal(['17']);
      expect(await names('  АННА   СЕМЁНОВА ')).to.deep.equal(['17']);
      expect(await names('Йоновна'.normalize('NFD'))).to.deep.equal(['17']);
      expect(await names('Семёнова Олег')).to.deep.equal([]);
    });

    it('finds people by the beginning of a word, from three letters on', async () => {
      await keep('17', { last: 'Семёнова', first: 'Анна' });
      await keep('18', { last: 'Семичастный', first: 'Олег' });
      expect(await names('сем')).to.deep.equal(['17', '18']);
      expect(await names('семен')).to.deep.equal(['17']);
      expect(await names('семич оле')).to.deep.equal(['18']);
      expect(await names('се')).to.deep.equal([]);
    });

    it('finds people by mail, phone and id', async () => {
      await keep('17', { last: 'Семёнова', mail: 'Anna@Example.org', phone: '8 (916) 123-45-67' });
      for (const text of ['anna@example.org', '+7 916 123 45 67', '9161234567', '17'])
        expect(await names(text), text).to.deep.equal(['17']);
    });

    it('shows a name masked, and the name itself to whoever may see it', async () => {
      await keep('17', { last: 'Семёнова', first: 'Анна' });
      const [person] = await people.search('семёнова');
      expect(person?.name).to.equal('Семёнова Анна');
      expect(person?.masked).not.to.match(/семёнова|анна/i);
    });

    it('takes what the latest event says of a person, and still finds the earlier name', async () => {
      await keep('17', { last: 'Семёнова', first: 'Анна' });
      await keep('17', { last: 'Петрова', first: 'Анна' });
      expect((await people.search('Семёнова'))[0]?.name).to.equal('Петрова Анна');
    });

    it('makes nobody known by a repetition', async () => {
      await keep('17', {}, 'same');
      expect((await keep('18', {}, 'same')).outcome).to.equal('duplicate');
      expect(await people.find('18')).to.deep.equal([]);
    });

    it('has one person where Huntflow merged two, with the rows of both', async () => {
      await keep('17', { last: 'Семёнова' });
      await keep('18', { last: 'Семёнова', first: 'Анна' });
      await keep('19', { last: 'Семёнова', first: 'А' });
      await stores.database.call(merge, { scope, removed: '17', survivor: '18' });
      await stores.database.call(merge, { scope, removed: '18', survivor: '19' });
      await stores.database.call(merge, { scope, removed: '19', survivor: '17' });
      const found = await people.search('Семёнова');
      expect(found).to.have.length(1);
      expect(found[0]?.applicants).to.deep.equal(['19', '17', '18']);
      expect(found[0]?.ids).to.have.length(3);
    });

    it('finds out whom events of an earlier version, and all that came of them, are about, and goes on where it was cut', async () => {
      const bodies = [17, 18, 18, 19].map((id) => JSON.stringify(bodyOf(id)));
      for (const body of bodies)
        await stores.inbox.keep({
          source: 'huntflow',
          scope,
          event: 'APPLICANT',
          type: 'ADD',
          action: 'ADD',
          dedupeKey: undefined,
          variant: '',
          receivedAt: 1000,
          body: Buffer.from(body),
          bodySize: body.length,
          headers: {},
          error: undefined,
        });
      await stores.outbox.insert([newDelivery({ eventId: 2 })]);
      for (const text of [
        `insert into attempts (delivery_id, number, started_at, finished_at, outcome, exchanges, warnings)
          select id, 1, 1, 1, 'delivered', '[]', '[]' from deliveries`,
        `insert into "references" (target, scope, kind, entity, role, entity_set, name)
          select target, '${scope}', 'applicant', '18', '', 'Catalog_ФизическиеЛица', 'a1' from deliveries`,
      ])
        await stores.database.call(runSql, text);
      const attribution = new Attribution(stores.database, new Seals(stores.database));
      expect(await attribution.run(AbortSignal.abort())).to.equal(0);
      expect(await attribution.run(new AbortController().signal)).to.equal(4);
      expect(await attribution.run(new AbortController().signal)).to.equal(0);
      expect(await names('Петров18')).to.deep.equal(['18']);
      const { person } = (await stores.inbox.find(2)) ?? {};
      expect((await stores.inbox.find(3))?.person).to.equal(person);
      for (const table of ['deliveries', 'attempts', 'references'] as const) {
        const rows = await stores.database.queries.selectFrom(table).select('person').execute();
        expect(rows, table).to.deep.equal([{ person }]);
      }
    });
  });
}

function bodyOf(id: number) {
  return {
    changes: {},
    meta: { event_type: 'APPLICANT', version: '2.0', webhook_action: 'ADD', event_id: String(id) },
    event: { applicant: { id, last_name: `Петров${id}`, first_name: 'Пётр' }, applicant_log: { type: 'ADD' } },
  };
}
