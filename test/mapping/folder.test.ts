import { expect } from 'chai';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import iconv from 'iconv-lite';
import { formatFault } from '../../src/files/fault.ts';
import { type LoadedMappings, loadMappings } from '../../src/mapping/file/folder.ts';
import { workbookOf } from '../support/workbook.ts';
import { context } from './sample.ts';

const mapping = (name: string, rest = 'record: { a: 1 }') =>
  `mapping: ${name}\non: { event: APPLICANT }\nto: anything\n${rest}\n`;

describe('the folder of mappings', () => {
  let folder = '';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mappings-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  async function load(
    files: Readonly<Record<string, string | Uint8Array>>,
  ): Promise<LoadedMappings & { readonly lines: readonly string[]; readonly names: readonly string[] }> {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    }
    const loaded = await loadMappings(folder, 'mappings', context);
    return {
      ...loaded,
      lines: loaded.faults.map((fault) => formatFault(fault, 'en')),
      names: loaded.mappings.map(({ name }) => name),
    };
  }

  it('gives the files directly in it, by name, and none from below', async () => {
    const { names, lines } = await load({
      'b.yaml': mapping('first'),
      'a.yml': mapping('second'),
      'examples/c.yaml': mapping('third'),
      'notes.txt': 'x',
      '.hidden.yaml': 'x',
    });
    expect([names, lines]).to.deep.equal([['second', 'first'], []]);
  });

  it('leaves out what other programs leave beside the files', async () => {
    const lock = Buffer.from([7, 0x49, 0x76, 0x61, 0x6e]);
    const { names, lines } = await load({
      'a.yaml': mapping('a', 'record: { a: { from: "=applicant.id", lookup: divisions } }'),
      'dictionaries/divisions.CSV': '17;x\n',
      ...Object.fromEntries(
        [
          '~$divisions.xlsx',
          '.~lock.divisions.xlsx#',
          '._divisions.xlsx',
          '~$divisions.csv',
          '.divisions.csv.swp',
          'divisions.csv~',
          '.DS_Store',
          'Thumbs.db',
          'desktop.ini',
        ].map((name) => [`dictionaries/${name}`, lock]),
      ),
      ...Object.fromEntries(
        ['~$a.yaml', 'a.yaml~', '.a.yaml.swp', 'a.yaml.swp', '#a.yaml#', '.#a.yaml', 'a.yaml.tmp', 'desktop.ini'].map(
          (name) => [name, lock],
        ),
      ),
    });
    expect([names, lines]).to.deep.equal([['a'], []]);
  });

  it('refuses a faulty file alone', async () => {
    const { names, refused, lines } = await load({
      'a.yaml': mapping('a', 'record: { a: =( }'),
      'b.yaml': mapping('b'),
      'c.yaml': 'a: [',
      'd.yaml': Buffer.from(mapping('d', 'record: { a: я }'), 'latin1'),
    });
    expect(names).to.deep.equal(['b', 'd']);
    expect(refused.map(({ file, name }) => [file, name])).to.deep.equal([
      ['mappings/a.yaml', 'a'],
      ['mappings/c.yaml', undefined],
    ]);
    expect(lines[0]).to.match(/^mappings\/a\.yaml:4:16 formula: /);
  });

  it('asks for UTF-8', async () => {
    const { lines } = await load({ 'a.yaml': iconv.encode(mapping('a', 'record: { a: Фамилия }'), 'windows-1251') });
    expect(lines).to.deep.equal(['mappings/a.yaml:1:1 the file is not UTF-8: save it as UTF-8']);
  });

  it('leaves a name to the first file that bears it', async () => {
    const { mappings, lines, refused } = await load({
      'a.yaml': mapping('x', 'record: { a: first }'),
      'b.yaml': mapping('x', 'record: { a: second }'),
      'c.yaml': mapping('y'),
    });
    expect(mappings.map(({ record }) => record['a'])).to.deep.equal(['first', 1]);
    expect(lines).to.deep.equal([
      'mappings/b.yaml:1:10 the name "x" is taken by mappings/a.yaml: give this mapping another one',
    ]);
    expect(refused.map(({ file }) => file)).to.deep.equal(['mappings/b.yaml']);
  });

  it('leaves the name to a faulty first file too', async () => {
    const { names, refused } = await load({ 'a.yaml': mapping('x', 'record: { a: =( }'), 'b.yaml': mapping('x') });
    expect([names, refused.map(({ file }) => file)]).to.deep.equal([[], ['mappings/a.yaml', 'mappings/b.yaml']]);
  });

  it('says when it is not there', async () => {
    const { faults, mappings } = await loadMappings(join(folder, 'none'), 'none', context);
    expect([mappings, faults.map((fault) => formatFault(fault, 'en'))]).to.deep.equal([
      [],
      ['none:1:1 the folder of mappings does not exist or cannot be read: make it, or mend mappings in connector.yaml'],
    ]);
  });

  it('may be empty', async () => {
    expect(await load({})).to.deep.include({ names: [], lines: [], refused: [] });
  });

  describe('dictionaries', () => {
    const looking = mapping('a', 'record: { a: { from: =vacancy.account_division.id, lookup: divisions } }');

    async function entriesOf(name: string, content: string | Uint8Array): Promise<unknown> {
      const { mappings, lines } = await load({ 'a.yaml': looking, [`dictionaries/${name}`]: content });
      expect(lines).to.deep.equal([]);
      return Object.fromEntries(mappings[0]?.program.dictionaries.get('divisions') ?? []);
    }

    const expected = { 7: 'БУХ-01', 8: 'Цех; «Первый»', 9: null };
    const csv = 'Ключ;Значение;Примечание\r\n7;БУХ-01;\r\n8;"Цех; «Первый»";x\r\n9;;\r\n\r\n;;\r\n';

    it('are what Russian Excel saves: windows-1251, UTF-8 with byte order mark, Unicode text', async () => {
      expect(await entriesOf('divisions.csv', iconv.encode(csv, 'windows-1251'))).to.deep.equal(expected);
      expect(await entriesOf('divisions.csv', iconv.encode(csv, 'utf-8', { addBOM: true }))).to.deep.equal(expected);
      expect(await entriesOf('divisions.csv', csv)).to.deep.equal(expected);
      expect(
        await entriesOf(
          'divisions.csv',
          iconv.encode(csv.replaceAll(';', '\t').replace('Цех\t', 'Цех;'), 'utf-16le', { addBOM: true }),
        ),
      ).to.deep.equal(expected);
      expect(
        await entriesOf('divisions.csv', `sep=,\r\n${csv.replaceAll(';', ',').replace('Цех,', 'Цех;')}`),
      ).to.deep.equal(expected);
    });

    it('are what other programs save: CR alone, cp866, koi8-r, UTF-16 without its mark', async () => {
      const plain = csv.replaceAll('«', '').replaceAll('»', '').replaceAll('№', '');
      const read = { 7: 'БУХ-01', 8: 'Цех; Первый', 9: null };
      expect(await entriesOf('divisions.csv', csv.replaceAll('\r\n', '\r'))).to.deep.equal(expected);
      for (const charset of ['cp866', 'koi8-r', 'windows-1251', 'utf-16le', 'utf-16be'])
        expect(await entriesOf('divisions.csv', iconv.encode(plain, charset)), charset).to.deep.equal(read);
      for (const charset of ['cp866', 'koi8-r', 'windows-1251']) {
        const loud = 'КЛЮЧ;ЗНАЧЕНИЕ\r\n7;ОТДЕЛ ПРОДАЖ\r\n';
        expect(await entriesOf('divisions.csv', iconv.encode(loud, charset))).to.deep.equal({ 7: 'ОТДЕЛ ПРОДАЖ' });
      }
    });

    it('are not what Excel and LibreOffice lay beside an open file', async () => {
      const { lines } = await load({
        'a.yaml': looking,
        'dictionaries/divisions.csv': '7;a\n',
        'dictionaries/~$divisions.xlsx': 'x',
        'dictionaries/.~lock.divisions.csv': 'x',
      });
      expect(lines).to.deep.equal([]);
    });

    it('are read large, beside other work', async () => {
      const lines = Array.from({ length: 100_000 }, (_, index) => `${index};Отдел ${index}`).join('\r\n');
      expect(Object.keys((await entriesOf('divisions.csv', lines)) ?? {})).to.have.length(100_000);
    });

    it('may name their columns in a heading, with a title above it', async () => {
      const table = 'Наши отделы;;\nКод 1С;Ключ;Примечание;Значение\nx;7;y;БУХ-01\n';
      expect(await entriesOf('divisions.csv', table)).to.deep.equal({ 7: 'БУХ-01' });
    });

    it('may be Excel workbooks: the first sheet by the name of the file, each by its own', async () => {
      const workbook = workbookOf({
        Отделы: [
          ['Ключ', 'Значение'],
          ['7', 'БУХ-01'],
          ['8', 'Цех'],
        ],
        Города: [['1', 'Москва']],
      });
      expect(await entriesOf('divisions.xlsx', workbook)).to.deep.equal({ 7: 'БУХ-01', 8: 'Цех' });
      const { mappings, lines } = await load({
        'a.yaml': mapping('a', 'record: { a: { from: =vacancy.id, lookup: divisions/Города } }'),
      });
      expect(lines).to.deep.equal([]);
      expect([...(mappings[0]?.program.dictionaries.get('divisions/Города') ?? [])]).to.deep.equal([['1', 'Москва']]);
    });

    it('say what they are when their name says something else', async () => {
      const workbook = workbookOf({ Лист1: [['1', '2']] });
      for (const [name, content, says] of [
        ['a.csv', workbook, /an Excel workbook \(.xlsx\) and no CSV/],
        ['b.csv', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), /a workbook of an old Excel/],
        ['c.xlsx', 'a;b\n', /no Excel workbook/],
        ['d.csv', '', /is empty/],
        ['e.xlsx', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(100)]), /cannot be read: save it anew/],
      ] as const) {
        const { lines } = await load({ [`dictionaries/${name}`]: content });
        expect(lines.find((line) => line.startsWith(`mappings/dictionaries/${name}:1:1 `))).to.match(says);
      }
    });

    it('may be YAML with values of any plain kind', async () => {
      expect(await entriesOf('divisions.yaml', '7: БУХ-01\n"08": 1.5\n0x9: true\nИмя с пробелом:\n')).to.deep.equal({
        7: 'БУХ-01',
        '08': 1.5,
        '0x9': true,
        'Имя с пробелом': null,
      });
    });

    it('take quotes with line breaks and doubled quotes', async () => {
      expect(await entriesOf('divisions.csv', 'a;"one\ntwo"\n"b ""x""";" c "\n')).to.deep.equal({
        a: 'one\ntwo',
        'b "x"': 'c',
      });
    });

    const broken: readonly (readonly [fact: string, name: string, content: string, ...lines: string[]])[] = [
      [
        'a key twice, with both lines',
        'divisions.csv',
        'ключ;значение\n7;a\n8;b\n 7 ;c\n',
        'mappings/dictionaries/divisions.csv:4:1 the key "7" is there already in line 2: keep one of them',
      ],
      [
        'a key twice in YAML',
        'divisions.yaml',
        '7: a\n"7": b\n',
        'mappings/dictionaries/divisions.yaml:2:1 the key "7" is there already in line 1: keep one of them',
      ],
      [
        'a row of one cell',
        'divisions.csv',
        'a;b\nc\n',
        'mappings/dictionaries/divisions.csv:2:1 the row has one column and needs two: what is looked up and ' +
          'what is found (with ; or , or a tab between)',
      ],
      ['no key', 'divisions.csv', 'a;b\n;c\n', 'mappings/dictionaries/divisions.csv:2:1 the first column is empty'],
      [
        'an open quote',
        'divisions.csv',
        'a;b\n"c;d\n',
        'mappings/dictionaries/divisions.csv:2:1 a quote is opened and never closed',
      ],
      [
        'a number that would change',
        'divisions.yaml',
        'a: 007\n',
        'mappings/dictionaries/divisions.yaml:1:1 the number 007 would turn into 7: quote it',
      ],
      [
        'a value that is not plain',
        'divisions.yaml',
        'a: [ 1 ]\n',
        'mappings/dictionaries/divisions.yaml:1:1 the value of the key "a" is not plain: a text or a number is needed',
      ],
      [
        'a list',
        'divisions.yaml',
        '- a\n',
        'mappings/dictionaries/divisions.yaml:1:1 a dictionary is made of lines `key: value`',
      ],
    ];
    for (const [fact, name, content, ...lines] of broken) {
      it(`refuse ${fact}, and with them only the mappings that look there`, async () => {
        const loaded = await load({ 'a.yaml': looking, 'b.yaml': mapping('b'), [`dictionaries/${name}`]: content });
        expect(loaded.lines.filter((line) => line.startsWith('mappings/dictionaries'))).to.deep.equal(lines);
        expect(loaded.lines.at(-1)).to.match(
          /^mappings\/a\.yaml:4:60 the file of the dictionary "divisions" has faults/,
        );
        expect(loaded.names).to.deep.equal(['b']);
      });
    }

    it('of one name in two files are refused', async () => {
      const { lines } = await load({ 'dictionaries/x.csv': 'a;b\n', 'dictionaries/x.yaml': 'a: b\n' });
      expect(lines).to.deep.equal([
        'mappings/dictionaries/x.yaml:1:1 another file of this folder is the dictionary "x" already: keep one of them',
      ]);
    });
  });
});
