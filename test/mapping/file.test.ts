import { expect } from 'chai';
import { noDictionaries } from '../../src/mapping/dictionaries/dictionaries.ts';
import { faultsOf, good, head, read } from './sample.ts';

const quoted =
  /a formula with ": ", " #" or \(inside of \{…\} and \[…\]\) any of , \[ \] \{ \} has to be quoted as a whole/;

/** A file, and the `line:column` and sentence of each fault in it. */
type Case = readonly [fact: string, text: string, ...faults: (readonly [place: string, sentence: RegExp | string])[]];

const traps: readonly Case[] = [
  ['a formula with ": "', `${head}record:\n  Имя: =a ? b : c\n`, ['5:8', quoted]],
  ['a formula with ": " in a text', `${head}record:\n  Имя: =a & ": " & b\n`, ['5:8', quoted]],
  ['a formula with ": " on a line of its own', `${head}record:\n  Имя:\n    =a ? b : c\n`, ['6:5', quoted]],
  ['a formula with ": " in a list', `${head}record:\n  a:\n    - =a : b\n`, ['6:7', quoted]],
  ['a formula cut by " #"', `${head}record:\n  Имя: =a & " #" & b\n`, ['5:14', quoted]],
  ['a formula cut by " #$"', `${head}record:\n  Имя: =a #$i.b\n`, ['5:8', quoted]],
  ['a comma inside braces', `${head}record: { Имя: =$lookup(a, b), Два: 2 }\n`, ['4:26', quoted], ['4:28', quoted]],
  ['a comma inside braces after a whole formula', `${head}record: { Имя: =a, b }\n`, ['4:20', quoted]],
  ['brackets inside braces', `${head}record: { Имя: =a[0], Два: 2 }\n`, ['4:16', quoted]],
  ['braces inside braces', `${head}record: { Имя: ={"a": 1}, Два: 2 }\n`, ['4:16', quoted]],
  ['": " inside braces', `${head}record: { Имя: =a ? b : c, Два: 2 }\n`, ['4:16', quoted]],
  ['a comma inside brackets', `${head}record: { a: [ =a, =f(b, c) ] }\n`, ['4:24', quoted]],
  [
    'a backslash in double quotes',
    `${head}record:\n  Имя: "=$match(a, /\\d+/)"\n`,
    ['5:21', /put the value in single quotes/],
  ],
  [
    'a formula that begins with a quote',
    `${head}record:\n  Имя: "a" & b\n`,
    ['5:12', /begin it with = and quote it as a whole/],
  ],
  [
    'a formula in typographic quotes',
    `${head}record:\n  Имя: “=applicant.last_name”\n`,
    ['5:8', /the formula has typographic/],
  ],
  [
    'typographic quotes within a formula',
    `${head}record:\n  Имя: =applicant.last_name & “ ” & 1\n  Два: =«Отдел» & 2\n`,
    ['5:31', /the formula has typographic quotes: put straight ones/],
    ['6:9', /the formula has typographic quotes/],
  ],
  ['an apostrophe for a literal =', `${head}record:\n  Имя: '=x\n  Два: 2\n`, ['5:8', /a literal = is written "'=…"/]],
  [
    'a tab before a formula, which it spoils together with all lines behind it',
    `${head}record:\n  a: =applicant.id\n\tb: =applicant.id\n  c: =applicant.id\n`,
    ['6:1', /a tab is used/],
  ],
  ['a tab', `${head}record:\n\tИмя: x\n`, ['5:1', /a tab is used for indentation/]],
  [
    'two no-break blanks, once, at the first',
    `${head}record:\n\u00a0 a: x\n\u00a0 b: y\n`,
    ['5:1', /no-break .*in 2 lines/],
  ],
  [
    'a shifted line, once, at its own, whatever stands behind it',
    `${head}record:\n  a: x\n b: y\n  c: { from: =applicant.birthday, as: date }\n  d: z\n`,
    ['6:1', /same column/],
  ],
  ['three tabs, once, at the first', `${head}record:\n\ta: x\n\tb: y\n\tc: z\n`, ['5:1', /in 3 lines/]],
  [
    'a key in the other alphabet',
    `${head}whеn: true\nrecord: { a: 1 }\n`,
    ['4:1', /letters of another alphabet.*write "when" anew/],
  ],
  [
    'a key that has to be there, in the other alphabet, once',
    `${head}rеcоrd: { a: 1 }\n`,
    ['4:1', /letters of another alphabet.*write "record" anew/],
  ],
  [
    'a conversion whose key is in the other alphabet, once',
    `${head}record: { a: { from: "=applicant.birthday", аs: date, format: dd.mm.yyyy } }\n`,
    ['4:45', /letters of another alphabet.*write "as" anew/],
  ],
  [
    'a quote that is opened and closed nowhere, where it is opened',
    `${head}record:\n  a: x\n  b: "=applicant.id\n  c: y\n`,
    ['6:6', /a quote " is opened here/],
  ],
  ['a key twice', `${head}record:\n  a: 1\n  a: 2\n`, ['6:3', /there already in line 5/]],
  [
    'numbers that would change',
    `${head}record:\n  a: 007701234567\n  b: 0x1F\n  c: [ 1e3 ]\n  d: 1.50\n  e: 12345678901234567890\n  f: ` +
      `.inf\n  g: 0o17\n  h: +7\n`,
    ['5:6', /007701234567 would turn into 7701234567: quote it/],
    ['6:6', /0x1F/],
    ['7:8', /1e3/],
    ['8:6', /1\.50/],
    ['9:6', /12345678901234567890/],
    ['10:6', /\.inf/],
    ['11:6', /0o17/],
    ['12:6', /\+7/],
  ],
  [
    'numbers that would change in a test',
    `${head}record:\n  a: 1\ntests:\n  - name: x\n    given: facts/04-status-hired.json\n    expect: { a: 007 }\n`,
    ['9:18', /quote it/],
  ],
];

const mistakes: readonly Case[] = [
  ['an empty file', '', ['1:1', /a mapping file is made of the keys/]],
  ['a list', '- a\n', ['1:1', /a mapping file is made of the keys/]],
  [
    'every mistake at once',
    'maping: m\non: { evnt: APPLICANT }\nto: staf-csv\nrecrd:\n  a: 1\n',
    ['1:1', /«mapping» is required/],
    ['1:1', /«record» is required/],
    ['1:1', /did you mean "mapping"/],
    ['2:5', /«on.event» is required/],
    ['2:7', /did you mean "event"/],
    ['3:5', /no target "staf-csv" in connector.yaml, did you mean "staff-csv"/],
    ['4:1', /did you mean "record"/],
  ],
  [
    'nothing behind the keys',
    'mapping:\non:\nto:\nrecord:\n',
    ['1:1', /«mapping» is required/],
    ['2:1', /«on» is required/],
    ['3:1', /«to» is required/],
    ['4:1', /«record» is required/],
  ],
  [
    'an unknown target far from any',
    'mapping: m\non: { event: APPLICANT }\nto: warehouse\nrecord: { a: 1 }\n',
    ['3:5', /configured are: anything, staff-csv, intranet, zup/],
  ],
  [
    'an unknown stage',
    'mapping: m\non: { event: APPLICANT, type: STATUS, action: ADD, stage: [ hird, 33, "34" ] }\nto: ' +
      'anything\nrecord: { a: 1 }\n',
    ['2:61', /no stage "hird".*did you mean "hired"/],
  ],
  [
    'a name nobody can type',
    'mapping: a b\non: { event: APPLICANT }\nto: anything\nrecord: { a: 1 }\n',
    ['1:10', /a name has letters/],
  ],
  [
    'conditions and keys of a wrong form',
    `${head}when: yes\nkey: [ 1 ]\nonce: {}\norder: strickt\nrecord: { a: 1 }\n`,
    ['4:7', /when: "=…"/],
    ['5:6', /a formula .* or a plain value/],
    ['6:7', /a formula/],
    ['7:8', /must be one of: strict, none/],
  ],
  [
    'formulas, at the very place',
    `${head}when: =a +\nkey: "=f(a b)"\nonce: =\nrecord:\n  a: =a & & b\n  b: |\n    =a +\n      b c\n  c: ` +
      `>\n    =a b\n  d: { e: =$x( }\n`,
    ['4:11', /ends too early/],
    ['5:12', /\) is needed instead of b/],
    ['6:8', /no formula after =/],
    ['8:11', /a value is missing before &/],
    ['11:9', /unexpected c/],
    ['12:6', /unexpected b/],
    ['14:15', /ends too early: \) is missing/],
  ],
  [
    'conversions',
    `${head}record:\n  a: { from: =a, as: dat }\n  b: { frm: =a, as: date }\n  c: { from: =x, max: 0, requird: true }\n  d: { from: =x, else: keep }\n  e: { from: 2026-02-31, as: date }\n  f: { from: =x, as: integer, default: нет }\n  g: { from: }\n  h: { from: [ 1 ] }\n  i: { from: абв, max: 2 }\n  j: { from: =x, as: date, to: y }\n`,
    ['5:22', /«as» must be one of: string, integer, decimal/],
    ['6:8', /unknown key "frm", did you mean "from"/],
    ['7:23', /a length is needed/],
    ['7:26', /did you mean "required"/],
    ['8:18', /without lookup, else says what becomes of a value that does not fit/],
    ['9:14', /an existing date/],
    ['10:40', /a whole number/],
    ['11:8', /from is empty/],
    ['12:14', /a formula .* or a plain value/],
    ['13:14', /longer than max/],
    ['14:28', /unknown key "to".*an object with the key from is a conversion/],
  ],
  [
    'a dictionary that is not there',
    `${head}record:\n  a: { from: =a, lookup: division }\n  b: { from: =a, lookup: broken }\n`,
    ['5:26', /no dictionary "division", did you mean "divisions"/],
    ['6:26', /"broken" has faults/],
  ],
  [
    'a record that breaks the schema of rest',
    'mapping: m\non: { event: APPLICANT }\nto: intranet\nrecord:\n  metod: POST\n  method: GET\n  body: { a: =x }\n',
    ['5:3', /unknown key "metod", did you mean "method"/],
    ['5:3', /a record is one request with path, or a pair/],
    ['6:11', /«method» must be one of/],
  ],
  [
    'a record that breaks the schema of csv',
    'mapping: m\non: { event: APPLICANT }\nto: staff-csv\nrecord:\n  a: =b\n  c: { d: =e }\n',
    ['6:6', /column "c": one value/],
  ],
  [
    'a record that breaks the schema of 1C',
    'mapping: m\non: { event: APPLICANT }\nto: zup\nrecord:\n  steps:\n    - upsert: =x\n      fields: { a: ' +
      '=b, c: { ref: person }, d: { fnd: x } }\n    - upsrt: Catalog_A\n',
    ['7:47', /this must be a value/],
    ['8:7', /did you mean "upsert"/],
    ['8:7', /exactly one verb/],
  ],
  [
    'tests of a wrong form',
    `${head}record: { a: 1 }\ntests:\n  - name: t\n    given: nope.json\n    expect: skiped\n  - given: {}\n ` +
      `   expect: {}\n  - x\n  - { name: y, given: README.md, expect: {} }\n`,
    ['7:12', /no file nope.json/],
    ['8:13', /a record is needed here, or the word skipped/],
    ['9:5', /«tests\[1\].name» is required/],
    ['11:5', /must be a set/],
    ['12:23', /README.md: the body is not valid JSON/],
  ],
];

