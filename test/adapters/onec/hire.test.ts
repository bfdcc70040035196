import { expect } from 'chai';
import { formats } from './formats.ts';
import { hireOf, personOf, valuesOf, withdrawalOf } from './hire.ts';
import { Office } from './office.ts';
import { failure } from './failure.ts';

const people = 'Catalog_ФизическиеЛица';
const orders = 'Document_ПриемНаРаботу';

function keyOf(row: Readonly<Record<string, unknown>> | undefined): string {
  return String(row?.['Ref_Key']);
}

for (const format of formats) {
  describe(`a hire in 1C (${format})`, () => {
    let office: Office;

    beforeEach(async () => {
      office = await Office.open({ settings: { format } });
    });

    afterEach(() => office.close());

    it('makes person, names, employee and an unposted draft that refer to each other', async () => {
      await office.deliver(1, hireOf(valuesOf(17)));

      const { base } = office.standIn;
      const [person] = base.all(people);
      const [employee] = base.all('Catalog_Сотрудники');
      const [names] = base.all('InformationRegister_ФИОФизическихЛиц');
      const [order] = base.all(orders);
      expect(employee).to.include({ ФизическоеЛицо_Key: keyOf(person), Description: 'Иванова Анна' });
      expect(names).to.include({
        ФизическоеЛицо: keyOf(person),
        ФизическоеЛицо_Type: `StandardODATA.${people}`,
        Фамилия: 'Иванова',
        Period: '2026-12-01T00:00:00',
      });
      expect(order).to.include({
        Сотрудник_Key: keyOf(employee),
        ФизическоеЛицо_Key: keyOf(person),
        Posted: false,
        КоличествоСтавок: 1,
        ДатаПриема: '2026-12-01T00:00:00',
      });
      expect(order?.['Комментарий']).to.match(/^HF applicant 17 [0-9a-f]{8}$/);
      expect(person?.['КонтактнаяИнформация']).to.have.length(2);
    });

    it('takes 5 requests warm and 4 to find that nothing has changed', async () => {
      await office.deliver(1, hireOf(valuesOf(17)));
      const first = office.standIn.seen.length;
      await office.deliver(2, hireOf(valuesOf(18, { lastName: 'Петрова' })));
      const warm = office.standIn.seen.length;
      await office.deliver(3, hireOf(valuesOf(18, { lastName: 'Петрова' })));
      const unchanged = office.standIn.seen.length;

      // Of the first, three ask whether the base heeds $filter at all.
      expect([first, warm - first, unchanged - warm]).to.deep.equal([15, 5, 4]);
      expect(office.standIn.seen.slice(warm).every(({ method }) => method === 'GET')).to.equal(true);
    });

    it('writes the name register of an older release as well', async () => {
      const old = await Office.open({ settings: { format }, compositeNames: false });
      try {
        await old.deliver(1, hireOf(valuesOf(17)));
        const [person] = old.standIn.base.all(people);
        expect(old.standIn.base.all('InformationRegister_ФИОФизическихЛиц')[0]).to.include({
          ФизическоеЛицо_Key: keyOf(person),
        });
      } finally {
        await old.close();
      }
    });

    it('changes only what differs, and merges contacts with those that people added', async () => {
      await office.deliver(1, hireOf(valuesOf(17)));
      const { base } = office.standIn;
      const before = base.all(people)[0];
      const rows = before?.['КонтактнаяИнформация'];
      const home = {
        LineNumber: '3',
        Тип: 'Адрес',
        Вид_Key: '00000000-0000-0000-0000-000000000000',
        Представление: 'Домашний',
        Значение: '',
        АдресЭП: '',
        НомерТелефона: '',
      };
      base.edit(people, keyOf(before), {
        КонтактнаяИнформация: [...(Array.isArray(rows) ? rows : []), home],
        МестоРождения: 'от руки',
      });

      const { summary } = await office.deliver(2, hireOf(valuesOf(17, { phone: '+7 999 0000001' })));

      const patches = office.standIn.seen.filter(({ method }) => method === 'PATCH');
      const contacts = base.all(people)[0]?.['КонтактнаяИнформация'];
      expect(patches).to.have.length(1);
      expect(patches[0]?.body).to.not.include('Фамилия');
      expect(summary).to.match(/ФизическиеЛица\(\S+\) updated/);
      expect(
        (Array.isArray(contacts) ? contacts : []).map((row: unknown) => Reflect.get(Object(row), 'Представление')),
      ).to.deep.equal(['+7 999 0000001', 'a17@example.test', 'Домашний']);
      expect(base.all(people)[0]).to.include({ МестоРождения: 'от руки' });
    });

    it('moves the unposted draft when the day of employment changes', async () => {
      await office.deliver(1, hireOf(valuesOf(17)));
      await office.deliver(2, hireOf(valuesOf(17, { date: '2026-12-15' })));

      expect(office.standIn.base.all(orders)).to.have.length(1);
      expect(office.standIn.base.all(orders)[0]).to.include({ ДатаПриема: '2026-12-15T00:00:00' });
    });

    it('leaves a draft that a person posted meanwhile and says which fields differ', async () => {
      await office.deliver(1, hireOf(valuesOf(17)));
      office.standIn.base.edit(orders, keyOf(office.standIn.base.all(orders)[0]), { Posted: true });

      const error = await failure('rejected', office.deliver(2, hireOf(valuesOf(17, { date: '2026-12-15' }))));

      expect(error.en).to.include('is posted in 1C already').and.to.include('ДатаПриема');
      expect(office.standIn.base.all(orders)[0]).to.include({ ДатаПриема: '2026-12-01T00:00:00' });
    });

    it('is content with a posted draft that says the same', async () => {
      await office.deliver(1, hireOf(valuesOf(17)));
      office.standIn.base.edit(orders, keyOf(office.standIn.base.all(orders)[0]), { Posted: true });

      const { summary } = await office.deliver(2, hireOf(valuesOf(17)));

      expect(summary).to.match(/ПриемНаРаботу\(\S+\) already there$/);
    });

    it('posts when the mapping asks for it, once', async () => {
      const { steps } = hireOf(valuesOf(17));
      const record = { steps: steps.map((step) => (step?.draft === orders ? { ...step, post: true } : step)) };

      await office.deliver(1, record);
      await office.deliver(2, record);

      expect(office.standIn.base.all(orders)[0]).to.include({ Posted: true });
      expect(office.standIn.seen.filter(({ raw }) => raw.includes('/Post?'))).to.have.length(1);
      expect(office.standIn.seen.find(({ raw }) => raw.includes('/Post?'))?.raw).to.include(
        'PostingModeOperational=false',
      );
    });

    it('withdraws an unposted draft, again without harm, and finds nothing to withdraw where there is none', async () => {
      await office.deliver(1, hireOf(valuesOf(17)));

      await office.deliver(2, withdrawalOf(valuesOf(17)));
      await office.deliver(3, withdrawalOf(valuesOf(17)));
      const { summary } = await office.deliver(4, withdrawalOf(valuesOf(99)));

      expect(office.standIn.base.all(orders)[0]).to.include({ DeletionMark: true });
      expect(office.standIn.seen.filter(({ method }) => method === 'PATCH')).to.have.length(1);
      expect(summary).to.equal('Document_ПриемНаРаботу nothing to withdraw');
    });

    it('leaves it to a person to withdraw a posted order', async () => {
      await office.deliver(1, hireOf(valuesOf(17)));
      office.standIn.base.edit(orders, keyOf(office.standIn.base.all(orders)[0]), { Posted: true });

      const error = await failure('rejected', office.deliver(2, withdrawalOf(valuesOf(17))));

      expect(error.en).to.include('a person must decide');
      expect(office.standIn.base.all(orders)[0]).to.include({ DeletionMark: false, Posted: true });
    });

    it('leaves alone what `create` finds', async () => {
      const { upsert, ...person } = personOf(valuesOf(17));
      await office.deliver(1, { steps: [{ create: upsert ?? '', ...person }] });
      await office.deliver(2, {
        steps: [{ create: upsert ?? '', ...personOf(valuesOf(17, { lastName: 'Петрова' })), upsert: null }],
      });

      expect(office.standIn.base.all(people)).to.have.length(1);
      expect(office.standIn.base.all(people)[0]).to.include({ Фамилия: 'Иванова' });
    });

    it('clears a field with { empty: true } and leaves one with null alone', async () => {
      await office.deliver(1, hireOf(valuesOf(17)));
      const step = personOf(valuesOf(17));
      await office.deliver(2, {
        steps: [
          { ...step, fields: { ...step.fields, Имя: { empty: true }, ДатаРождения: { empty: true }, Фамилия: null } },
        ],
      });

      expect(office.standIn.base.all(people)[0]).to.include({
        Имя: '',
        ДатаРождения: '0001-01-01T00:00:00',
        Фамилия: 'Иванова',
      });
    });
  });
}
