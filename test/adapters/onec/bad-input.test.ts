import { expect } from 'chai';
import type { StepRecord } from '../../../adapters/onec/record.ts';
import type { Text } from '../../../src/adapter.ts';
import { failure } from './failure.ts';
import { draftOf, hireOf, personOf, valuesOf } from './hire.ts';
import { Office } from './office.ts';

const people = 'Catalog_ФизическиеЛица';
const before = {
  ru: 'Запись не подходит к базе 1С, ничего не отправлено: ',
  en: 'The record does not fit the 1C base, nothing was sent: ',
};

function withFields(fields: StepRecord['fields']): { steps: StepRecord[] } {
  const step = personOf(valuesOf(17));
  return { steps: [{ ...step, fields: { ...step.fields, ...fields } }] };
}

const cases: readonly (readonly [string, { steps: (StepRecord | null)[] }, Text])[] = [
  [
    'an unknown set',
    { steps: [{ ...personOf(valuesOf(17)), upsert: 'Catalog_ФизическиеЛицо' }] },
    {
      ru: `${before.ru}набор Catalog_ФизическиеЛицо не опубликован, возможно, ${people}.`,
      en: `${before.en}the set Catalog_ФизическиеЛицо is not published, did you mean ${people}?`,
    },
  ],
  [
    'a misspelled field',
    withFields({ ДатаРождени: '1990-05-01' }),
    {
      ru: `${before.ru}у ${people} нет поля «ДатаРождени», возможно, «ДатаРождения».`,
      en: `${before.en}${people} has no field "ДатаРождени", did you mean "ДатаРождения"?`,
    },
  ],
  [
    'a wrong GUID',
    withFields({ Parent: '123' }),
    {
      ru: `${before.ru}${people}.Parent: здесь нужно: GUID вида 01234567-89ab-…`,
      en: `${before.en}${people}.Parent: this needs a GUID like 01234567-89ab-…`,
    },
  ],
  [
    'an over-long name',
    withFields({ Фамилия: 'И'.repeat(51) }),
    {
      ru: `${before.ru}${people}.Фамилия: 51 символов, а в 1С помещается 50; сократите значение (1С обрезала бы его молча).`,
      en: `${before.en}${people}.Фамилия: 51 characters, 1C has room for 50; shorten the value (1C would cut it without a word).`,
    },
  ],
  [
    'a date that does not exist',
    withFields({ ДатаРождения: '1990-02-30' }),
    {
      ru: `${before.ru}${people}.ДатаРождения: здесь нужно: дата вида 2026-12-01 или 2026-12-01T09:00:00, без пояса.`,
      en: `${before.en}${people}.ДатаРождения: this needs a date like 2026-12-01 or 2026-12-01T09:00:00, without a zone.`,
    },
  ],
  [
    'a ref to a step that is not there',
    { steps: [draftOf(valuesOf(17))] },
    {
      ru: `${before.ru}Document_ПриемНаРаботу.Сотрудник: ref называет шаг, которого до этого нет (имя шагу даёт as); Document_ПриемНаРаботу.ФизическоеЛицо: ref называет шаг, которого до этого нет (имя шагу даёт as).`,
      en: `${before.en}Document_ПриемНаРаботу.Сотрудник: ref names a step that is not before this one (as gives a step its name); Document_ПриемНаРаботу.ФизическоеЛицо: ref names a step that is not before this one (as gives a step its name).`,
    },
  ],
  [
    'a reference of the wrong kind',
    withFields({ Parent: { find: 'Catalog_Должности', by: { Description: 'Бухгалтер' } } }),
    {
      ru: `${before.ru}${people}.Parent: здесь хранится ${people}, а не Catalog_Должности.`,
      en: `${before.en}${people}.Parent: this holds ${people}, not Catalog_Должности.`,
    },
  ],
  [
    'an object without an id',
    { steps: [{ ...personOf(valuesOf(17)), of: { kind: 'applicant', id: null } }] },
    {
      ru: `${before.ru}${people}: of не говорит, что это за объект: нужны kind и непустой id, иначе его не отличить от других.`,
      en:
        `${before.en}${people}: of does not say what the object stands for: kind and an id are needed to tell ` +
        'it from others.',
    },
  ],
  [
    'a mark for deletion by hand',
    withFields({ DeletionMark: true }),
    {
      ru: `${before.ru}${people}.DeletionMark: это поле 1С ведёт сама; пометку на удаление ставит withdraw, проведение делает post: true.`,
      en:
        `${before.en}${people}.DeletionMark: 1C keeps this field itself; withdraw marks for deletion, post: ` +
        'true posts.',
    },
  ],
  [
    'a key of a register that is not whole',
    {
      steps: [
        personOf(valuesOf(17)),
        { upsert: 'InformationRegister_ФИОФизическихЛиц', keys: { Period: '2026-12-01' } },
      ],
    },
    {
      ru: `${before.ru}InformationRegister_ФИОФизическихЛиц: в keys не хватает ФизическоеЛицо.`,
      en: `${before.en}InformationRegister_ФИОФизическихЛиц: keys lacks ФизическоеЛицо.`,
    },
  ],
  [
    'an unknown section',
    { steps: [{ ...personOf(valuesOf(17)), rows: { КонтактнаяИнформаци: [{ Тип: 'Телефон' }] } }] },
    {
      ru: `${before.ru}у ${people} нет табличной части «КонтактнаяИнформаци», возможно, «КонтактнаяИнформация».`,
      en: `${before.en}${people} has no tabular section "КонтактнаяИнформаци", did you mean "КонтактнаяИнформация"?`,
    },
  ],
];

