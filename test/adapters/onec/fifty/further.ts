import { inn, type Known, type KnownCard, type Newcomer, type Questionnaire, snils } from './person.ts';

const boris: Questionnaire = {
  last: 'Тропинин',
  first: 'Борис',
  middle: 'Олегович',
  birthday: '1988-03-14',
  snils: snils(21),
  inn: inn(21),
};
const borisKnown: Known = {
  ФИО: 'Тропинин Борис Олегович',
  ДатаРождения: '1988-03-14',
  СтраховойНомерПФР: snils(21),
  ИНН: inn(21),
};
const numberless: Questionnaire = { last: 'Тропинин', first: 'Борис', middle: 'Олегович', birthday: '1988-03-14' };
const withCards = (...cards: readonly KnownCard[]): Known => ({ ...borisKnown, cards });
const digits = (text: string): string => text.replace(/\D/g, '');

/** Other people with other coincidences. */
export const furtherNewcomers: readonly Newcomer[] = [
  {
    who: 'another apostrophe here than in 1C',
    stood: [{ ФИО: "Д'Артаньян Луи", ДатаРождения: '1991-02-03' }],
    came: { last: 'Д’Артаньян', first: 'Луи', birthday: '1991-02-03' },
    ends: 0,
  },
  {
    who: 'an apostrophe that is an accent, known by СНИЛС',
    stood: [{ ФИО: 'Мак`Грегор Ян', СтраховойНомерПФР: snils(22) }],
    came: { last: 'Мак´Грегор', first: 'Ян', snils: snils(22) },
    ends: 0,
  },
  {
    who: 'a Latin letter in a Cyrillic surname here',
    stood: [{ ФИО: borisKnown.ФИО, ДатаРождения: '1988-03-14' }],
    came: { ...numberless, last: 'Tропинин' },
    ends: 0,
  },
  {
    who: 'Latin letters in the name 1C has, СНИЛС agrees',
    stood: [{ ...borisKnown, ФИО: 'Тpопинин Бopис Олегович' }],
    came: boris,
    ends: 0,
  },
  {
    who: 'several blanks between the parts in 1C',
    stood: [{ ФИО: 'Тропинин   Борис  Олегович', ДатаРождения: '1988-03-14' }],
    came: numberless,
    ends: 0,
  },
  {
    who: 'a filler birthday here (0001-01-01), known by СНИЛС',
    stood: [borisKnown],
    came: { ...boris, birthday: '0001-01-01' },
    ends: 0,
    holds: { ДатаРождения: '1988-03-14T00:00:00' },
  },
  {
    who: 'a filler birthday in 1C (1900-01-01), known by СНИЛС: what stands there is left',
    stood: [{ ...borisKnown, ДатаРождения: '1900-01-01' }],
    came: boris,
    ends: 0,
  },
  {
    who: 'a filler birthday on both sides makes nobody known',
    stood: [{ ФИО: borisKnown.ФИО, ДатаРождения: '1900-01-01' }],
    came: { ...numberless, birthday: '1900-01-01' },
    ends: 'new',
    tells: /looks alike/,
  },
  { who: 'СНИЛС without separators here', stood: [borisKnown], came: { ...boris, snils: digits(snils(21)) }, ends: 0 },
  {
    who: 'СНИЛС with blanks for hyphens here',
    stood: [borisKnown],
    came: { ...boris, snils: snils(21).replaceAll('-', ' ') },
    ends: 0,
  },
  {
    who: 'СНИЛС without separators on both sides, and nothing else',
    stood: [{ ФИО: borisKnown.ФИО, СтраховойНомерПФР: digits(snils(21)) }],
    came: { last: 'Тропинин', first: 'Борис', snils: digits(snils(21)) },
    ends: 0,
  },
  {
    who: "ИНН leads to him, but there with another's СНИЛС",
    stood: [{ ...borisKnown, СтраховойНомерПФР: snils(22) }],
    came: boris,
    ends: /СтраховойНомерПФР/,
  },
  {
    who: "СНИЛС leads to him, but there with another's ИНН",
    stood: [{ ...borisKnown, ИНН: inn(22) }],
    came: boris,
    ends: /ИНН/,
  },
  {
    who: 'one marked for deletion beside the living one',
    stood: [{ ...borisKnown, marked: true }, borisKnown],
    came: boris,
    ends: 1,
  },
  {
    who: 'only one marked for deletion: reported, never adopted',
    stood: [{ ...borisKnown, marked: true }],
    came: boris,
    ends: /marked for deletion/,
  },
  {
    who: 'no patronymic here, one in 1C, no number: the birthday agrees',
    stood: [{ ФИО: borisKnown.ФИО, ДатаРождения: '1988-03-14' }],
    came: { last: 'Тропинин', first: 'Борис', birthday: '1988-03-14' },
    ends: /seems to be there already.*Отчество/s,
  },
  {
    who: 'another surname for the second time, the same СНИЛС and patronymic',
    stood: [{ ...borisKnown, ФИО: 'Облаков-Ручейков Борис Олегович' }],
    came: boris,
    ends: 0,
    holds: { ФИО: 'Облаков-Ручейков Борис Олегович' },
  },
  {
    who: 'parts of the name in another order in 1C: by СНИЛС it is asked',
    stood: [{ ...borisKnown, ФИО: 'Борис Олегович Тропинин' }],
    came: boris,
    ends: /Фамилия|Имя|ФИО/,
  },
  { who: 'works in another organisation', stood: [withCards('elsewhere')], came: boris, ends: 0, cards: 2 },
  { who: 'dismissed the day before', stood: [withCards({ until: '2026-11-30' })], came: boris, ends: 0, cards: 2 },
  { who: 'works to the very day', stood: [withCards({ until: '2026-12-01' })], came: boris, ends: /employed already/ },
  {
    who: 'leaves after the day of the hire',
    stood: [withCards({ until: '2027-01-31' })],
    came: boris,
    ends: /employed already/,
  },
  {
    who: 'has a second job here and comes for the main one',
    stood: [withCards('partTime')],
    came: boris,
    ends: /employed already/,
  },
  {
    who: 'dismissed twice before',
    stood: [withCards('dismissed', { until: '2026-06-30' })],
    came: boris,
    ends: 0,
    cards: 3,
  },
  {
    who: 'dismissed here, working elsewhere, and a card without an order',
    stood: [withCards('dismissed', 'elsewhere', 'free')],
    came: boris,
    ends: 0,
    cards: 3,
  },
  { who: 'a surname of one letter', stood: [], came: { last: 'О', first: 'Ким' }, ends: 'new' },
  {
    who: 'a twin brother whose first name begins alike',
    stood: [{ ФИО: 'Тропинин Борислав Олегович', ДатаРождения: '1988-03-14' }],
    came: numberless,
    ends: 'new',
  },
];
