import { expect } from 'chai';
import { noDictionaries } from '../../src/mapping/dictionaries/dictionaries.ts';
import { failureOf, head, map, recordOf } from './sample.ts';

const dictionaries = {
  ...noDictionaries,
  entries: new Map([
    [
      'divisions',
      new Map<string, string | number | null>([
        ['7', 'БУХ-01'],
        ['8', null],
        ['йод', 'J'],
        ['ставка', 1.5],
      ]),
    ],
  ]),
};

/** Lines of YAML under `record`, and the record that the hire fixture gives. */
const records: readonly (readonly [fact: string, lines: string, record: unknown])[] = [
  ['a text that begins with = is a formula', 'a: =applicant.last_name', { a: 'Иванова' }],
  [
    'anything else is itself',
    'a: applicant\nb: 5\nc: true\nd: 2026-01-01\ne: 1.5\nf: null',
    { a: 'applicant', b: 5, c: true, d: '2026-01-01', e: 1.5, f: null },
  ],
  ['a leading apostrophe keeps a literal =', 'a: "\'=x"', { a: '=x' }],
  ['two apostrophes keep one', 'a: "\'\'=x"', { a: "'=x" }],
  ['an apostrophe elsewhere is itself', 'a: "\'x"\nb: "O\'=x"', { a: "'x", b: "O'=x" }],
  ['an = elsewhere is itself', 'a: x=y\nb: " =x"', { a: 'x=y', b: ' =x' }],
  ['a formula in quotes is a formula', 'a: "=1 + 1"\nb: \'=2 + 2\'\nc: |\n  =3 +\n  3', { a: 2, b: 4, c: 6 }],
  ['no value is null', 'a: =applicant.no_such\nb: =applicant.skype', { a: null, b: null }],
  [
    'null is missing for formulas',
    'a: ="x" & applicant.skype\nb: =$exists(applicant.skype)\nc: =$uppercase(applicant.skype)',
    { a: 'x', b: false, c: null },
  ],
  [
    'maps and lists are walked',
    'a:\n  b: [ =applicant.id, 2, { c: =applicant.id } ]',
    { a: { b: [17, 2, { c: 17 }] } },
  ],
  [
    'a formula may give objects and lists',
    'a: \'={"x": applicant.id, "y": [1, null], "z": nothing}\'\nb: =applicant.social',
    {
      a: { x: 17, y: [1, null] },
      b: [{ id: 3, social_type: 'TELEGRAM', value: 'ivanova_example', verified: false }],
    },
  ],
  [
    'lists of formulas carry nothing of jsonata',
    'a: =vacancy.account_division.full_path.name',
    { a: ['Ромашка', 'Бухгалтерия'] },
  ],
  ['a result is never evaluated again', 'a: \'="=1+1"\'', { a: '=1+1' }],
  [
    'null traps: comparisons with nothing, one or no item, parts that are missing',
    "a: =nothing = 1\nb: =nothing > 1\nc: =tags.name\nd: '=[tags.name]'\ne: '=[nothing.name]'\nf: '=$join([applicant.skype, applicant.first_name], \" \")'\ng: =$trim(applicant.skype)",
    {
      a: false,
      b: null,
      c: 'Резерв',
      d: ['Резерв'],
      e: [],
      f: 'Анна',
      g: null,
    },
  ],
  [
    'the names of the design are there',
    'a: =event.event & event.type & event.action & event.version\nb: =stage.id\nc: =author.email\nd: ' +
      '=account.nick\ne: =agreement.state\nf: =body.meta.event_id\ng: =tags.name\nh: =event.id',
    {
      a: 'APPLICANTSTATUSADD2.0',
      b: 33,
      c: 'petrova@example.com',
      d: 'romashka',
      e: 'accepted',
      f: '301',
      g: 'Резерв',
      h: '301',
    },
  ],

  ['an object with the key from is a conversion', 'a: { from: =log.employment_date, as: date }', { a: '2026-12-01' }],
  ['a conversion needs no as', 'a: { from: =applicant.id }', { a: 17 }],
  [
    'a conversion of nothing is null',
    'a: { from: =applicant.no_such, as: date }\nb: { from: =applicant.no_such, as: integer, max: 3 }',
    { a: null, b: null },
  ],
  [
    'a blank text is no value for a conversion',
    'a: { from: \'="  "\', as: date }\nb: { from: \'=""\' }',
    { a: null, b: null },
  ],
  [
    'default stands in for no value',
    'a: { from: =nothing, default: 5 }\nb: { from: =nothing, default: =applicant.id, as: string }\nc: { ' +
      'from: =applicant.id, default: 5 }',
    { a: 5, b: '17', c: 17 },
  ],
  ['default is converted', 'a: { from: =nothing, as: datetime, default: 01.12.2026 }', { a: '2026-12-01T00:00:00' }],
  ['required is content with a default', 'a: { from: =nothing, required: true, default: x }', { a: 'x' }],
  ['max lets what fits pass', 'a: { from: =applicant.last_name, max: 7 }', { a: 'Иванова' }],
  [
    'false and zero are values',
    'a: { from: =false, required: true }\nb: { from: =0, required: true, default: 1 }',
    { a: false, b: 0 },
  ],
  ['a constant may be converted', 'a: { from: 01.12.2026, as: date }', { a: '2026-12-01' }],
  [
    'conversions stand anywhere in a record',
    'a: [ { b: { from: =applicant.birthday, as: datetime } } ]',
    { a: [{ b: '1990-05-01T00:00:00' }] },
  ],

  ['lookup finds by number', 'a: { from: =vacancy.account_division.id, lookup: divisions }', { a: 'БУХ-01' }],
  ['lookup compares composed letters', `a: { from: "${'йод'.normalize('NFD')}", lookup: divisions }`, { a: 'J' }],
  [
    'lookup: an empty cell is no value',
    'a: { from: 8, lookup: divisions }\nb: { from: 8, lookup: divisions, default: x }',
    { a: null, b: 'x' },
  ],
  ['lookup: a missing value is not looked up', 'a: { from: =nothing, lookup: divisions }', { a: null }],
  [
    'else: keep, empty and a value',
    'a: { from: 9, lookup: divisions, else: keep }\nb: { from: 9, lookup: divisions, else: empty }\nc: { from: 9, lookup: divisions, else: ПРОЧЕЕ }\nd: { from: 9, lookup: divisions, else: =applicant.id }',
    { a: 9, b: null, c: 'ПРОЧЕЕ', d: 17 },
  ],
  ['what was looked up is converted', 'a: { from: ставка, lookup: divisions, as: decimal }', { a: '1.5' }],
];

