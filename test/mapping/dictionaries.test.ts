import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import iconv from 'iconv-lite';
import { expect } from 'chai';
import { formatFault } from '../../src/files/fault.ts';
import { loadDictionaries } from '../../src/mapping/dictionaries/dictionaries.ts';
import { textCell, workbookOf, workbookOfXml } from '../support/workbook.ts';
import { Workspace } from '../support/workspace.ts';
import { failureOf, recordOf } from './sample.ts';

const row = (number: number, ...cells: readonly string[]) => `<row r="${number}">${cells.join('')}</row>`;
const sheet = (rows: string, behind = '') => workbookOfXml([{ name: 'Лист1', rows, behind }]);

describe('a table that Excel and its like have saved', () => {
  const workspace = new Workspace();
  const folder = workspace.path('dictionaries');

  beforeEach(() => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
  });
  after(() => workspace.remove());

  async function load(name: string, content: string | Uint8Array) {
    writeFileSync(`${folder}/${name}`, content);
    const { entries, faults } = await loadDictionaries(folder, 'd');
    return {
      entries: Object.fromEntries(entries.get('table') ?? []),
      names: [...entries.keys()],
      faults: faults.map((fault) => formatFault(fault, 'en')),
    };
  }

  const read: readonly (readonly [
    fact: string,
    name: string,
    content: string | Uint8Array,
    entries: Readonly<Record<string, string | null>>,
  ])[] = [
    [
      'results of formulas, as many digits as Excel shows',
      'table.xlsx',
      sheet(
        row(1, textCell('A1', 'a'), '<c r="B1" t="str"><f>A1</f><v>7x</v></c>') +
          row(2, '<c r="A2"><f>1+1</f><v>2</v></c>', '<c r="B2"><f>0.1+0.2</f><v>0.30000000000000004</v></c>'),
      ),
      { a: '7x', 2: '0.3' },
    ],
    [
      'dates, midnight a millisecond early, and times',
      'table.xlsx',
      sheet(
        row(1, textCell('A1', 'a'), '<c r="B1" s="1"><v>45992</v></c>') +
          row(2, textCell('A2', 'b'), '<c r="B2" s="1"><v>45991.999999999</v></c>') +
          row(3, textCell('A3', 'c'), '<c r="B3" s="2"><v>45992.75</v></c>'),
      ),
      { a: '2025-12-01', b: '2025-12-01', c: '2025-12-01T18:00:00' },
    ],
    ...['1', 'true'].map(
      (flag) =>
        [
          `dates counted from 1904, said by "${flag}"`,
          'table.xlsx',
          workbookOfXml(
            [{ name: 'Л', rows: row(1, textCell('A1', 'a'), '<c r="B1" s="1"><v>44530</v></c>') }],
            `<workbookPr date1904="${flag}"/>`,
          ),
          { a: '2025-12-01' },
        ] as const,
    ),
    [
      'numbers with the noughts that their format shows',
      'table.xlsx',
      sheet(
        row(1, '<c r="A1" s="3"><v>7</v></c>', '<c r="B1" s="3"><v>123</v></c>') +
          row(2, '<c r="A2"><v>7707083893</v></c>', '<c r="B2" s="3"><v>1234567</v></c>'),
      ),
      { '000007': '000123', 7707083893: '1234567' },
    ],
    [
      'a value merged over two rows, and a title over two columns',
      'table.xlsx',
      sheet(
        row(1, textCell('A1', 'Отделы')) +
          row(2, textCell('A2', 'Ключ'), textCell('B2', 'Значение')) +
          row(3, textCell('A3', '7'), textCell('B3', 'x')) +
          row(4, textCell('A4', '8'), '<c r="B4"/>'),
        '<mergeCells count="2"><mergeCell ref="A1:B1"/><mergeCell ref="B3:B4"/></mergeCells>',
      ),
      { 7: 'x', 8: 'x' },
    ],
    [
      'rows that have a format and nothing else, and notes beside the table',
      'table.xlsx',
      sheet(
        `${row(1, textCell('A1', '7'), textCell('B1', 'x'))}${row(2, '<c r="C2"><v>1</v></c>')}` +
          row(1_048_576, '<c r="A1048576" s="1"/>'),
      ),
      { 7: 'x' },
    ],
    [
      'the first sheet that people see',
      'table.xlsx',
      workbookOfXml([
        { name: 'Служебный', state: 'veryHidden', rows: row(1, textCell('A1', '1'), textCell('B1', 'no')) },
        { name: 'Отделы', rows: row(1, textCell('A1', '7'), textCell('B1', 'x')) },
      ]),
      { 7: 'x' },
    ],
    ['a title with a comma above semicolons', 'table.csv', 'Отделы, 2026\r\nКлюч;Значение\r\n7;x\r\n', { 7: 'x' }],
    ['commas within values between tabs', 'table.csv', 'Ключ\tЗначение\r\na, b\tx, y\r\n', { 'a, b': 'x, y' }],
    ['the guard of people against Excel', 'table.csv', 'a;="007"\r\n="08";b\r\n', { a: '007', '08': 'b' }],
    ['SEP= in capitals', 'table.csv', 'SEP=,\r\n7,x\r\n', { 7: 'x' }],
    [
      'keys whatever blanks they have, the same said twice included',
      'table.csv',
      'Отдел\u00a0продаж;a\r\nОтдел продаж;a\r\n\u200bСклад;c\r\nОтдел  кадров;b\r\n',
      { 'Отдел продаж': 'a', Склад: 'c', 'Отдел кадров': 'b' },
    ],
  ];
  for (const [fact, name, content, entries] of read)
    it(`is read right: ${fact}`, async () => {
      const { entries: found, faults } = await load(name, content);
      expect(faults).to.deep.equal([]);
      expect(found).to.deep.equal(entries);
    });

  const russian = 'Продажи;Отдел продаж\r\n';
  const named: readonly (readonly [fact: string, name: string, content: string | Uint8Array, says: RegExp])[] = [
    [
      'a formula with an error, in the last column',
      'table.xlsx',
      sheet(
        row(1, textCell('A1', '7'), textCell('B1', 'x')) +
          row(2, textCell('A2', '8'), '<c r="B2" t="e"><v>#N/A</v></c>'),
      ),
      /xlsx:2:1 the formula in B2 came to the error #N\/A/,
    ],
    [
      'a formula that nobody has computed',
      'table.xlsx',
      sheet(row(1, textCell('A1', '7'), '<c r="B1"><f>A1+1</f></c>')),
      /xlsx:1:1 the formula in B1 has not been computed yet/,
    ],
    [
      'an account of twenty digits as a number',
      'table.xlsx',
      sheet(row(1, textCell('A1', '7'), '<c r="B1"><v>4.0817810099910004E+19</v></c>')),
      /xlsx:1:1 the number has more than 15 digits/,
    ],
    [
      'a key merged over two rows',
      'table.xlsx',
      sheet(
        row(1, textCell('A1', '7'), textCell('B1', 'x')) + row(2, '<c r="A2"/>', textCell('B2', 'y')),
        '<mergeCells count="1"><mergeCell ref="A1:A2"/></mergeCells>',
      ),
      /xlsx:2:1 the key "7" is there already in line 1/,
    ],
    [
      'an empty first sheet',
      'table.xlsx',
      workbookOf({ Лист1: [], Отделы: [['7', 'x']] }),
      /xlsx:1:1 the first sheet "Лист1" is empty: .*lookup: NAME\/Отделы/,
    ],
    ['a long number in short', 'table.csv', 'a;7,70708E+11\r\n', /csv:1:1 "7,70708E\+11" is a long number that Excel/],
    ['question marks', 'table.csv', '7;?????? ?????\r\n', /csv:1:1 question marks stand for letters/],
    ...(
      [
        ['UTF-8 taken for windows-1251', iconv.decode(Buffer.from(russian), 'windows-1251')],
        ['windows-1251 taken for Latin', iconv.decode(iconv.encode(russian, 'windows-1251'), 'windows-1252')],
        ['UTF-8 taken for Latin', iconv.decode(Buffer.from(russian), 'windows-1252')],
      ] as const
    ).map(([fact, content]) => [fact, 'table.csv', content, /csv:1:1 ".+" is "Продажи" saved in a foreign/] as const),
    [
      'a line in another charset than the rest',
      'table.csv',
      Buffer.concat([Buffer.from(russian), iconv.encode('Склад;Склад\r\n', 'windows-1251')]),
      /csv:2:1 some letters cannot be read/,
    ],
    ['bytes of nought', 'table.csv', `${russian}\0\0\0`, /csv:2:1 the file has bytes of nought/],
    ['a web page', 'table.csv', '<html><table><tr><td>7</td></tr></table></html>', /csv:1:1 this is a web page or XML/],
    ['a Latin letter in a key', 'table.csv', 'Oтдел;a\r\n', /csv:1:1 warning: the word "Oтдел" has both/],
    ['a Russian letter in a value', 'table.csv', 'a;РOS-cклад\r\n', /csv:1:1 warning: the word "РOS" has both/],
    ['the same in YAML', 'table.yaml', 'Cклад: a\n', /yaml:1:1 warning: the word "Cклад" has both/],
    ['letters lost in YAML', 'table.yaml', 'a: "?????"\n', /yaml:1:1 question marks stand for letters/],
    ...['table.csv.txt', 'table.txt', 'table.tsv', 'table.xls', 'table.xlsx.bak', 'table.ods'].map(
      (name) => [`the name ${name}`, name, '7;x\r\n', /warning: this looks like a dictionary and is not read/] as const,
    ),
  ];
  for (const [fact, name, content, says] of named)
    it(`is named with its place: ${fact}`, async () => {
      const { faults } = await load(name, content);
      expect(faults[0]).to.match(says);
    });

  it('says nothing of words that are half English, and of files beside that nobody takes for tables', async () => {
    const { faults } = await load('table.csv', 'IT-отдел;HR-служба\r\n1С:ЗУП;SMMщик\r\nSuper;Müller Straße\r\n');
    expect(faults).to.deep.equal([]);
    expect((await load('README.txt', 'x')).faults).to.deep.equal([]);
  });
});

describe('a value that its dictionary lacks', () => {
  const looking = (value: string) => `a: { from: '="${value}"', lookup: divisions }`;
  const having = (key: string) => ({
    dictionaries: { entries: new Map([['divisions', new Map([[key, 'x']])]]), faulty: new Map(), faults: [] },
  });

  it('is told to be there in other case, or with letters of another alphabet, and quoted by nobody', async () => {
    expect(await failureOf(looking('отдел ПРОДАЖ'), having('Отдел продаж'))).to.include(
      'the same key in other case: write it there as Huntflow does',
    );
    expect(await failureOf(looking('Отдел продаж'), having('Oтдел продаж')))
      .to.include('has letters of another alphabet')
      .and.not.include('Oтдел');
    expect(await failureOf(looking('Отдел'), having('Склад'))).to.include('add it there');
  });

  it('is found whatever blanks Huntflow sends', async () => {
    expect(await recordOf(looking(' Отдел\u00a0 продаж\u200b'), having('Отдел продаж'))).to.deep.equal({ a: 'x' });
  });
});
