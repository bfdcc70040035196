import { expect } from 'chai';
import type { StepRecord } from '../../../adapters/onec/record.ts';
import { isText } from '../../../src/text.ts';
import { failure } from './failure.ts';
import { formats } from './formats.ts';
import { draftOf, hireOf, personOf, valuesOf } from './hire.ts';
import { Office } from './office.ts';
import { typeIn } from './type-in.ts';

const people = 'Catalog_ФизическиеЛица';
const orders = 'Document_ПриемНаРаботу';
const { signal } = new AbortController();

/*
 * What people report in public of writing to 1C over OData, each tried as it was reported. Two more stand elsewhere: a
 * $filter that comes back empty (kilylabs/odata-1c#6) in filter-proof.test.ts, descriptions of 15 MB and more
 * (odata2ts/odata2ts#244, simple-odata-client/Simple.OData.Client#585) in whole-base.test.ts.
 */
for (const format of formats)
  describe(`what others ran into with 1C (${format})`, () => {
    let office: Office;

    beforeEach(async () => {
      office = await Office.open({ settings: { format } });
    });

    afterEach(() => office.close());

    const writes = () => office.standIn.seen.filter(({ method }) => method !== 'GET');

    it('a handler of the configuration fails at a POST (kilylabs/odata-1c#4): a dead letter names it', async () => {
      office.standIn.trouble = ({ method, set }) =>
        method === 'POST' && set === orders
          ? { kind: 'says', sentence: "Ошибка при выполнении обработчика - 'ОбработкаЗаполнения'" }
          : undefined;
      const { ru } = await failure('rejected', office.deliver(1, hireOf(valuesOf(1))));

      expect(ru).to.include('ОбработкаЗаполнения').and.to.include('Исправьте данные или настройку в 1С');
      expect(office.standIn.base.all(orders)).to.have.length(0);
    });

    it('one row sent takes the others with it (kilylabs/odata-1c#5): the rows of people stay', async () => {
      await office.deliver(1, hireOf(valuesOf(1)));
      const [person] = office.standIn.base.all(people);
      const rows: unknown = person?.['КонтактнаяИнформация'];
      const own = { LineNumber: '3', Тип: 'Адрес', Представление: 'г. Тверь' };
      office.standIn.base.edit(people, String(person?.['Ref_Key']), {
        КонтактнаяИнформация: [...(Array.isArray(rows) ? rows : []), own],
      });
      await office.deliver(2, hireOf(valuesOf(1, { phone: '+7 900 111-22-33' })));

      const [after] = office.standIn.base.all(people);
      expect(after?.['КонтактнаяИнформация']).to.have.length(3);
      expect(JSON.stringify(after?.['КонтактнаяИнформация'])).to.include('г. Тверь').and.to.include('111-22-33');
    });

    it('rows cannot be made alone (code 13), and one without a number is an internal error: none is sent so', async () => {
      await office.deliver(1, hireOf(valuesOf(1)));

      expect(writes().filter(({ url }) => url.includes('ФизическиеЛица_КонтактнаяИнформация'))).to.deep.equal([]);
      const [post] = writes().filter(({ url }) => url.includes(`/${people}`));
      expect(post?.body.match(/LineNumber/g)?.length ?? 0).to.be.at.least(2);
    });

    it('a document cannot be posted (errors24.ru, mista): the draft stays, the handler is named', async () => {
      const sentence = "Error running processor - 'ОбработкаПроведения'";
      const order: StepRecord = { ...draftOf(valuesOf(1)), post: true };
      const { steps } = hireOf(valuesOf(1));
      office.standIn.trouble = ({ method, set }) =>
        method === 'POST' && set === orders && office.standIn.base.all(orders).length > 0
          ? { kind: 'says', sentence }
          : undefined;
      const { ru } = await failure('rejected', office.deliver(1, { steps: [...steps.slice(0, 3), order] }));

      expect(ru).to.include('ОбработкаПроведения').and.to.include('записано');
      expect(office.standIn.base.all(orders).map(({ Posted: posted }) => posted)).to.deep.equal([false]);
    });

    it('Atom comes where no format is asked for (Simple.OData.Client#246): every request asks', async () => {
      await office.deliver(1, hireOf(valuesOf(1)));
      const asked = office.standIn.seen.filter(({ url }) => !url.endsWith('$metadata'));

      expect(asked.length).to.be.above(5);
      const form = format === 'json' ? 'json' : 'atom';
      for (const { url, headers } of asked) expect(`${url} ${headers.accept ?? ''}`).to.include(form);
    });

    it('the composition of the interface shrinks by itself (RDT1C#172): named, and delivered once it is back', async () => {
      await office.deliver(1, hireOf(valuesOf(1)));
      office.standIn.behaviour.unpublished.push(orders);
      const next = hireOf(valuesOf(2, { lastName: 'Петрова' }));
      expect((await failure('rejected', office.deliver(2, next))).ru).to.include(orders);

      office.standIn.behaviour.unpublished.length = 0;
      await office.restart();
      await office.deliver(2, next);
      expect(office.standIn.base.all(people)).to.have.length(2);
      expect(office.standIn.base.all(orders)).to.have.length(2);
    });

    it('the publication is written in a form that 1C does not know (cc-1c-skills#25): said, with the right one', async () => {
      office.standIn.behaviour.switchedOff = true;
      const [found] = await office.adapter.check({ mappings: [{ name: 'hire', record: hireOf(valuesOf(1)) }], signal });

      expect(found !== undefined && isText(found.text) && found.text.ru).to.include('standardOdata enable="true"');
    });

    for (const empty of ['0001-01-01', '1899-12-30'])
      it(`an empty date is ${empty} (python-pyodata#80, #143; OneScript#235): it is no birthday`, async () => {
        const values = valuesOf(1, { birthday: empty, snils: '112-233-445 95' });
        typeIn(office, people, { Description: 'Иванова Анна', ФИО: 'Иванова Анна', ДатаРождения: `${empty}T00:00:00` });
        await office.deliver(1, { steps: [personOf(values)] });

        expect(office.standIn.base.all(people), 'nobody is known by it').to.have.length(2);
      });

    it('a sign below U+0020 breaks every later exchange (diadocsdk-1c-docs#433, #492, #949): none is stored', async () => {
      const values = valuesOf(1, {
        lastName: 'Ива\u001dнова',
        birthplace: 'г.\u0011 Тверь',
        comment: 'из\u001e Хантфлоу',
      });
      await office.deliver(1, hireOf(values));

      const stored = JSON.stringify([people, orders].map((set) => office.standIn.base.all(set)));
      expect(stored).to.include('Иванова').and.to.include('г. Тверь');
      expect(stored).not.to.match(/\\u00[01]/);
    });

    it("another's number renames its owner (ehealth-ua/api-spec#436): asked, and nothing is written", async () => {
      const owner = typeIn(office, people, {
        Description: 'Облаков Пётр',
        ФИО: 'Облаков Пётр',
        СтраховойНомерПФР: '112-233-445 95',
      });
      const values = valuesOf(1, { snils: '112-233-445 95' });
      await failure('rejected', office.deliver(1, hireOf(values)));

      expect(writes()).to.deep.equal([]);
      expect(office.standIn.base.all(people).map(({ Ref_Key: key }) => key)).to.deep.equal([owner]);
    });

    it('dates come with an offset (the order of kilylabs/odata-1c#4): the day stays', async () => {
      const { steps } = hireOf(valuesOf(1, { date: '2026-12-01' }));
      await office.deliver(1, { steps });

      expect(office.standIn.base.all(orders)[0]).to.include({ ДатаПриема: '2026-12-01T00:00:00' });
      for (const { body } of writes()) expect(body).not.to.match(/T00:00:00(?:Z|[+-]\d\d:)/);
    });
  });