/** Lines of YAML under `record`, and the sentence they fail with. */
const failures: readonly (readonly [fact: string, lines: string, sentence: RegExp])[] = [
  [
    'a required value that is missing',
    'Имя: { from: =nothing, required: true }',
    /^"Имя": a required value is missing$/,
  ],
  ['a date no calendar has', 'a: { b: { from: =applicant.last_name, as: date } }', /^"a.b": an existing date/],
  [
    'a value over max',
    'a: { from: =applicant.last_name, max: 6 }',
    /^"a": the value has 7 characters and there is room for 6$/,
  ],
  ['max of a list', 'a: { from: =vacancy.account_division.full_path, max: 6 }', /^"a": max limits a text/],
  [
    'a key the dictionary lacks',
    'a: { from: 9, lookup: divisions }',
    /^"a": this value is not in the dictionary "divisions"/,
  ],
  ['the same with else: reject', 'a: { from: 9, lookup: divisions, else: reject }', /not in the dictionary/],
  [
    'a list that is looked up',
    'a: { from: =vacancy.account_division.full_path, lookup: divisions }',
    /a text or number can be looked up/,
  ],
  ['a division by zero', 'a: =1 / 0', /^"a": the result of the formula is no number/],
  ['a function for a value', 'a: =$uppercase', /^"a": the result of the formula is a function/],
  ['a regular expression for a value', 'a: =/x/', /^"a": the result of the formula is a function/],
  ['a sum with a text', 'a: [ 1, =applicant.last_name + 1 ]', /^"a\[1\]": \+ works on numbers only$/],
  [
    'a value called as a function',
    'a: "=($upcase := 1; $upcase(applicant.last_name))"',
    /^"a": there is no function upcase/,
  ],
  [
    'a function without its dollar',
    'a: \'=$count([{"b": 1}, uppercase(applicant.last_name)])\'',
    /^"a": there is no function uppercase; built-in ones begin with \$/,
  ],
  [
    'a number given to a text function',
    'a: =$uppercase(applicant.id)',
    /^"a": \$uppercase: argument 1 is of the wrong kind$/,
  ],
  ['texts compared with numbers', 'a: =applicant.last_name > 5', /compares numbers with numbers/],
  ['a text that is no number', 'a: =$number(applicant.last_name)', /\$number was given a text/],
  ["the author's own sentence", 'a: \'=$error("нет кадровой службы")\'', /^"a": нет кадровой службы$/],
  ['a computed sentence, which may quote a person', 'a: =$error(applicant.last_name)', /itself reported an error/],
  [
    'a function that never ends its recursion',
    'a: "=($f := function($x){ 1 + $f($x) }; $f(1))"',
    /calls itself too many times/,
  ],
];