const warnings: readonly Case[] = [
  [
    'an unknown event',
    'mapping: m\non: { event: [ APLICANT, PING, VACANCY_REQUEST ] }\nto: anything\nrecord: { a: 1 }\n',
    ['2:16', /warning: .*did you mean "APPLICANT"/],
    ['2:26', /warning: PING is answered at once/],
  ],
  [
    'an unknown type or action',
    'mapping: m\non: { event: VACANCY, type: [ OPEN, STATUS ], action: ADDED }\nto: anything\nrecord: { a: 1 }\n',
    ['2:37', /warning: .*"STATUS"; known are: OPEN/],
    ['2:55', /warning: .*"ADDED"/],
  ],
  [
    'a stage without a type',
    'mapping: m\non: { event: APPLICANT, stage: hired }\nto: anything\nrecord: { a: 1 }\n',
    ['2:32', /warning: comments carry the current stage too/],
  ],
  [
    'a stage without an action',
    'mapping: m\non: { event: APPLICANT, type: STATUS, stage: hired }\nto: anything\nrecord: { a: 1 }\n',
    ['2:46', /warning: a change or removal/],
  ],
  [
    'a stage of a vacancy',
    'mapping: m\non: { event: VACANCY, stage: hired }\nto: anything\nrecord: { a: 1 }\n',
    ['2:30', /warning: only APPLICANT events/],
  ],
  [
    'a constant in typographic quotes',
    `${head}record:\n  Имя: “Основное место”\n`,
    ['5:8', /warning: the value stands in typo/],
  ],
  [
    'a reference without its =',
    `${head}key: applicant.id\nrecord: { a: applicant.last_name, b: { from: log.id }, c: "applicant.id", d: ` +
      `example.com }\n`,
    ['4:6', /warning: .*write =applicant.id/],
    ['5:14', /warning: .*write =applicant.last_name/],
    ['5:46', /warning: .*write =log.id/],
  ],
];

