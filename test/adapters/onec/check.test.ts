import { expect } from 'chai';
import type { Finding } from '../../../src/adapter.ts';
import { isText } from '../../../src/text.ts';
import { Office } from './office.ts';

const { signal } = new AbortController();

const mapping = {
  name: 'hire-to-1c',
  record: {
    steps: [
      {
        upsert: 'Catalog_ФизическиеЛицо',
        as: 'person',
        of: { kind: 'applicant', id: '=applicant.id' },
        fields: { Фамилия: '=applicant.last_name' },
      },
      '=whatever',
      {
        upsert: 'Catalog_Сотрудники',
        as: 'employee',
        of: '=of',
        match: [['ФизическоеЛицо', 'Табельный']],
        fields: {
          Descripton: { from: '=applicant.last_name', as: 'string' },
          ВАрхиве: 'нет',
          ГоловнаяОрганизация: { find: 'Catalog_Организации', by: { Наименовани: '=x' } },
          ФизическоеЛицо: '=y',
        },
        rows: '=rows',
      },
      {
        draft: 'Document_ПриемНаРаботу',
        of: { kind: 'log', id: '=log.id' },
        marker: 'Коментарий',
        fields: { ДатаПриема: { from: '=log.employment_date', as: 'date' } },
        rows: { Показатели: '=list' },
      },
      { upsert: 'InformationRegister_ФИОФизическихЛиц', keys: { Period: '=x' }, fields: { Фамилие: '=y' } },
    ],
  },
};

function short({ level, mapping: name, path, text }: Finding): readonly unknown[] {
  return [level, name, path?.join('.'), isText(text) ? text.en : text];
}

describe('check of a 1C target', () => {
  it('lists every set and field that is missing, with what was probably meant, and writes nothing', async () => {
    const office = await Office.open();
    try {
      const findings = await office.adapter.check({ mappings: [mapping], signal });

      expect(findings.map(short)).to.deep.equal([
        [
          'error',
          'hire-to-1c',
          'steps.0.upsert',
          'the set Catalog_ФизическиеЛицо is not published, did you mean Catalog_ФизическиеЛица?',
        ],
        [
          'error',
          'hire-to-1c',
          'steps.2.fields.Descripton',
          'Catalog_Сотрудники has no field "Descripton", did you mean "Description"?',
        ],
        ['error', 'hire-to-1c', 'steps.2.fields.ВАрхиве', 'Catalog_Сотрудники.ВАрхиве: this needs true or false'],
        [
          'error',
          'hire-to-1c',
          'steps.2.fields.ГоловнаяОрганизация.by.Наименовани',
          'Catalog_Организации has no field "Наименовани", did you mean "Description"?',
        ],
        ['error', 'hire-to-1c', 'steps.2.match.0.1', 'Catalog_Сотрудники has no field "Табельный"'],
        [
          'error',
          'hire-to-1c',
          'steps.3.marker',
          'Document_ПриемНаРаботу has no field "Коментарий", did you mean "Комментарий"?',
        ],
        [
          'error',
          'hire-to-1c',
          'steps.4.fields.Фамилие',
          'InformationRegister_ФИОФизическихЛиц has no field "Фамилие", did you mean "Фамилия"?',
        ],
        ['info', undefined, undefined, '1C answers, sets published: 12, needed by mappings: 4'],
      ]);
      expect(office.standIn.seen.every(({ method }) => method === 'GET')).to.equal(true);
    } finally {
      await office.close();
    }
  });

  it('asks every set that is needed, since rights differ by set', async () => {
    const office = await Office.open({ behaviour: { forbidden: ['Catalog_Должности'] } });
    try {
      const record = {
        steps: [
          {
            draft: 'Document_ПриемНаРаботу',
            of: { kind: 'log', id: '=log.id' },
            fields: { Должность: { find: 'Catalog_Должности', by: { Description: '=x' } } },
          },
        ],
      };
      const findings = await office.adapter.check({ mappings: [{ name: 'm', record }], signal });

      expect(findings.filter(({ level }) => level === 'error').map((finding) => short(finding)[3])).to.have.length(1);
      expect(short(findings[0] ?? { level: 'info', text: '' })[3]).to.match(
        /^GET Catalog_Должности\?\$filter: user and password are right, but the 1C user lacks rights/,
      );
    } finally {
      await office.close();
    }
  });

  it('says what is wrong with address and credentials', async () => {
    const office = await Office.open({ settings: { password: 'другой' } });
    try {
      const findings = await office.adapter.check({ mappings: [mapping], signal });

      expect(findings).to.have.length(1);
      expect(short(findings[0] ?? { level: 'info', text: '' })[3]).to.match(
        /^GET \$metadata: 1C or its web server refused user and password/,
      );
    } finally {
      await office.close();
    }
  });
});
