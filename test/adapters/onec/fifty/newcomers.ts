import { inn, type Known, type Newcomer, type Questionnaire, snils } from './person.ts';

const anna: Questionnaire = {
  last: 'Иванова',
  first: 'Анна',
  middle: 'Сергеевна',
  birthday: '1990-05-01',
  snils: snils(1),
  inn: inn(1),
};
const annaKnown: Known = {
  ФИО: 'Иванова Анна Сергеевна',
  ДатаРождения: '1990-05-01',
  СтраховойНомерПФР: snils(1),
  ИНН: inn(1),
};
const bare: Questionnaire = { last: 'Иванова', first: 'Анна', middle: 'Сергеевна' };

/** Decomposed, as macOS writes й and ё. */
function nfd(text: string): string {
  return text.normalize('NFD');
}

/** U+0000 to U+001F without those that are blanks. */
const controls = Array.from({ length: 32 }, (_, code) => String.fromCharCode(code))
  .join('')
  .replace(/\s/g, '');

export const newcomers: readonly Newcomer[] = [
  { who: 'nobody like that is known', stood: [], came: anna, ends: 'new' },
  { who: 'known by everything', stood: [annaKnown], came: anna, ends: 0 },
  {
    who: 'known, with a place of birth that nobody may touch',
    stood: [{ ...annaKnown, МестоРождения: 'г. Тверь' }],
    came: anna,
    ends: 0,
    holds: { МестоРождения: 'г. Тверь' },
  },
  {
    who: 'known by name and birthday; СНИЛС and ИНН are empty and are filled',
    stood: [{ ФИО: annaKnown.ФИО, ДатаРождения: '1990-05-01' }],
    came: anna,
    ends: 0,
    holds: { СтраховойНомерПФР: snils(1), ИНН: inn(1) },
  },
  {
    who: 'known by СНИЛС; the birthday is empty and is filled',
    stood: [{ ФИО: annaKnown.ФИО, СтраховойНомерПФР: snils(1) }],
    came: anna,
    ends: 0,
    holds: { ДатаРождения: '1990-05-01T00:00:00' },
  },
  {
    who: 'known by ИНН alone',
    stood: [{ ФИО: annaKnown.ФИО, ИНН: inn(1) }],
    came: { ...bare, birthday: '1990-05-01', inn: inn(1) },
    ends: 0,
  },
  {
    who: 'a namesake of another birthday',
    stood: [{ ФИО: annaKnown.ФИО, ДатаРождения: '1971-02-03' }],
    came: { ...bare, birthday: '1990-05-01' },
    ends: 'new',
  },
  {
    who: 'a namesake of one birthday, another СНИЛС',
    stood: [{ ...annaKnown, СтраховойНомерПФР: snils(2), ИНН: '' }],
    came: anna,
    ends: /СтраховойНомерПФР/,
  },
  {
    who: 'a namesake of one birthday, another ИНН',
    stood: [{ ...annaKnown, СтраховойНомерПФР: '', ИНН: inn(2) }],
    came: anna,
    ends: /ИНН/,
  },
  {
    who: "the director's СНИЛС typed by mistake",
    stood: [{ ФИО: 'Борисов Борис Борисович', ДатаРождения: '1965-01-01', СтраховойНомерПФР: snils(1), ИНН: inn(3) }],
    came: anna,
    ends: /Фамилия|Имя/,
  },
  {
    who: "a sister's ИНН typed by mistake",
    stood: [{ ФИО: 'Иванова Ольга Сергеевна', ИНН: inn(1) }],
    came: { ...bare, inn: inn(1) },
    ends: /Имя/,
  },
  {
    who: 'СНИЛС leads to one, ИНН to another',
    stood: [
      { ФИО: annaKnown.ФИО, СтраховойНомерПФР: snils(1) },
      { ФИО: annaKnown.ФИО, ИНН: inn(1) },
    ],
    came: anna,
    ends: /different people|differs/,
  },
  {
    who: 'the birthday differs, СНИЛС and the whole name agree: a finding',
    stood: [{ ...annaKnown, ДатаРождения: '1990-01-05' }],
    came: anna,
    ends: 0,
    holds: { ДатаРождения: '1990-01-05T00:00:00' },
  },
  {
    who: 'the birthday differs and the name is another one',
    stood: [{ ...annaKnown, ФИО: 'Иванова Анна Петровна', ДатаРождения: '1990-01-05' }],
    came: anna,
    ends: /ДатаРождения|Отчество/,
  },
  {
    who: 'married: another surname, the same СНИЛС',
    stood: [{ ...annaKnown, ФИО: 'Смирнова Анна Сергеевна' }],
    came: anna,
    ends: 0,
    holds: { Фамилия: 'Смирнова' },
  },
  {
    who: 'another surname and another patronymic, the same СНИЛС',
    stood: [{ ФИО: 'Смирнова Анна Игоревна', СтраховойНомерПФР: snils(1) }],
    came: anna,
    ends: /Фамилия/,
  },
  {
    who: 'ё here, е in 1C',
    stood: [{ ФИО: 'Королева Алена Петровна', ДатаРождения: '1988-03-04' }],
    came: { last: 'Королёва', first: 'Алёна', middle: 'Петровна', birthday: '1988-03-04' },
    ends: 0,
    holds: { ФИО: 'Королева Алена Петровна' },
  },
  {
    who: 'е here, ё in 1C',
    stood: [{ ФИО: 'Королёва Алёна Петровна', ДатаРождения: '1988-03-04' }],
    came: { last: 'Королева', first: 'Алена', middle: 'Петровна', birthday: '1988-03-04' },
    ends: 0,
    holds: { ФИО: 'Королёва Алёна Петровна' },
  },
  {
    who: 'decomposed letters (NFD), known in 1C',
    stood: [{ ФИО: 'Райкин Николай Алексеевич', ДатаРождения: '1985-07-08' }],
    came: { last: nfd('Райкин'), first: nfd('Николай'), middle: 'Алексеевич', birthday: '1985-07-08' },
    ends: 0,
  },
  {
    who: 'decomposed letters (NFD), new: stored composed',
    stood: [],
    came: { last: nfd('Йорданов'), first: nfd('Андрей'), birthday: '1985-07-08' },
    ends: 'new',
    holds: { ФИО: 'Йорданов Андрей' },
  },
  {
    who: 'capital letters throughout',
    stood: [annaKnown],
    came: { ...anna, last: 'ИВАНОВА', first: 'АННА', middle: 'СЕРГЕЕВНА' },
    ends: 0,
    holds: { ФИО: 'Иванова Анна Сергеевна' },
  },
  {
    who: 'blanks of every kind in the name',
    stood: [annaKnown],
    came: { ...bare, last: ' Иванова\u00a0', first: 'Анна\u2009', birthday: '1990-05-01' },
    ends: 0,
  },
  {
    who: 'every control character and a zero-width one in the name',
    stood: [],
    came: { last: `Ива${controls}нова`, first: 'Ан\u200bна', birthday: '1990-05-01' },
    ends: 'new',
    holds: { ФИО: 'Иванова Анна' },
  },
  {
    who: 'twins: one birthday and surname, another first name',
    stood: [{ ФИО: 'Орлова Вера Ивановна', ДатаРождения: '1999-09-09', СтраховойНомерПФР: snils(11) }],
    came: { last: 'Орлова', first: 'Надежда', middle: 'Ивановна', birthday: '1999-09-09', snils: snils(12) },
    ends: 'new',
  },
  {
    who: 'twins: the СНИЛС of the other one',
    stood: [{ ФИО: 'Орлова Вера Ивановна', ДатаРождения: '1999-09-09', СтраховойНомерПФР: snils(11) }],
    came: { last: 'Орлова', first: 'Надежда', middle: 'Ивановна', birthday: '1999-09-09', snils: snils(11) },
    ends: /Имя/,
  },
  {
    who: 'two people of one name and birthday',
    stood: [
      { ФИО: annaKnown.ФИО, ДатаРождения: '1990-05-01' },
      { ФИО: annaKnown.ФИО, ДатаРождения: '1990-05-01' },
    ],
    came: { ...bare, birthday: '1990-05-01' },
    ends: /objects fit|several/,
  },
  {
    who: 'two people of one name and birthday, one with our СНИЛС: a duplicate in 1C, so it is asked',
    stood: [{ ФИО: annaKnown.ФИО, ДатаРождения: '1990-05-01' }, annaKnown],
    came: anna,
    ends: /different people/,
  },
  {
    who: 'no birthday, no number: nobody can tell, so a new person',
    stood: [{ ФИО: annaKnown.ФИО, ДатаРождения: '1990-05-01' }],
    came: bare,
    ends: 'new',
    tells: /looks alike.*ДатаРождения/s,
  },
  {
    who: 'no birthday here, known by СНИЛС',
    stood: [annaKnown],
    came: { ...bare, snils: snils(1) },
    ends: 0,
    holds: { ДатаРождения: '1990-05-01T00:00:00' },
  },
  {
    who: 'a foreigner without СНИЛС, new',
    stood: [],
    came: { last: 'Ли', first: 'Минхо', birthday: '1993-12-12' },
    ends: 'new',
  },
  {
    who: 'a foreigner without СНИЛС, known',
    stood: [{ ФИО: 'Ли Минхо', ДатаРождения: '1993-12-12' }],
    came: { last: 'Ли', first: 'Минхо', birthday: '1993-12-12' },
    ends: 0,
  },
  {
    who: 'a foreigner whose СНИЛС 1C has already',
    stood: [{ ФИО: 'Ли Минхо', ДатаРождения: '1993-12-12', СтраховойНомерПФР: snils(21) }],
    came: { last: 'Ли', first: 'Минхо', birthday: '1993-12-12' },
    ends: 0,
    holds: { СтраховойНомерПФР: snils(21) },
  },
  {
    who: 'a name of one word',
    stood: [],
    came: { last: 'Сукарно', birthday: '1980-06-06' },
    ends: 'new',
    holds: { ФИО: 'Сукарно', Фамилия: 'Сукарно' },
  },
  {
    who: 'a name of one word, known',
    stood: [{ ФИО: 'Сукарно', ДатаРождения: '1980-06-06' }],
    came: { last: 'Сукарно', birthday: '1980-06-06' },
    ends: 0,
  },
  {
    who: 'no patronymic here, one in 1C, СНИЛС agrees',
    stood: [annaKnown],
    came: { last: 'Иванова', first: 'Анна', snils: snils(1) },
    ends: 0,
    holds: { Отчество: 'Сергеевна' },
  },
  {
    who: 'no patronymic in 1C, one here, СНИЛС agrees',
    stood: [{ ФИО: 'Иванова Анна', СтраховойНомерПФР: snils(1) }],
    came: anna,
    ends: 0,
  },
  {
    who: 'a double surname with a hyphen, new',
    stood: [],
    came: { last: 'Римский-Корсаков', first: 'Иван', middle: 'Ильич', birthday: '1977-07-07' },
    ends: 'new',
    holds: { Фамилия: 'Римский-Корсаков' },
  },
  {
    who: 'a double surname with a hyphen, known',
    stood: [{ ФИО: 'Римский-Корсаков Иван Ильич', ДатаРождения: '1977-07-07' }],
    came: { last: 'Римский-Корсаков', first: 'Иван', middle: 'Ильич', birthday: '1977-07-07' },
    ends: 0,
  },
  {
    who: "О'Коннор, new",
    stood: [],
    came: { last: "О'Коннор", first: 'Джон', birthday: '1982-02-02' },
    ends: 'new',
    holds: { Фамилия: "О'Коннор" },
  },
  {
    who: "О'Коннор, known",
    stood: [{ ФИО: "О'Коннор Джон", ДатаРождения: '1982-02-02' }],
    came: { last: "О'Коннор", first: 'Джон', birthday: '1982-02-02' },
    ends: 0,
  },
  {
    who: 'signs that mean something to LIKE and to a filter',
    stood: [],
    came: { last: '[А]_%', first: "'' or 1 eq 1", birthday: '1982-02-02' },
    ends: 'new',
  },
  {
    who: 'a phone with an extension: it stays as written',
    stood: [],
    came: { ...anna, phone: '+7 495 000-00-00 доб. 12' },
    ends: 'new',
  },
  {
    who: 'two phones in one field',
    stood: [],
    came: { ...anna, phone: '8 900 000-00-01, 8 900 000-00-02' },
    ends: 'new',
  },
  {
    who: 'a living card without an order is used',
    stood: [{ ...annaKnown, cards: ['free'] }],
    came: anna,
    ends: 0,
    cards: 1,
  },
  {
    who: 're-hire: the old card is archived',
    stood: [{ ...annaKnown, cards: ['archived'] }],
    came: anna,
    ends: 0,
    cards: 2,
  },
  {
    who: 're-hire: dismissed by order',
    stood: [{ ...annaKnown, cards: ['dismissed'] }],
    came: anna,
    ends: 0,
    cards: 2,
  },
  { who: 'employed already', stood: [{ ...annaKnown, cards: ['working'] }], came: anna, ends: /employed already/ },
  {
    who: 'employed already, and this is part-time',
    stood: [{ ...annaKnown, cards: ['working'] }],
    came: anna,
    ends: 0,
    cards: 2,
    preset: 'zup-3.1/part-time',
  },
  { who: 'two living cards', stood: [{ ...annaKnown, cards: ['free', 'free'] }], came: anna, ends: /living cards/ },
  {
    who: 'two cards, one of them archived',
    stood: [{ ...annaKnown, cards: ['archived', 'free'] }],
    came: anna,
    ends: 0,
    cards: 2,
  },
  {
    who: 're-hire by the preset for it, the old card forgotten in the list',
    stood: [{ ...annaKnown, cards: ['free'] }],
    came: anna,
    ends: 0,
    cards: 2,
    preset: 'zup-3.1/rehire',
  },
];