const dictionaries = {
  ...noDictionaries,
  entries: new Map([['divisions', new Map()]]),
  faulty: new Map([['broken', undefined]]),
};

async function compare([, text, ...expected]: Case): Promise<void> {
  // names are the matter of formula-names.test.ts; here they are short
  const faults = (await faultsOf(text, { dictionaries })).filter((fault) => !fault.includes('warning: formula: '));
  expect(
    faults.map((fault) => /^\d+:\d+/.exec(fault)?.[0]),
    faults.join('\n'),
  ).to.deep.equal(expected.map(([place]) => place));
  for (const [index, [, sentence]] of expected.entries())
    expect(faults[index]).to.match(sentence instanceof RegExp ? sentence : new RegExp(sentence));
}

describe('a mapping file', () => {
  for (const each of traps) it(`names place and remedy of ${each[0]}`, () => compare(each));
  for (const each of mistakes) it(`names place and remedy in ${each[0]}`, () => compare(each));
  for (const each of warnings) {
    it(`warns of ${each[0]} and is taken`, async () => {
      await compare(each);
      expect((await read(each[1])).mapping).not.to.equal(undefined);
    });
  }

  it('is refused for a fault, and tells its name even so', async () => {
    const { mapping, name } = await read(`${head}record: { a: =( }\n`);
    expect([mapping, name]).to.deep.equal([undefined, 'sample']);
  });

  it('has a comment behind a formula, a date without quotes, and CRLF line ends with a byte order mark', async () => {
    const text = `\uFEFF${head}record:\n  a: =applicant.id   # the id\n  b: 2026-01-01\n`.replaceAll('\n', '\r\n');
    const mapping = await good(text);
    expect(mapping.record).to.deep.equal({ a: '=applicant.id', b: '2026-01-01' });
  });

  it('may have typographic quotes within its texts and patterns, and the line ends of old Macs', async () => {
    const text =
      `${head}record:\n  a: Компания «Ромашка»\n  b: '="«" & applicant.last_name & "»"'\n` +
      `  c: '=$replace(applicant.last_name, /[«»]/, "")'\n`;
    expect(await faultsOf(text)).to.deep.equal([]);
    expect(await faultsOf(text.replaceAll('\n', '\r'))).to.deep.equal([]);
  });

  it('has one version whatever ends its lines', async () => {
    const text = `${head}record: { a: 1 }\n`;
    const versions = [text, `\uFEFF${text}`, text.replaceAll('\n', '\r\n')].map(
      async (each) => (await good(each)).hash,
    );
    expect(new Set(await Promise.all(versions)).size).to.equal(1);
    expect((await good(text.replace('a: 1', 'a: 2'))).hash).not.to.equal(await versions[0]);
  });

  it('keeps title, order and tests', async () => {
    const mapping = await good(
      `${head}title: Проба\norder: none\nrecord: { a: =applicant.id }\ntests:\n  - { name: t, given: facts/04-status-hired.json, expect: { a: 17 } }\n  - { name: u, given: { event: {} }, expect: skipped }\n`,
    );
    expect([mapping.title, mapping.order, mapping.to, mapping.tests.map(({ name }) => name)]).to.deep.equal([
      'Проба',
      'none',
      'anything',
      ['t', 'u'],
    ]);
    expect(mapping.tests[1]).to.deep.equal({
      index: 1,
      name: 'u',
      given: { event: {} },
      expect: 'skipped',
      partly: false,
    });
  });

  it('says everything in Russian too', async () => {
    for (const [, text] of [...traps, ...mistakes, ...warnings]) {
      for (const { text: sentence } of (await read(text, { dictionaries })).faults)
        expect(sentence.ru).to.match(/[а-яё]/i);
    }
  });
});
