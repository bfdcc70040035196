import { expect } from 'chai';
import type { OneCRecord, StepRecord } from '../../../adapters/onec/record.ts';
import { failure } from './failure.ts';
import { formats } from './formats.ts';
import { draftOf, employeeOf, namesOf, personOf, valuesOf } from './hire.ts';
import { Office } from './office.ts';
import { typeIn } from './type-in.ts';

const people = 'Catalog_ФизическиеЛица';
const cards = 'Catalog_Сотрудники';
const orders = 'Document_ПриемНаРаботу';
const organisation = 'c0000000-0000-4000-8000-000000000001';
const telling = [
  'InformationRegister_ТекущиеКадровыеДанныеСотрудников',
  'InformationRegister_КадроваяИсторияСотрудников',
  'Document_Увольнение',
];

interface Hire {
  readonly log: number;
  readonly date?: string;
  readonly card?: Partial<StepRecord>;
}

/** A hire of applicant 17 as the preset makes it: card and order stand for the log. */
function hire({ log, date = '2026-12-01', card = {} }: Hire): OneCRecord {
  const values = valuesOf(17, { date });
  const of = { kind: 'log', id: log };
  return {
    steps: [
      { ...personOf(values), rows: null },
      namesOf(values),
      { ...employeeOf(values), of, ...card },
      { ...draftOf(values), of },
    ],
  };
}

