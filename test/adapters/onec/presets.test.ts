import { expect } from 'chai';
import { stringify } from 'yaml';
import type { OneCRecord } from '../../../adapters/onec/record.ts';
import type { JsonObject } from '../../../src/huntflow/json.ts';
import { shippedPresets } from '../../../src/mapping/presets/shipped.ts';
import { zupSeeded } from '../../../stand-ins/onec/zup/seed.ts';
import { fixture } from '../../support/fixtures.ts';
import { webhookOf } from './fifty/office-of.ts';
import { Office, type OfficeOptions } from './office.ts';
import { mappingOf, recordOf } from './shipped.ts';
import { typeIn } from './type-in.ts';

const anna = { last: 'Иванова', first: 'Анна', middle: 'Сергеевна', birthday: '1990-05-01' };
const orders = 'Document_ПриемНаРаботу';

describe('the presets for 1C, in a ЗУП 3.1', () => {
  let office: Office;

  async function open(options: OfficeOptions = {}): Promise<void> {
    office = await Office.open({ zup: true, ...options });
  }

  afterEach(() => office.close());

  async function made(preset: string, values: JsonObject, body: JsonObject = webhookOf(anna)): Promise<OneCRecord> {
    return recordOf(await mappingOf(stringify({ mapping: 'm', to: 'zup', preset, with: values })), body);
  }

  const all = (set: string) => office.standIn.base.all(set);
  const organisation = { organisation: 'ООО Ромашка' };

  it('fit what the base publishes, each of them', async () => {
    await open();
    for (const preset of [...shippedPresets().values()].filter(({ adapter }) => adapter === 'onec-odata')) {
      const values = preset.parameters.some(({ required }) => required) ? organisation : {};
      const { record } = await mappingOf(stringify({ mapping: 'm', to: 'zup', preset: preset.name, with: values }));
      const findings = await office.adapter.check({
        signal: new AbortController().signal,
        mappings: [{ name: 'm', record }],
      });
      const faults = findings.filter(({ level }) => level === 'error').map(({ text }) => text);
      expect(faults, preset.name).to.deep.equal([]);
    }
  });

  it('hire on a staff position where the staff schedule is on', async () => {
    await open({ behaviour: { staffSchedule: true } });
    await office.deliver(1, await made('zup-3.1/hire-staff-schedule', organisation));

    expect(all(orders)[0]).to.include({
      ДолжностьПоШтатномуРасписанию_Key: zupSeeded.accountantInAccounting,
      Должность_Key: zupSeeded.accountant,
    });
  });

  it('make a candidate with personal data and contacts of their own kinds', async () => {
    await open();
    await office.deliver(1, await made('zup-3.1/candidate', {}));
    await office.deliver(2, await made('zup-3.1/candidate', {}));

    expect(all('Catalog_ЛичныеДанныеКандидатов')).to.have.length(1);
    const [candidate] = all('Catalog_Кандидаты');
    expect(candidate).to.include({ ЛичныеДанные_Key: all('Catalog_ЛичныеДанныеКандидатов')[0]?.['Ref_Key'] });
    expect(all('Catalog_ФизическиеЛица')).to.deep.equal([]);
  });

  it('draft an order at the offer, which a later stage of the vacancy withdraws', async () => {
    await open();
    const offer = fixture('facts/22-offer-add').document;
    await office.deliver(
      1,
      await made('zup-3.1/offer-draft', { ...organisation, division: 'Бухгалтерия', position: 'Бухгалтер' }, offer),
    );
    expect(all(orders)).to.have.length(1);
    expect(all(orders)[0]).to.include({ Posted: false, DeletionMark: false });
  });

  it('fill the columns of contacts that forms of 1C read, and leave a phone that is none as it was written', async () => {
    await open();
    await office.deliver(1, await made('zup-3.1/hire', organisation));
    await office.deliver(2, await made('zup-3.1/hire', organisation, webhookOf({ ...anna, phone: 'доб. 12' })));

    const contacts: unknown = all('Catalog_ФизическиеЛица')[0]?.['КонтактнаяИнформация'];
    const [phone, email] = Array.isArray(contacts) ? contacts : [];
    expect(phone).to.include({ Представление: 'доб. 12', НомерТелефона: '', ВидДляСписка_Key: zupSeeded.mobile });
    expect(JSON.parse(phone.Значение)).to.include({ value: 'доб. 12', type: 'Телефон', number: '' });
    expect(email).to.include({ АдресЭП: 'someone@example.com', ВидДляСписка_Key: zupSeeded.personalEmail });
    expect(JSON.parse(email.Значение)).to.deep.equal({ value: 'someone@example.com', type: 'АдресЭлектроннойПочты' });
  });

  it('write the parts of a number into Значение', async () => {
    await open();
    await office.deliver(1, await made('zup-3.1/hire', organisation));

    const contacts: unknown = all('Catalog_ФизическиеЛица')[0]?.['КонтактнаяИнформация'];
    const [phone] = Array.isArray(contacts) ? contacts : [];
    expect(JSON.parse(phone.Значение)).to.include({ countryCode: '7', areaCode: '900', number: '0000000' });
  });

  // What people report of filters over OData: quotes, pluses, ampersands and per cents in names.
  for (const position of [
    'Инженер C++',
    `Ведущий "1С" & Ко #1`,
    `О'Нил, 50% ставки?`,
    'Слесарь/токарь [4_р]',
    'a=b;c\\d',
  ])
    it(`find a position called ${position}`, async () => {
      await open();
      const key = typeIn(office, 'Catalog_Должности', { Description: position });
      await office.deliver(1, await made('zup-3.1/hire', { ...organisation, position }));

      expect(all(orders)[0]).to.include({ Должность_Key: key });
    });

  it('make in Accounting the person and the employee, and an order where it is asked for', async () => {
    await open();
    await office.deliver(1, await made('bp-3.0/hire', organisation));
    expect([all('Catalog_ФизическиеЛица').length, all('Catalog_Сотрудники').length, all(orders).length]).to.deep.equal([
      1, 1, 0,
    ]);
    await office.deliver(2, await made('bp-3.0/hire', { ...organisation, order: true }));
    expect([all('Catalog_ФизическиеЛица').length, all('Catalog_Сотрудники').length, all(orders).length]).to.deep.equal([
      1, 1, 1,
    ]);
  });
});
