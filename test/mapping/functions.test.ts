import { expect } from 'chai';
import fc from 'fast-check';
import { htmlToText } from '../../src/mapping/formulas/functions/html-text.ts';
import { addDays, addMonths, age, daysBetween } from '../../src/mapping/formulas/functions/plain-date.ts';
import { transliterate } from '../../src/mapping/formulas/functions/transliteration.ts';
import { recordOf } from './sample.ts';

async function valueOf(formula: string, given?: string): Promise<unknown> {
  const record = await recordOf(`a: |\n    =${formula}`, given === undefined ? {} : { given });
  return typeof record === 'object' && record !== null ? Reflect.get(record, 'a') : undefined;
}

const table: readonly (readonly [formula: string, value: unknown])[] = [
  ['$transliterate("Щукин Объедков")', 'Shchukin Obieedkov'],
  ['$transliterate("ЩУКИН")', 'SHCHUKIN'],
  ['$transliterate("Хацкевич Юлия Ильинична")', 'Khatskevich Iuliia Ilinichna'],
  ['$transliterate("Ёжиков Эдуард", "icao")', 'Ezhikov Eduard'],
  ['$transliterate("Я и Ж-М")', 'Ia i Zh-M'],
  ['$transliterate("Щукин", "gost")', 'Shhukin'],
  ['$transliterate("Цицерон и цыган, цапля", "gost")', "Ciceron i cy'gan, czaplya"],
  ['$transliterate("подъезд, соль, этюд, йод, ёж, хор", "gost")', 'pod``ezd, sol`, e`tyud, jod, yozh, xor'],
  ['$transliterate("John Смит №5")', 'John Smit №5'],
  ['$transliterate(applicant.skype)', null],
  ['applicant.$transliterate(last_name)', 'Ivanova'],
  ['$fullName(applicant)', 'Иванова Анна Сергеевна'],
  ['$fullName({"last_name": "Ли", "first_name": null})', 'Ли'],
  ['$fullName({})', null],
  ['$fullName(nothing)', null],
  ['$initials(applicant)', 'Иванова А. С.'],
  ['$initials("Петрова-Водкина анна-мария")', 'Петрова-Водкина А.-М.'],
  ['$initials({"last_name": "Ли"})', 'Ли'],
  ['$phone(applicant.phone)', '+79000000000'],
  ['$phone("не звонить")', null],
  ['$snils(applicant.values.snils)', '112-233-445 95'],
  ['$snils("112-233-445 94")', null],
  ['$inn(applicant.values.inn)', '500100732259'],
  ['$inn("1")', null],
  ['$nfc("й") = "й"', true],
  ['$htmlToText("<p>Один&nbsp;&amp; два</p><ul><li>a<li>b</ul>")', 'Один & два\n\n- a\n- b'],
  ['$date("01.12.2026")', '2026-12-01'],
  ['$date("2026-12-01T00:30:00+14:00")', '2026-12-01'],
  ['$date("завтра")', null],
  ['$age(applicant.birthday, log.employment_date)', 36],
  ['$age("2000-12-01", "2026-11-30")', 25],
  ['$age("2000-12-01", "2026-12-01")', 26],
  ['$age(nothing, "2026-12-01")', null],
  ['$addDays(log.employment_date, 90)', '2027-03-01'],
  ['$addDays("2024-02-28", 1)', '2024-02-29'],
  ['$addDays("2024-03-01", -1)', '2024-02-29'],
  ['$addMonths("2026-01-31", 1)', '2026-02-28'],
  ['$addMonths("2026-01-15", -1)', '2025-12-15'],
  ['$addMonths(log.employment_date, 3)', '2027-03-01'],
  ['$daysBetween("2026-02-28", "2026-03-01")', 1],
  ['$daysBetween("2026-03-01", "2026-02-28")', -1],
  ['$candidateLink()', 'https://huntflow.example/my/romashka#/vacancy/9/filter/workon/id/17'],
  ['$map(["Аня"], $transliterate)', 'Ania'],
];

describe('functions of formulas', () => {
  for (const [formula, value] of table) {
    it(`${formula} is ${JSON.stringify(value)}`, async () => {
      expect(await valueOf(formula)).to.deep.equal(value);
    });
  }

  it('give a link among all candidates without vacancy, and none where version 1.0 names no account', async () => {
    expect(await valueOf('$candidateLink()', 'facts/02-add')).to.match(
      /^https:\/\/[\w.]+\/my\/\w+#\/applicants\/filter\/all\/\d+$/,
    );
    expect(await valueOf('$candidateLink()', 'doc-1.0/applicant-2021')).to.equal(null);
  });

  it('transliterate every Russian letter to ASCII', () => {
    for (const alphabet of ['icao', 'gost'] as const) {
      for (const letter of 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя')
        expect(transliterate(letter + letter.toUpperCase(), alphabet)).to.match(/^[\x20-\x7e]*$/);
    }
  });

  it('let no tag through', () => {
    expect(htmlToText('<script>alert(1)</script>a<br>b<!-- <p> -->&lt;c&gt; &#1040;&#x410; &bogus; 1 < 2')).to.equal(
      'a\nb<c> АА &bogus; 1 < 2',
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '<p>',
            '</p>',
            '<b',
            '>',
            '<!--',
            '-->',
            '<script>',
            'x',
            ' ',
            '&amp;',
            '&#0;',
            '<a href="',
            '">',
          ),
        ),
        (parts) => {
          expect(htmlToText(parts.join(''))).not.to.match(/<\/?(?:p|script)>/);
        },
      ),
    );
  });

  it('count days and months as a calendar does', () => {
    const day = fc
      .date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, fc.integer({ min: -40_000, max: 40_000 }), (start, days) => {
        const end = addDays(start, days);
        expect(daysBetween(start, end ?? '')).to.equal(days);
        expect(age(start, addMonths(start, 12 * 30) ?? '')).to.equal(
          start.endsWith('02-29') && !(addMonths(start, 12 * 30) ?? '').endsWith('02-29') ? 29 : 30,
        );
      }),
    );
  });
});
