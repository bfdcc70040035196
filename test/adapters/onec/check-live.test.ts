import { expect } from 'chai';
import type { Finding } from '../../../src/adapter.ts';
import { isText } from '../../../src/text.ts';
import { Office, type OfficeOptions } from './office.ts';

const { signal } = new AbortController();
const organisation = { find: 'Catalog_Организации', by: { Description: 'ООО Ромашка' } };

function hire(division: string, kind: object): unknown {
  return {
    steps: [
      {
        upsert: 'Catalog_ФизическиеЛица',
        as: 'person',
        of: { kind: 'applicant', id: '=applicant.id' },
        fields: { ФИО: '=applicant.last_name' },
        rows: {
          КонтактнаяИнформация: {
            by: ['Тип', 'Вид'],
            set: [
              {
                Тип: 'Телефон',
                Вид: { find: 'Catalog_ВидыКонтактнойИнформации', by: kind },
                Представление: '=applicant.phone',
              },
            ],
          },
        },
      },
      {
        upsert: 'Catalog_Сотрудники',
        as: 'employee',
        of: { kind: 'log', id: '=log.id' },
        fields: { ФизическоеЛицо: { ref: 'person' }, ГоловнаяОрганизация: organisation },
      },
      {
        draft: 'Document_ПриемНаРаботу',
        of: { kind: 'log', id: '=log.id' },
        fields: {
          Сотрудник: { ref: 'employee' },
          Организация: organisation,
          Подразделение: {
            find: 'Catalog_ПодразделенияОрганизаций',
            by: { Description: division, Owner: organisation },
          },
          Должность: { find: 'Catalog_Должности', by: { Description: '=vacancy.position' } },
        },
      },
    ],
  };
}

const mobile = { PredefinedDataName: 'ТелефонМобильныйФизическиеЛица' };

describe('check --live of a hire', () => {
  async function findings(record: unknown, options: OfficeOptions = {}): Promise<readonly string[]> {
    const office = await Office.open({ zup: true, ...options });
    try {
      const found: readonly Finding[] = await office.adapter.check({ mappings: [{ name: 'hire', record }], signal });
      expect(office.standIn.seen.every(({ method }) => method === 'GET')).to.equal(true);
      return found
        .filter(({ level }) => level !== 'info')
        .map(({ level, path = [], text }) => `${level} ${path.join('.')}: ${isText(text) ? text.en : text}`);
    } finally {
      await office.close();
    }
  }

  it('is silent where everything fits', async () => {
    expect(await findings(hire('Отдел продаж', mobile))).to.deep.equal([]);
  });

  it('finds no closed division', async () => {
    expect(await findings(hire('Бухгалтерия', mobile))).to.deep.equal([]);
  });

  it('names what is missing and what is there several times', async () => {
    const found = await findings(hire('Склад', { Description: 'Телефон' }));

    expect(found).to.have.length(2);
    expect(found[0]).to.match(
      /^error steps\.0\.rows.*Вид.*: .*several objects of Catalog_ВидыКонтактнойИнформации fit/,
    );
    expect(found[1]).to.match(
      /^error steps\.2\.fields\.Подразделение: .*no object of Catalog_ПодразделенияОрганизаций/,
    );
  });

  it('says once which organisation is missing, at its very name', async () => {
    const record = JSON.parse(JSON.stringify(hire('Отдел продаж', mobile)).replaceAll('ООО Ромашка', 'ООО Василёк'));

    const found = await findings(record);

    expect(found.filter((line) => line.includes('Catalog_Организации'))).to.deep.equal([
      'error steps.1.fields.ГоловнаяОрганизация.by.Description: Catalog_Сотрудники.ГоловнаяОрганизация: no object of ' +
        'Catalog_Организации fits (those marked for deletion do not count): Description = «ООО Василёк»; add it in 1C or mend the mapping.',
    ]);
  });

  it('tells that a kind of contact is not one of persons', async () => {
    const found = await findings(hire('Отдел продаж', { PredefinedDataName: 'ТелефонПользователя' }));

    expect(found).to.have.length(1);
    expect(found[0]).to.match(/^warning steps\.0\.rows.*not one of persons/);
  });

  it('tells that the staff schedule is on, and what cannot be seen', async () => {
    const on = await findings(hire('Отдел продаж', mobile), { behaviour: { staffSchedule: true } });
    const blind = await findings(hire('Отдел продаж', mobile), {
      behaviour: {
        unpublished: [
          'Constant_ИспользоватьШтатноеРасписание',
          'InformationRegister_ТекущиеКадровыеДанныеСотрудников',
          'InformationRegister_КадроваяИсторияСотрудников',
          'Document_Увольнение',
        ],
      },
    });

    expect(on.join()).to.include('the staff schedule is on');
    expect(blind.join()).to.include('whether the staff schedule is on cannot be seen');
    expect(blind.join()).to.include('whether somebody works there cannot be seen');
  });
});