describe('a record that does not fit the base', () => {
  let office: Office;

  beforeEach(async () => {
    office = await Office.open();
  });

  afterEach(() => office.close());

  for (const [what, record, sentence] of cases) {
    it(`is rejected for ${what} with one sentence, and nothing is sent`, async () => {
      expect(await failure('rejected', office.deliver(1, record))).to.deep.equal(sentence);
      expect(office.standIn.seen.every(({ url }) => url.endsWith('$metadata'))).to.equal(true);
    });
  }

  it('lists everything that is wrong at once', async () => {
    const error = await failure(
      'rejected',
      office.deliver(1, hireOf(valuesOf(17, { lastName: 'И'.repeat(60), date: 'завтра' }))),
    );

    expect(error.en.split(';').length).to.be.above(4);
    expect(error.en).to.not.include('завтра').and.to.not.include('ИИИ');
  });

  it('is rejected for an ambiguous position before anything is written', async () => {
    const error = await failure('rejected', office.deliver(1, hireOf(valuesOf(17, { position: 'Менеджер' }))));

    expect(error).to.deep.equal({
      ru: 'Document_ПриемНаРаботу.Должность: в Catalog_Должности подходит несколько объектов; уточните условие by в маппинге или оставьте в 1С один.',
      en: 'Document_ПриемНаРаботу.Должность: several objects of Catalog_Должности fit; make the condition in by narrower or leave one of them in 1C.',
    });
    expect(office.standIn.base.all(people)).to.have.length(0);
  });

  it('is rejected for a position that is not there or is marked for deletion', async () => {
    for (const position of ['Космонавт', 'Машинист']) {
      const error = await failure('rejected', office.deliver(1, hireOf(valuesOf(17, { position }))));
      expect(error.en).to.include('no object of Catalog_Должности fits').and.to.not.include(position);
    }
    expect(office.standIn.base.all(people)).to.have.length(0);
  });

  it('is rejected for a well-formed key of an object that does not exist', async () => {
    const error = await failure(
      'rejected',
      office.deliver(1, withFields({ Parent: '11111111-1111-4111-8111-111111111111' })),
    );

    expect(error.en).to.include(`${people}.Parent: no object of ${people} fits`);
    expect(office.standIn.base.all(people)).to.have.length(0);
  });

  it('goes through with a warning when the position may be missing', async () => {
    const step = draftOf(valuesOf(17));
    const { steps } = hireOf(valuesOf(17));
    const fields = {
      ...step.fields,
      Должность: { find: 'Catalog_Должности', by: { Description: 'Космонавт' }, missing: 'empty' },
    } as const;

    const receipt = await office.deliver(1, { steps: [...steps.slice(0, 3), { ...step, fields }] });

    expect(receipt.warnings).to.deep.equal([
      {
        ru: 'Document_ПриемНаРаботу.Должность не заполнено: в Catalog_Должности не найдено',
        en: 'Document_ПриемНаРаботу.Должность is left alone: nothing found in Catalog_Должности',
      },
    ]);
    expect(office.standIn.base.all('Document_ПриемНаРаботу')).to.have.length(1);
  });

  it('lists what was written when 1C refuses half way', async () => {
    office.standIn.behaviour.forbidden = ['Document_ПриемНаРаботу'];

    const error = await failure('rejected', office.deliver(1, hireOf(valuesOf(17))));

    expect(error.ru).to.match(
      /код 20.*До этого шага в 1С записано: Catalog_ФизическиеЛица\(\S+\): создан; InformationRegister_ФИОФизическихЛиц: создан; Catalog_Сотрудники\(\S+\): создан\.$/s,
    );
    expect(error.en).to.match(
      /code 20.*Written to 1C before this step: Catalog_ФизическиеЛица\(\S+\) created; InformationRegister_ФИОФизическихЛиц created; Catalog_Сотрудники\(\S+\) created\.$/s,
    );
  });

  it('has $metadata read again once on account of an unknown name', async () => {
    for (let count = 0; count < 3; count += 1)
      await failure('rejected', office.deliver(1, withFields({ Прозвище: 'Аня' })));

    expect(office.standIn.seen.filter(({ url }) => url.endsWith('$metadata'))).to.have.length(2);
  });

  it('is taken once the set is published', async () => {
    office.standIn.behaviour.unpublished = ['Document_ПриемНаРаботу'];
    await office.deliver(1, { steps: [personOf(valuesOf(17))] });
    office.standIn.behaviour.unpublished = [];

    await office.deliver(2, hireOf(valuesOf(17)));

    expect(office.standIn.base.all('Document_ПриемНаРаботу')).to.have.length(1);
  });

  it('is rejected for a set that somebody has taken out of the interface since', async () => {
    await office.deliver(1, hireOf(valuesOf(17)));
    office.standIn.behaviour.unpublished = ['Catalog_Сотрудники'];

    const error = await failure('rejected', office.deliver(2, hireOf(valuesOf(18, { lastName: 'Петрова' }))));

    expect(error.en).to.match(
      /^POST Catalog_Сотрудники: the set is not published \(code 8: .*Written to 1C before this step/s,
    );
  });
});
