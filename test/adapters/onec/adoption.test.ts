import { expect } from 'chai';
import type { StepRecord } from '../../../adapters/onec/record.ts';
import { formats } from './formats.ts';
import { namesOf, personOf, valuesOf } from './hire.ts';
import { Office } from './office.ts';
import { typeIn } from './type-in.ts';

const people = 'Catalog_ФизическиеЛица';
const names = 'InformationRegister_ФИОФизическихЛиц';
const snils = '112-233-445 95';

const typed = {
  Description: 'Петрова Анна Сергеевна',
  ФИО: 'Петрова Анна Сергеевна',
  Фамилия: 'Петрова',
  Имя: 'Анна',
  Отчество: 'Сергеевна',
  СтраховойНомерПФР: snils,
  МестоРождения: 'Тверь',
};

/** What the applicant has: another surname, another birthplace, a birthday. */
function step(changes: Partial<StepRecord> = {}, birthplace = 'Москва'): StepRecord {
  const { fields, ...person } = personOf(valuesOf(17, { snils, birthplace }));
  const whole = 'Иванова Анна Сергеевна';
  const named = { ...fields, Description: whole, ФИО: whole, Отчество: 'Сергеевна' };
  return { ...person, fields: named, rows: null, ...changes };
}

for (const keepsKeys of [true, false])
  for (const format of formats) {
    describe(`adopting a person whom people typed in (${format}, keys ${keepsKeys ? 'honoured' : 'replaced'})`, () => {
      let office: Office;
      let key: string;

      beforeEach(async () => {
        office = await Office.open({ settings: { format }, behaviour: { keepsKeys } });
        key = typeIn(office, people, typed);
      });

      afterEach(() => office.close());

      function person(): Readonly<Record<string, unknown>> {
        return office.standIn.base.all(people)[0] ?? {};
      }

      it('fills what is empty, leaves what differs and says so', async () => {
        const { warnings = [] } = await office.deliver(1, { steps: [step()] });

        expect(person()).to.include({ ...typed, ДатаРождения: '1990-05-01T00:00:00' });
        expect(office.standIn.base.all(people)).to.have.length(1);
        expect(JSON.stringify(warnings)).to.include('Фамилия').and.to.include('МестоРождения').and.not.include('Тверь');
      });

      it('overwrites what the step owns', async () => {
        await office.deliver(1, { steps: [step({ owns: ['МестоРождения'] })] });

        expect(person()).to.include({ Фамилия: 'Петрова', МестоРождения: 'Москва' });
      });

      it('overwrites all with onAdopt: overwrite', async () => {
        await office.deliver(1, { steps: [step({ onAdopt: 'overwrite' })] });

        expect(person()).to.include({ Фамилия: 'Иванова', ФИО: 'Иванова Анна Сергеевна', МестоРождения: 'Москва' });
      });

      it('leaves all with onAdopt: keep', async () => {
        await office.deliver(1, { steps: [step({ onAdopt: 'keep' })] });

        expect(person()).to.include({ ...typed, ДатаРождения: '0001-01-01T00:00:00' });
        expect(office.standIn.seen.every(({ method }) => method === 'GET')).to.equal(true);
      });

      it('changes what it has filled as long as nobody else has', async () => {
        office.standIn.base.edit(people, key, { МестоРождения: '' });
        await office.deliver(1, { steps: [step()] });
        await office.restart();
        await office.deliver(2, { steps: [step({}, 'Казань')] });
        expect(person()).to.include({ МестоРождения: 'Казань' });

        office.standIn.base.edit(people, key, { МестоРождения: 'Пермь' });
        const { warnings = [] } = await office.deliver(3, { steps: [step({}, 'Омск')] });

        expect(person()).to.include({ МестоРождения: 'Пермь' });
        expect(JSON.stringify(warnings)).to.include('МестоРождения');
      });

      it('adds contacts, changes its own and leaves those of people', async () => {
        const values = { lastName: 'Петрова', snils, phone: '+7 900 0000017', email: null };
        await office.deliver(1, { steps: [personOf(valuesOf(17, values))] });
        await office.deliver(2, { steps: [personOf(valuesOf(17, { ...values, phone: '+7 900 0000018' }))] });
        expect(contacts()).to.deep.equal(['+7 900 0000018']);

        const [row] = rows();
        office.standIn.base.edit(people, key, { КонтактнаяИнформация: [{ ...row, Представление: 'от руки' }] });
        await office.deliver(3, { steps: [personOf(valuesOf(17, { ...values, phone: '+7 900 0000019' }))] });

        expect(contacts()).to.deep.equal(['от руки']);
      });

      it('writes no line of names for an adopted person', async () => {
        await office.deliver(1, { steps: [step(), namesOf(valuesOf(17))] });

        expect(office.standIn.base.all(names)).to.have.length(0);
      });

      it('writes the name register first, then the person, where the step owns the surname', async () => {
        await office.deliver(1, { steps: [step({ owns: ['Фамилия'] }), namesOf(valuesOf(17))] });

        const writes = office.standIn.seen.filter(({ method }) => method !== 'GET').map(({ method }) => method);
        expect(writes).to.deep.equal(['POST', 'PATCH']);
        expect(office.standIn.base.all(names).map((row) => row['Фамилия'])).to.deep.equal(['Иванова']);
        expect(person()).to.include({ Фамилия: 'Иванова', ФИО: 'Иванова Анна Сергеевна', МестоРождения: 'Тверь' });
      });

      function rows(): readonly Readonly<Record<string, unknown>>[] {
        const list = person()['КонтактнаяИнформация'];
        return Array.isArray(list) ? list : [];
      }

      function contacts(): readonly unknown[] {
        return rows().map((row) => row['Представление']);
      }
    });

    describe(`a person of our own (${format}, keys ${keepsKeys ? 'honoured' : 'replaced'})`, () => {
      let office: Office;

      beforeEach(async () => {
        office = await Office.open({ settings: { format }, behaviour: { keepsKeys } });
      });

      afterEach(() => office.close());

      it('gets a line of names only when the name differs, and before the person is changed', async () => {
        const hire = (lastName: string, date: string) => ({
          steps: [personOf(valuesOf(17, { lastName })), namesOf(valuesOf(17, { lastName, date }))],
        });
        await office.deliver(1, hire('Иванова', '2026-12-01'));
        await office.deliver(2, hire('Иванова', '2026-12-05'));
        expect(office.standIn.base.all(names)).to.have.length(1);

        const before = office.standIn.seen.length;
        await office.deliver(3, hire('Петрова', '2026-12-08'));

        const writes = office.standIn.seen.slice(before).filter(({ method }) => method !== 'GET');
        expect(writes.map(({ method }) => method)).to.deep.equal(['POST', 'PATCH']);
        expect(office.standIn.base.all(names).map((row) => row['Фамилия'])).to.deep.equal(['Иванова', 'Петрова']);
        expect(office.standIn.base.all(people)[0]).to.include({ Фамилия: 'Петрова', ФИО: 'Петрова Анна' });
      });
    });
  }
