import { expect } from 'chai';
import { stringify } from 'yaml';
import type { OneCRecord } from '../../../adapters/onec/record.ts';
import type { Json, JsonObject } from '../../../src/huntflow/json.ts';
import { viewOf } from '../../../src/huntflow/view.ts';
import { Evaluation } from '../../../src/mapping/record/evaluation.ts';
import { fixture } from '../../support/fixtures.ts';
import { withValue } from '../../support/webhook.ts';
import { failure } from './failure.ts';
import { webhookOf } from './fifty/office-of.ts';
import { Office } from './office.ts';
import { mappingOf, recordOf } from './shipped.ts';

const orders = 'Document_ПриемНаРаботу';
const anna = { last: 'Иванова', first: 'Анна', middle: 'Сергеевна', birthday: '1990-05-01' };
const offer = fixture('facts/22-offer-add').document;
const [applicant, vacancy] = [17, 9];

/** A document with these values put in, each at its dotted path. */
function changed(document: JsonObject, values: Readonly<Record<string, Json>>): JsonObject {
  return Object.entries(values).reduce((body, [path, value]) => withValue(body, path.split('.'), value), document);
}

const offered = (values: Readonly<Record<string, Json>> = {}): JsonObject =>
  changed(offer, { 'event.applicant.id': applicant, 'event.vacancy.id': vacancy, ...values });

/** Huntflow tells that the candidate of the offer is on another stage now. */
const moved = (stage: string, values: Readonly<Record<string, Json>> = {}): JsonObject =>
  changed(webhookOf(anna), { 'event.applicant_log.status': { id: 21, name: stage }, ...values });

for (const keepsKeys of [true, false])
  describe(`offers and hires that are taken back, in a ЗУП 3.1 (keys ${keepsKeys ? 'honoured' : 'replaced'})`, () => {
    let office: Office;

    beforeEach(async () => {
      office = await Office.open({ zup: true, behaviour: { keepsKeys } });
    });

    afterEach(() => office.close());

    const all = (set: string) => office.standIn.base.all(set);
    const place = { organisation: 'ООО Ромашка', division: 'Бухгалтерия', position: 'Бухгалтер' };

    async function made(preset: string, values: JsonObject, body: JsonObject): Promise<OneCRecord> {
      return recordOf(await mappingOf(stringify({ mapping: 'm', to: 'zup', preset, with: values })), body);
    }
    const draft = async (body: JsonObject) => made('zup-3.1/offer-draft', place, body);
    const back = async (body: JsonObject, hiredStages = ['Выход на работу']) =>
      made('zup-3.1/hire-withdrawn', { hiredStages }, body);

    it('make one draft of an offer, its correction and its repetition', async () => {
      await office.deliver(1, await draft(offered()));
      await office.deliver(2, await draft(offered()));
      const start = { ...place, employmentDate: '=offer.values.start_date' };
      const dated = offered({ 'event.applicant_offer.values': { start_date: '2026-12-01' } });
      await office.restart();
      await office.deliver(3, await made('zup-3.1/offer-draft', start, dated));

      expect(all(orders)).to.have.length(1);
      expect(all(orders)[0]).to.include({ Posted: false, DeletionMark: false, ДатаПриема: '2026-12-01T00:00:00' });
      expect(all('Catalog_ФизическиеЛица')).to.have.length(1);
      expect(all('Catalog_Сотрудники')).to.have.length(1);
    });

    it('mark the draft of an offer when the candidate is rejected', async () => {
      await office.deliver(1, await draft(offered()));
      await office.deliver(2, await back(moved('Отказ')));
      await office.deliver(3, await back(moved('Отказ')));

      expect(all(orders).map((order) => order['DeletionMark'])).to.deep.equal([true]);
    });

    it('leave a draft that HR has posted to a person', async () => {
      await office.deliver(1, await draft(offered()));
      office.standIn.base.edit(orders, String(all(orders)[0]?.['Ref_Key']), { Posted: true });

      const { en } = await failure('rejected', office.deliver(2, await back(moved('Отказ'))));

      expect(en).to.include('a person must decide');
      expect(all(orders)[0]).to.include({ Posted: true, DeletionMark: false });
    });

    it('take nothing back of another vacancy', async () => {
      await office.deliver(1, await draft(offered()));
      const elsewhere = await back(moved('Отказ', { 'event.applicant_log.vacancy.id': vacancy + 1 }));
      const { summary } = await office.deliver(2, elsewhere);

      expect(summary).to.include('nothing to withdraw');
      expect(all(orders)[0]).to.include({ DeletionMark: false });
    });

    it('mark the order of a hire that is deleted, and of one corrected to another stage', async () => {
      const hire = (log: number) =>
        made('zup-3.1/hire', place, changed(webhookOf(anna), { 'event.applicant_log.id': log }));
      await office.deliver(1, await hire(9041));
      await office.deliver(
        2,
        await back(moved('Выход на работу', { 'event.applicant_log.id': 9041, 'meta.webhook_action': 'DELETE' })),
      );
      await office.deliver(3, await hire(9050));
      await office.deliver(
        4,
        await back(moved('Интервью', { 'event.applicant_log.id': 9050, 'meta.webhook_action': 'EDIT' })),
      );

      expect(all(orders).map((order) => order['DeletionMark'])).to.deep.equal([true, true]);
      expect(all('Catalog_ФизическиеЛица')).to.have.length(1);
    });
  });

describe('the stages on which an order stays', () => {
  const outcome = async (hiredStages: readonly string[], body: JsonObject): Promise<string> => {
    const text = stringify({ mapping: 'm', to: 'zup', preset: 'zup-3.1/hire-withdrawn', with: { hiredStages } });
    return (await new Evaluation((await mappingOf(text)).program).map(viewOf(body, {}))).outcome;
  };

  for (const name of ['Выход на работу', 'ВЫХОД\u00A0на  работу ', 'выход на\tработу'])
    it(`are known as stages of connector.yaml are: ${JSON.stringify(name)}`, async () => {
      expect(await outcome(['Выход на работу'], moved(name))).to.equal('skipped');
    });

  it('are known by a composed or decomposed name, and by id', async () => {
    expect(await outcome(['Приём'], moved('Приём'.normalize('NFD')))).to.equal('skipped');
    expect(await outcome(['21'], moved('Как угодно'))).to.equal('skipped');
    expect(await outcome(['Приём', '22'], moved('Отказ'))).to.equal('record');
  });

  it('may be those between an offer and the hire', async () => {
    const stages = ['Выход на работу', 'Оффер принят'];
    expect(await outcome(stages, moved('Оффер принят'))).to.equal('skipped');
    expect(await outcome(stages, moved('Отказ'))).to.equal('record');
  });
});
