import { expect } from 'chai';
import type { FieldRecord } from '../../../adapters/onec/field-record.ts';
import type { OneCRecord } from '../../../adapters/onec/record.ts';
import type { Stored } from '../../../stand-ins/onec/filter.ts';
import { failure } from './failure.ts';
import { formats } from './formats.ts';
import { Office } from './office.ts';
import { typeIn } from './type-in.ts';

const people = 'Catalog_ФизическиеЛица';
const snils = '112-233-445 95';
const other = '999-888-777 66';
const inn = '500100732259';

/** A person as the shipped hire writes one. */
function person(fields: FieldRecord, id = 17): OneCRecord {
  const { Фамилия: last = null, Имя: first = null, Отчество: middle = null } = fields;
  const whole = [last, first, middle].filter((one) => typeof one === 'string').join(' ');
  return {
    steps: [
      {
        upsert: people,
        as: 'person',
        of: { kind: 'applicant', id },
        match: [['СтраховойНомерПФР'], ['ИНН'], ['ФИО', 'ДатаРождения']],
        fields: { Description: whole, ФИО: whole, СтраховойНомерПФР: null, ИНН: null, ...fields },
      },
    ],
  };
}

const anna = { Фамилия: 'Иванова', Имя: 'Анна', Отчество: 'Сергеевна', ДатаРождения: '1990-05-01' };
const annaIn1C = {
  Description: 'Иванова Анна Сергеевна',
  ФИО: 'Иванова Анна Сергеевна',
  Фамилия: 'Иванова',
  Имя: 'Анна',
  Отчество: 'Сергеевна',
  ДатаРождения: '1990-05-01T00:00:00',
};

interface Case {
  readonly it: string;
  readonly in1C: readonly Stored[];
  readonly comes: FieldRecord;
  /** Index of the one adopted, `new`, or the fields that the question names. */
  readonly ends: number | 'new' | readonly string[];
  readonly finding?: string;
}

