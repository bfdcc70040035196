import { inn, type Newcomer, type Questionnaire, snils } from './person.ts';

const vera: Questionnaire = { last: 'Зимина', first: 'Вера', middle: 'Павловна', birthday: '1991-12-03' };
const whole = 'Зимина Вера Павловна';
const asks = (...fields: readonly string[]): RegExp =>
  new RegExp(`seems to be there already.*${fields.join('.*')}.*--new`, 's');
const born = (ДатаРождения: string): Newcomer['stood'] => [{ ФИО: whole, ДатаРождения }];

const birthday = /looks alike.*ДатаРождения/s;

/** People whom `match` does not take, and who are likely the same human being: asked about or told of, never silent. */
export const likelyNewcomers: readonly Newcomer[] = [
  {
    who: 'a patronymic here, none in 1C, no number',
    stood: [{ ФИО: 'Зимина Вера', ДатаРождения: '1991-12-03' }],
    came: vera,
    ends: asks('Отчество'),
  },
  {
    who: 'no patronymic here, one in 1C, a number on our side alone',
    stood: [{ ФИО: whole, ДатаРождения: '1991-12-03' }],
    came: { last: 'Зимина', first: 'Вера', birthday: '1991-12-03', snils: snils(31), inn: inn(31) },
    ends: asks('Отчество'),
  },
  {
    who: 'no patronymic here, one in 1C, another СНИЛС: one of the two may be mistyped',
    stood: [{ ФИО: whole, ДатаРождения: '1991-12-03', СтраховойНомерПФР: snils(32) }],
    came: { last: 'Зимина', first: 'Вера', birthday: '1991-12-03', snils: snils(31) },
    ends: asks('Отчество', 'СтраховойНомерПФР'),
  },
  { who: 'day and month exchanged', stood: born('1991-03-12'), came: vera, ends: 'new', tells: birthday },
  { who: 'two digits of the day exchanged', stood: born('1991-12-30'), came: vera, ends: 'new', tells: birthday },
  { who: 'another digit in the day', stood: born('1991-12-08'), came: vera, ends: 'new', tells: birthday },
  { who: 'another digit in the month', stood: born('1991-11-03'), came: vera, ends: 'new', tells: birthday },
  {
    who: 'two digits of the year exchanged',
    stood: born('1919-12-03'),
    came: vera,
    ends: 'new',
    tells: birthday,
  },
  {
    who: 'another digit in the year',
    stood: born('1981-12-03'),
    came: vera,
    ends: 'new',
    tells: birthday,
  },
  {
    who: 'a slip in the birthday, but another СНИЛС: somebody else',
    stood: [{ ФИО: whole, ДатаРождения: '1991-12-08', СтраховойНомерПФР: snils(32) }],
    came: { ...vera, snils: snils(31) },
    ends: 'new',
  },
  {
    who: 'no birthday in 1C, and one here, no number: told',
    stood: [{ ФИО: whole }],
    came: vera,
    ends: 'new',
    tells: birthday,
  },
  {
    who: 'no birthday in 1C, another СНИЛС: somebody else',
    stood: [{ ФИО: whole, СтраховойНомерПФР: snils(32) }],
    came: { ...vera, snils: snils(31) },
    ends: 'new',
  },
  {
    who: 'the parts of the name in another order in 1C, the birthday agrees',
    stood: [{ ФИО: 'Вера Павловна Зимина', ДатаРождения: '1991-12-03' }],
    came: vera,
    ends: asks('ФИО'),
  },
  {
    who: 'another surname, the rest agrees, no number: told',
    stood: [{ ФИО: 'Летова Вера Павловна', ДатаРождения: '1991-12-03' }],
    came: vera,
    ends: 'new',
    tells: /looks alike.*Фамилия/s,
  },
  {
    who: 'one letter of the first name is another, the birthday agrees: told',
    stood: [{ ФИО: 'Зимина Наталия Павловна', ДатаРождения: '1991-12-03' }],
    came: { ...vera, first: 'Наталья' },
    ends: 'new',
    tells: /looks alike.*ФИО/s,
  },
  {
    who: 'one marked for deletion looks alike: nobody',
    stood: [{ ФИО: 'Зимина Вера', ДатаРождения: '1991-12-03', marked: true }],
    came: vera,
    ends: 'new',
  },
  {
    who: 'one without a patronymic looks alike, and the number leads to the right one',
    stood: [
      { ФИО: 'Зимина Вера', ДатаРождения: '1991-12-03' },
      { ФИО: whole, ДатаРождения: '1991-12-03', СтраховойНомерПФР: snils(31) },
    ],
    came: { ...vera, snils: snils(31) },
    ends: 1,
  },
  {
    who: 'two look alike: both are named',
    stood: [
      { ФИО: 'Зимина Вера', ДатаРождения: '1991-12-03' },
      { ФИО: 'Вера Павловна Зимина', ДатаРождения: '1991-12-03' },
    ],
    came: vera,
    ends: asks('Отчество', 'ФИО'),
  },
];
