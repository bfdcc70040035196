import { expect } from 'chai';
import { adviceFor, type Mended } from '../../src/outbox/advice.ts';
import { type CauseKind, causeOf } from '../../src/outbox/cause.ts';

const cause = (kind: CauseKind, said: string, more: Partial<Mended> = {}): Mended => ({
  id: 'x',
  kind,
  code: null,
  field: null,
  text: { ru: said, en: said },
  example: 7,
  adapter: 'rest',
  othersTaken: false,
  ...more,
});

describe('what to do about a character that the charset of a file lacks', () => {
  it('is one thing for all characters of a column, and is done in connector.yaml, not in the mapping', () => {
    const said = (character: string) => ({ ru: character, en: `the file's encoding has no ${character}` });
    const found = { code: 'unmappable', field: 'Комментарий' };
    const [smile, heart] = ['🙂', '❤'].map((each) => causeOf('staff-csv', 'rejected', said(each), found));
    expect(smile?.id).to.equal(heart?.id);
    const { who, advice, command } = adviceFor(cause('rejected', '', { ...found, adapter: 'csv' }));
    expect([who.en, advice.en]).to.deep.equal([
      'operations',
      'give the target encoding: utf-8-bom or unmappable: replace in connector.yaml, restart the service and retry',
    ]);
    expect(command).to.include('deliveries retry --cause x');
  });
});

describe('the command for a cause', () => {
  const retry = 'huntflow-connector deliveries retry --cause x';
  const remap = 'huntflow-connector deliveries remap --cause x';
  const cases: readonly [string, Mended, string, string][] = [
    ['a target that is away', cause('unavailable', '503'), 'administrator of the target', retry],
    ['1C that is away', cause('unavailable', '503', { adapter: 'onec-odata' }), '1C administrator', retry],
    ['a folder that is away', cause('unavailable', 'no folder', { adapter: 'csv' }), 'operations', retry],
    [
      'records that a target fails at while it takes others',
      cause('unavailable', '500', { othersTaken: true }),
      'mapping author',
      remap,
    ],
    [
      'a value that a target does not know',
      cause('rejected', 'position', { field: 'position' }),
      'mapping author',
      remap,
    ],
    ['a number that belongs to a person', cause('rejected', 'bad', { field: 'applicant.inn' }), 'HR', retry],
    ['a birthday in Russian', cause('rejected', 'bad', { field: 'ДатаРождения' }), 'HR', retry],
    [
      'a field that only sounds like a person',
      cause('rejected', 'bad', { field: 'personnelNumber' }),
      'mapping author',
      remap,
    ],
    ['a word that only holds inn', cause('rejected', 'bad', { field: 'beginning_date' }), 'mapping author', remap],
    [
      'what 1C lacks',
      cause('rejected', 'X.Должность: no object of Catalog_Должности fits (…)'),
      '1C administrator or mapping author',
      remap,
    ],
    ['an outcome that nobody knows', cause('unknown outcome', 'lost'), 'operations', retry],
    ['a mapping with a fault', cause('mapping failed', '"a": not in the dictionary "x"'), 'mapping author', retry],
    [
      'a value that the event lacks',
      cause('mapping failed', '"a": a required value is missing'),
      'HR or mapping author',
      retry,
    ],
    [
      'a question of 1C',
      cause('rejected', 'Which one? Answer: deliveries choose ID --step employee, --object KEY', {
        adapter: 'onec-odata',
      }),
      '1C administrator',
      'huntflow-connector deliveries choose 7 --step employee --object KEY',
    ],
  ];
  for (const [what, found, who, command] of cases)
    it(`is the one that mends ${what}`, () => {
      const advice = adviceFor(found);
      expect([advice.who.en, advice.command]).to.deep.equal([who, command]);
      expect(advice.advice.ru).to.match(/[а-я]/);
      for (const verb of ['retry', 'remap'])
        if (command.includes(` ${verb} `)) expect(advice.advice.en, verb).to.match(new RegExp(`${verb}|cancel`));
    });
});

describe('failures that differ in nothing but ids', () => {
  const id = (said: string) => causeOf('hr', 'rejected', { ru: said, en: said }).id;

  it('have one cause, whatever the ids look like', () => {
    const one = id('position is unknown (trace req-9f8e7d6c5b4a, at 2026-12-01T09:00:00Z)');
    for (const trace of ['req-1a2b3c4d5e6f', '01JDQ3K7V8X2N4M6P8R0', 'a1b2c3d4e5f60718', 'Zm9vYmFyMTIzNDU2Nzg5MA=='])
      expect(id(`position is unknown (trace ${trace}, at 2026-12-02T10:11:12Z)`), trace).to.equal(one);
  });

  it('are told apart by their words, fields and statuses', () => {
    const said = [
      'position is unknown',
      'department is unknown',
      '400 Bad Request',
      '422 Unprocessable',
      'employment_date_2 is bad',
    ];
    expect(new Set(said.map(id)).size).to.equal(said.length);
  });
});