const cases: readonly Case[] = [
  {
    it: 'asks about a namesake of one birthday whose СНИЛС is another',
    in1C: [{ ...annaIn1C, СтраховойНомерПФР: other }],
    comes: { ...anna, СтраховойНомерПФР: snils },
    ends: ['СтраховойНомерПФР'],
  },
  {
    it: 'asks about a namesake of one birthday whose ИНН is another',
    in1C: [{ ...annaIn1C, ИНН: '770000000012' }],
    comes: { ...anna, ИНН: inn },
    ends: ['ИНН'],
  },
  {
    it: "asks when the СНИЛС is the director's",
    in1C: [{ ФИО: 'Борисов Борис Борисович', Фамилия: 'Борисов', Имя: 'Борис', СтраховойНомерПФР: snils }],
    comes: { ...anna, СтраховойНомерПФР: snils },
    ends: ['Фамилия', 'Имя', 'Отчество'],
  },
  {
    it: 'asks when the ИНН is that of a sister',
    in1C: [{ ...annaIn1C, ФИО: 'Иванова Ольга Сергеевна', Имя: 'Ольга', ИНН: inn }],
    comes: { ...anna, ИНН: inn },
    ends: ['Имя'],
  },
  {
    it: 'asks when СНИЛС agrees and ИНН does not',
    in1C: [{ ...annaIn1C, СтраховойНомерПФР: snils, ИНН: '770000000012' }],
    comes: { ...anna, СтраховойНомерПФР: snils, ИНН: inn },
    ends: ['ИНН'],
  },
  {
    it: 'asks when СНИЛС agrees, the surname and the birthday do not',
    in1C: [
      {
        ...annaIn1C,
        Фамилия: 'Петрова',
        ФИО: 'Петрова Анна Сергеевна',
        ДатаРождения: '1991-05-01T00:00:00',
        СтраховойНомерПФР: snils,
      },
    ],
    comes: { ...anna, СтраховойНомерПФР: snils },
    ends: ['ДатаРождения'],
  },
  {
    it: 'asks when ИНН and the whole name agree and the birthday does not',
    in1C: [{ ...annaIn1C, ДатаРождения: '1991-05-01T00:00:00', ИНН: inn }],
    comes: { ...anna, ИНН: inn },
    ends: ['ДатаРождения'],
  },
  {
    it: 'says that the birthday differs where СНИЛС and the whole name agree',
    in1C: [{ ...annaIn1C, ДатаРождения: '1991-05-01T00:00:00', СтраховойНомерПФР: snils }],
    comes: { ...anna, СтраховойНомерПФР: snils },
    ends: 0,
    finding: 'ДатаРождения differs while СНИЛС and the whole name agree',
  },
  {
    it: 'adopts by СНИЛС who has married',
    in1C: [{ ...annaIn1C, Фамилия: 'Петрова', ФИО: 'Петрова Анна Сергеевна', СтраховойНомерПФР: snils }],
    comes: { ...anna, СтраховойНомерПФР: snils },
    ends: 0,
  },
  {
    it: 'adopts by СНИЛС who has no patronymic on one side',
    in1C: [{ ФИО: 'Иванова Анна', СтраховойНомерПФР: snils }],
    comes: { ...anna, СтраховойНомерПФР: snils },
    ends: 0,
  },
  {
    it: 'adopts by a СНИЛС that was typed without dashes',
    in1C: [{ ...annaIn1C, СтраховойНомерПФР: '11223344595' }],
    comes: { ...anna, СтраховойНомерПФР: snils },
    ends: 0,
  },
  {
    it: 'asks when СНИЛС and ИНН lead to two people',
    in1C: [
      { ...annaIn1C, СтраховойНомерПФР: snils },
      { ...annaIn1C, ИНН: inn },
    ],
    comes: { ...anna, СтраховойНомерПФР: snils, ИНН: inn },
    ends: ['lead to different people'],
  },
  {
    it: 'asks when СНИЛС leads to one and name with birthday to another who has none',
    in1C: [{ ...annaIn1C, ДатаРождения: '0001-01-01T00:00:00', СтраховойНомерПФР: snils }, annaIn1C],
    comes: { ...anna, СтраховойНомерПФР: snils },
    ends: ['lead to different people'],
  },
  {
    it: 'hires who has neither birthday nor numbers beside a namesake',
    in1C: [{ ...annaIn1C, СтраховойНомерПФР: other }],
    comes: { ...anna, ДатаРождения: null },
    ends: 'new',
  },
  {
    it: 'hires a foreigner without СНИЛС beside others whose СНИЛС is an unfilled mask',
    in1C: [{ ФИО: 'Ким Ён', СтраховойНомерПФР: '   -   -   ' }],
    comes: { Фамилия: 'Ли', Имя: 'Мин', ДатаРождения: '1990-05-01', СтраховойНомерПФР: '000-000-000 00' },
    ends: 'new',
  },
  {
    it: 'does not take an unfilled mask for another СНИЛС',
    in1C: [{ ...annaIn1C, СтраховойНомерПФР: '   -   -   ' }],
    comes: { ...anna, СтраховойНомерПФР: snils },
    ends: 0,
  },
  ...['0001-01-01', '1900-01-01', '1899-12-30'].flatMap((filler): Case[] => [
    {
      it: `hires a namesake whose birthday is the filler ${filler} as well`,
      in1C: [{ ...annaIn1C, ДатаРождения: `${filler}T00:00:00` }],
      comes: { ...anna, ДатаРождения: filler },
      ends: 'new',
    },
    {
      it: `adopts by СНИЛС who has the filler birthday ${filler} in 1C, without a word of it`,
      in1C: [
        {
          ...annaIn1C,
          Отчество: '',
          ФИО: 'Иванова Анна',
          ДатаРождения: `${filler}T00:00:00`,
          СтраховойНомерПФР: snils,
        },
      ],
      comes: { ...anna, СтраховойНомерПФР: snils },
      ends: 0,
    },
  ]),
  {
    it: 'hires the other twin',
    in1C: [{ ...annaIn1C, ФИО: 'Иванова Яна Сергеевна', Имя: 'Яна' }],
    comes: anna,
    ends: 'new',
  },
  {
    it: 'adopts a name with ё for one with е',
    in1C: [{ ФИО: 'Артёмова Алёна', ДатаРождения: '1990-05-01T00:00:00' }],
    comes: { Фамилия: 'Артемова', Имя: 'Алена', ДатаРождения: '1990-05-01' },
    ends: 0,
  },
  {
    it: 'adopts a name with е for one with ё, in capitals and with double blanks',
    in1C: [{ ФИО: 'АРТЕМОВА\u00A0 АЛЕНА ', ДатаРождения: '1990-05-01T00:00:00' }],
    comes: { Фамилия: 'Артёмова', Имя: 'Алёна', ДатаРождения: '1990-05-01' },
    ends: 0,
  },
  {
    it: 'adopts a decomposed name with an invisible character in it',
    in1C: [{ ФИО: 'Йорда\u00ADнов Андрей'.normalize('NFD'), ДатаРождения: '1990-05-01T00:00:00' }],
    comes: { Фамилия: 'Йорданов', Имя: 'Андрей', ДатаРождения: '1990-05-01' },
    ends: 0,
  },
  {
    it: 'adopts with another dash and another apostrophe',
    in1C: [{ ФИО: 'О’Коннор‑Смит Джон', ДатаРождения: '1990-05-01T00:00:00' }],
    comes: { Фамилия: "О'Коннор-Смит", Имя: 'Джон', ДатаРождения: '1990-05-01' },
    ends: 0,
  },
  {
    it: 'adopts a name of one word',
    in1C: [{ ФИО: 'Сухарто', ДатаРождения: '1990-05-01T00:00:00' }],
    comes: { Фамилия: 'Сухарто', ДатаРождения: '1990-05-01' },
    ends: 0,
  },
  {
    it: 'passes a marked namesake with another СНИЛС over',
    in1C: [{ ...annaIn1C, СтраховойНомерПФР: other, DeletionMark: true }],
    comes: { ...anna, СтраховойНомерПФР: snils },
    ends: 'new',
  },
];