describe('the language of records', () => {
  for (const [fact, lines, record] of records) {
    it(fact, async () => {
      expect(await recordOf(lines, { dictionaries })).to.deep.equal(record);
    });
  }

  for (const [fact, lines, sentence] of failures) {
    it(`fails on ${fact}, without its value`, async () => {
      const text = await failureOf(lines, { dictionaries });
      expect(text).to.match(sentence);
      expect(text).not.to.match(/Иванова|Ромашка/);
    });
  }

  it('computes a formula that stands twice once, but chance twice', async () => {
    const record = await recordOf(
      'a: =$now() & $random()\nb: =$now() & $random()\nc: =$join([applicant.first_name])\nd: { e: ' +
        '"=$join([applicant.first_name])" }',
    );
    expect(record).to.deep.include({ c: 'Анна', d: { e: 'Анна' } });
    if (typeof record === 'object' && record !== null)
      expect(Reflect.get(record, 'a')).not.to.equal(Reflect.get(record, 'b'));
  });

  it('moves no birthday by any zone', async () => {
    const lines =
      'a: { from: =applicant.birthday, as: date }\nb: { from: =applicant.birthday, as: datetime }\nc: { ' +
      'from: =log.employment_date, as: date }';
    for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
      expect(await recordOf(lines, { zone, given: 'facts/09-status-hired-datetime' })).to.deep.equal({
        a: '1990-05-01',
        b: '1990-05-01T00:00:00',
        c: '2026-12-01',
      });
    }
  });

  it('gives both versions of a webhook the same names', async () => {
    const lines =
      'a: =applicant.last_name\nb: =log.employment_date\nc: =stage.id\nd: =vacancy.position\ne: =event.type ' +
      '& event.action\nf: =author.email';
    expect(await recordOf(lines, { given: 'facts/30-version-1-status-hired' })).to.deep.equal(await recordOf(lines));
  });
});

describe('when, key and once', () => {
  const mapped = async (lines: string, given?: string) =>
    map(`${head}${lines}\nrecord: { a: 1 }`, given === undefined ? {} : { given });

  it('passes on true, skips on false', async () => {
    expect((await mapped('when: =true')).outcome).to.equal('record');
    expect((await mapped('when: true')).outcome).to.equal('record');
    expect((await mapped('when: =$exists(applicant.skype)')).outcome).to.equal('skipped');
    expect((await mapped('when: false')).outcome).to.equal('skipped');
  });

  for (const when of [
    '=applicant.id',
    '=applicant.no_such',
    '="true"',
    '=1',
    '=null',
    '=[true]',
    '=$exists',
    '=1 + "a"',
  ]) {
    it(`fails on when: ${when}`, async () => {
      expect((await mapped(`when: '${when}'`)).outcome).to.equal('failed');
    });
  }

  const keys: readonly (readonly [lines: string, key: string | null])[] = [
    ['', 'applicant/17'],
    ['key: =applicant.id', '17'],
    ['key: =applicant.email', 'ivanova@example.com'],
    ['key: all', 'all'],
    ['key: =nothing', null],
    ['key: ="staff-" & applicant.id', 'staff-17'],
    ['key: \'=""\'', null],
  ];
  for (const [lines, key] of keys) {
    it(`makes ${JSON.stringify(key)} of ${lines || 'no key'}`, async () => {
      expect(await mapped(lines)).to.deep.equal({ outcome: 'record', record: { a: 1 }, key, once: null });
    });
  }

  it('orders by vacancy where there is no applicant, and by nothing without both', async () => {
    expect(await mapped('', 'facts/16-vacancy-open-nulls')).to.have.property('key', 'vacancy/9');
    expect(await mapped('', 'facts/21-request-legacy')).to.have.property('key', null);
    // a survey without its applicant: its respondent is one
    expect(await mapped('', 'facts/24-survey-schema')).to.have.property('key', 'applicant/17');
  });

  it('makes once a text, or null for no value', async () => {
    expect(await mapped('once: =log.id')).to.have.property('once', '9041');
    expect(await mapped('once: =nothing')).to.have.property('once', null);
    expect(await mapped('once: =has_photo')).to.have.property('once', null);
    expect(await mapped('once: =applicant.has_photo')).to.have.property('once', 'true');
  });

  it('fails on a key or once that is no label, and keeps the default key', async () => {
    for (const lines of [
      'key: =applicant',
      'key: =vacancy.account_division.full_path',
      'key: =$pad("x", 201)',
      'key: =1 + "a"',
      'once: =applicant',
    ]) {
      expect(await mapped(lines)).to.include({ outcome: 'failed', key: 'applicant/17' });
    }
  });

  it('tells the key of what failed, so that its dead letter keeps its place', async () => {
    expect(await map(`${head}key: =applicant.id\nrecord: { a: =1/0 }`)).to.include({ outcome: 'failed', key: '17' });
    expect(await map(`${head}key: =applicant.id\nwhen: =1\nrecord: { a: 1 }`)).to.include({
      outcome: 'failed',
      key: '17',
    });
  });
});