for (const keepsKeys of [true, false])
  for (const format of formats) {
    describe(`cards of one person (${format}, keys ${keepsKeys ? 'honoured' : 'replaced'})`, () => {
      let office: Office;

      async function open(unpublished: string[] = []): Promise<void> {
        office = await Office.open({ zup: true, settings: { format }, behaviour: { keepsKeys, unpublished } });
      }

      afterEach(() => office.close());

      function all(set: string): readonly Readonly<Record<string, unknown>>[] {
        return office.standIn.base.all(set);
      }

      /** HR posts the order that the connector has drafted last. */
      function post(): string {
        const order = all(orders).at(-1) ?? {};
        const key = String(order['Ref_Key']);
        postIn(orders, key);
        return String(order['Сотрудник_Key']);
      }

      function postIn(set: string, key: string): void {
        const model = office.standIn.base.sets.get(set);
        if (model === undefined) throw new Error(`no ${set}`);
        office.standIn.base.post(model, { Ref_Key: key }, 'false');
      }

      function dismiss(card: string, day: string): void {
        const person = String(all(people)[0]?.['Ref_Key']);
        const key = typeIn(office, 'Document_Увольнение', {
          Date: `${day}T00:00:00`,
          Сотрудник_Key: card,
          ФизическоеЛицо_Key: person,
          Организация_Key: organisation,
          ДатаУвольнения: `${day}T00:00:00`,
        });
        postIn('Document_Увольнение', key);
      }

      for (const hidden of [[], telling.slice(0, 1), telling.slice(0, 2)])
        it(`makes a new card for who was dismissed and comes back (${telling.length - hidden.length} sets tell)`, async () => {
          await open(hidden);
          await office.deliver(1, hire({ log: 1 }));
          const old = post();
          dismiss(old, '2027-03-01');

          await office.deliver(2, hire({ log: 2, date: '2027-06-01' }));

          expect(all(people)).to.have.length(1);
          expect(all(cards)).to.have.length(2);
          expect(all(orders).map((order) => order['Сотрудник_Key'] === old)).to.deep.equal([true, false]);
        });

      it('passes over a card in the archive, although Reference and Ref_Key of the applicant lead to it', async () => {
        await open();
        const card = { of: { kind: 'applicant', id: 17 } };
        await office.deliver(1, hire({ log: 1, card }));
        office.standIn.base.edit(cards, String(all(cards)[0]?.['Ref_Key']), { ВАрхиве: true });

        await office.deliver(2, hire({ log: 2, date: '2027-06-01', card }));
        await office.restart();
        await office.deliver(3, hire({ log: 2, date: '2027-06-08', card }));

        expect(all(cards)).to.have.length(2);
        expect(all(orders)[1]).to.include({ Сотрудник_Key: all(cards)[1]?.['Ref_Key'] });
        expect(all(orders)[1]).to.include({ ДатаПриема: '2027-06-08T00:00:00' });
      });

      it('takes a correction after HR has posted the order for the same hire', async () => {
        await open();
        await office.deliver(1, hire({ log: 1 }));
        post();

        const { summary } = await office.deliver(2, hire({ log: 1 }));
        const error = await failure('rejected', office.deliver(3, hire({ log: 1, date: '2026-12-08' })));

        expect(summary).to.match(/ПриемНаРаботу\(\S+\) already there$/);
        expect(error.en).to.include('is posted in 1C already');
        expect(all(cards)).to.have.length(1);
      });

      it('asks about a second main order for somebody who works there, and writes nothing', async () => {
        await open();
        await office.deliver(1, hire({ log: 1 }));
        post();
        const before = office.standIn.seen.length;

        const error = await failure('rejected', office.deliver(2, hire({ log: 2, date: '2027-06-01' })));

        expect(error.en).to.include('is employed already since 2026-12-01').and.to.include('employment: second');
        expect(error.ru).to.include('кадровый перевод').and.to.include('--new');
        expect(office.standIn.seen.slice(before).every(({ method }) => method === 'GET')).to.equal(true);
      });

      it('makes a card of its own for a second job', async () => {
        await open();
        await office.deliver(1, hire({ log: 1 }));
        post();
        await office.deliver(2, hire({ log: 2, date: '2027-06-01', card: { employment: 'second' } }));
        await office.deliver(3, hire({ log: 2, date: '2027-06-01', card: { employment: 'second' } }));

        expect(all(cards)).to.have.length(2);
        expect(all(orders)).to.have.length(2);
      });

      it('asks which of two living cards is meant, once', async () => {
        await open();
        const person = typeIn(office, people, { ФИО: 'Иванова Анна', ДатаРождения: '1990-05-01T00:00:00' });
        const [, second] = ['0001', '0002'].map((Code) =>
          typeIn(office, cards, { Code, ФизическоеЛицо_Key: person, ГоловнаяОрганизация_Key: organisation }),
        );

        const error = await failure('rejected', office.deliver(1, hire({ log: 1 })));
        expect(error.en).to.include('2 living cards').and.to.include(String(second));
        expect(error.en).to.include('deliveries choose ID --step employee');
        expect(office.standIn.seen.every(({ method }) => method === 'GET')).to.equal(true);

        office.references.set(JSON.stringify(['log', '1', '', cards]), String(second));
        await office.deliver(1, hire({ log: 1 }));
        expect(all(orders)[0]).to.include({ Сотрудник_Key: second });
        expect(all(cards)).to.have.length(2);
      });

      it('makes a new card where the answer was --new', async () => {
        await open();
        const person = typeIn(office, people, { ФИО: 'Иванова Анна', ДатаРождения: '1990-05-01T00:00:00' });
        for (const Code of ['0001', '0002'])
          typeIn(office, cards, { Code, ФизическоеЛицо_Key: person, ГоловнаяОрганизация_Key: organisation });
        office.references.set(JSON.stringify(['log', '1', '', cards]), 'new');

        await office.deliver(1, hire({ log: 1 }));
        await office.deliver(2, hire({ log: 1, date: '2026-12-08' }));

        expect(all(cards)).to.have.length(3);
        expect(all(orders)).to.have.length(1);
      });

      it('makes the draft with a finding where no published set tells whether somebody works there', async () => {
        await open(telling);
        const person = typeIn(office, people, { ФИО: 'Иванова Анна', ДатаРождения: '1990-05-01T00:00:00' });
        const card = typeIn(office, cards, { ФизическоеЛицо_Key: person, ГоловнаяОрганизация_Key: organisation });

        const { warnings = [] } = await office.deliver(1, hire({ log: 1 }));

        expect(all(orders)[0]).to.include({ Сотрудник_Key: card });
        expect(JSON.stringify(warnings)).to.include('cannot be seen');
      });

      it('hires on the only card that was prepared in advance', async () => {
        await open();
        const person = typeIn(office, people, { ФИО: 'Иванова Анна', ДатаРождения: '1990-05-01T00:00:00' });
        const card = typeIn(office, cards, { ФизическоеЛицо_Key: person, ГоловнаяОрганизация_Key: organisation });

        await office.deliver(1, hire({ log: 1 }));

        expect(all(cards)).to.have.length(1);
        expect(all(orders)[0]).to.include({ Сотрудник_Key: card });
      });
    });
  }