for (const format of formats) {
  describe(`who is who (${format})`, () => {
    let office: Office;

    beforeEach(async () => {
      office = await Office.open({ settings: { format } });
    });

    afterEach(() => office.close());

    for (const { it: says, in1C, comes, ends, finding } of cases) {
      it(says, async () => {
        const keys = in1C.map((values) => typeIn(office, people, values));
        const before = structuredClone(office.standIn.base.all(people));

        if (typeof ends === 'object') {
          const error = await failure('rejected', office.deliver(1, person(comes)));
          for (const name of ends) expect(error.en).to.include(name).and.to.include('choose');
          for (const text of [error.ru, error.en])
            expect(text).to.not.match(/Иванова|Анна|Борис|112-233|500100732259|1990/);
          expect(office.standIn.base.all(people)).to.deep.equal(before);
          return;
        }
        const { warnings = [] } = await office.deliver(1, person(comes));

        expect(office.standIn.base.all(people)).to.have.length(ends === 'new' ? in1C.length + 1 : in1C.length);
        if (ends !== 'new') expect([...office.references.values()]).to.deep.equal([keys[ends]]);
        if (finding !== undefined) expect(JSON.stringify(warnings)).to.include(finding);
      });
    }

    it('looks through every page of those who share the birthday', async () => {
      for (let count = 0; count < 130; count += 1)
        typeIn(office, people, { ФИО: `Чужой ${count}`, ДатаРождения: '1990-05-01T00:00:00' });
      const key = typeIn(office, people, { ФИО: 'ИВАНОВА АННА СЕРГЕЕВНА ', ДатаРождения: '1990-05-01T00:00:00' });

      await office.deliver(1, person(anna));

      expect([...office.references.values()]).to.deep.equal([key]);
    });

    it('finds one among six thousand who share a birthday, and refuses nobody for them', async () => {
      for (let count = 0; count < 6000; count += 1)
        typeIn(office, people, { ФИО: `Чужой ${count}`, ДатаРождения: '1970-01-01T00:00:00' });
      const key = typeIn(office, people, { ФИО: 'ИВАНОВА АННА СЕРГЕЕВНА ', ДатаРождения: '1970-01-01T00:00:00' });

      await office.deliver(1, person({ ...anna, ДатаРождения: '1970-01-01' }));
      await office.deliver(2, person({ Фамилия: 'Новая', Имя: 'Анна', ДатаРождения: '0001-01-01' }, 18));

      expect([...office.references.values()][0]).to.equal(key);
      expect(office.standIn.base.all(people)).to.have.length(6002);
    });

    it('ends where the same page of a list comes again and again', async () => {
      for (let count = 0; count < 1000; count += 1)
        typeIn(office, people, { ФИО: `Чужой ${count}`, ДатаРождения: '1990-05-01T00:00:00' });
      office.standIn.behaviour.heedsSkip = false;

      const { en } = await failure('unavailable', office.deliver(1, person(anna)));

      expect(en).to.include('the same page of the list');
    });

    it('stores a name composed, trimmed and free of what cannot be seen, and says what it took out', async () => {
      const { warnings = [] } = await office.deliver(
        1,
        person({
          ДатаРождения: null,
          Фамилия: ' Йор\u0007да\u200Bнова\u0000 '.normalize('NFD'),
          Имя: '\uFEFFАнна\t\n',
        }),
      );

      expect(office.standIn.base.all(people)[0]).to.include({
        Фамилия: 'Йорданова',
        Имя: 'Анна',
        ФИО: 'Йорданова Анна',
      });
      expect(JSON.stringify(warnings)).to.include('control and invisible characters were taken out');
    });
  });
}
