import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import iconv from 'iconv-lite';
import { Csv } from '../../adapters/csv.ts';
import { adapterErrorKind } from '../../src/adapter.ts';
import { validate } from '../../src/files/validation.ts';
import { expectFitForPeople, failureOf } from '../conformance/adapter.ts';
import { deliveryOf, toolsIn } from '../support/delivery-context.ts';
import type { CsvRecord } from '../../adapters/csv/settings.ts';
import type { DeliveryContext, Receipt } from '../../src/adapter.ts';
import type { TestTools } from '../support/delivery-context.ts';

const anna: CsvRecord = { Фамилия: 'Иванова', Имя: 'Анна' };
const day = '2026-11-21.csv';

describe('Csv', () => {
  let tools: TestTools;
  let drop: string;
  const open: Csv[] = [];

  beforeEach(() => {
    tools = toolsIn();
    drop = path.join(tools.root, 'drop');
  });

  afterEach(async () => {
    for (const csv of open.splice(0)) await csv.close();
    tools.dispose();
  });

  function csvWith(settings: Readonly<Record<string, unknown>> = {}, own: TestTools = tools): Csv {
    const csv = new Csv(Csv.settings.cast({ folder: 'drop', create: true, encoding: 'utf-8', ...settings }), own);
    open.push(csv);
    return csv;
  }

  const read = (name = day): string => readFileSync(path.join(drop, name), 'utf8');
  const put = async (
    csv: Csv,
    id: number,
    record: CsvRecord,
    overrides: Partial<DeliveryContext> = {},
  ): Promise<Receipt> => csv.deliver(record, deliveryOf(id, overrides));

  it('begins a file with byte order mark and header and adds lines', async () => {
    const csv = csvWith({ encoding: 'utf-8-bom' });
    await put(csv, 1, anna);
    await put(csv, 2, { Фамилия: 'Петров; "А"', Имя: 'Пётр\nПавел' });
    expect(read()).to.equal('\ufeffФамилия;Имя\r\nИванова;Анна\r\n"Петров; ""А""";"Пётр\nПавел"\r\n');
  });

  it('writes windows-1251, header included', async () => {
    await put(csvWith({ encoding: 'windows-1251', delimiter: ',' }), 1, {
      'Кем выдан': 'Отдел №5',
      Й: 'Андрей'.normalize('NFD'),
    });
    expect(new TextDecoder('windows-1251').decode(readFileSync(path.join(drop, day)))).to.equal(
      'Кем выдан,Й\r\nОтдел №5,Андрей\r\n',
    );
  });

  it('names the file by the day of the record in the configured zone', async () => {
    const csv = csvWith({ name: '{target}-{date}-{id}.csv' });
    await put(csv, 1, anna, { createdAt: Date.UTC(2026, 10, 21, 20, 59) });
    await put(csv, 2, anna, { createdAt: Date.UTC(2026, 10, 21, 21, 0) });
    expect(readdirSync(drop).toSorted()).to.deep.equal([
      'test-target-2026-11-21-1.csv',
      'test-target-2026-11-22-2.csv',
    ]);
  });

  it('names files by what stands in the record, and stays in its folder whatever that is', async () => {
    const csv = csvWith({ name: '{row.Отдел}.csv' });
    const names: readonly (readonly [string, string])[] = [
      ['Бухгалтерия', 'Бухгалтерия.csv'],
      ['../../etc/passwd', '_.._etc_passwd.csv'],
      ['a\\b:c*d?"e|f', 'a_b_c_d_e_f.csv'],
      ['.hidden', 'hidden.csv'],
      ['Й'.normalize('NFD'), 'Й.csv'],
      ['con', '_con.csv'],
      ['  ', '_.csv'],
      ['{number}{id}', '_number_id_.csv'],
      ['Ы'.repeat(500), `${'Ы'.repeat(40)}.csv`],
      ['\u202egnp', '_gnp.csv'],
    ];
    for (const [id, [value, name]] of names.entries()) {
      expect((await put(csv, id + 1, { Отдел: value, n: 1 })).summary, value).to.equal(`added to ${name}`);
      expect(existsSync(path.join(drop, name)), name).to.equal(true);
    }
    expect(readdirSync(drop)).to.have.length(names.length);
    expect((await put(csv, 99, { n: 1 })).summary).to.equal('added to _.csv');
  });

  it('defuses formulas in texts unless told to keep them', async () => {
    await put(csvWith(), 1, { a: '=1+1', b: -5, c: '+7 900 000-00-00', d: '@x' });
    expect(read()).to.equal("a;b;c;d\r\n'=1+1;-5;+7 900 000-00-00;'@x\r\n");
    await put(csvWith({ formulas: 'keep', name: 'kept.csv' }), 2, { a: '=1+1' });
    expect(read('kept.csv')).to.equal('a\r\n=1+1\r\n');
  });

  describe('a character the encoding lacks', () => {
    it('rejects the record and is all that is told of it', async () => {
      const error = await failureOf(
        put(csvWith({ encoding: 'windows-1251' }), 1, { Имя: 'Анна', Комментарий: 'Петрова 🙂 ок' }),
      );
      expect(adapterErrorKind(error)).to.equal('rejected');
      expectFitForPeople(error, ['Петрова', 'Анна']);
      expect(error.text.ru).to.include('«Комментарий»').and.include('«🙂» (U+1F642)');
      expect(error).to.include({ code: 'unmappable', field: 'Комментарий' });
      expect(existsSync(drop)).to.equal(false);
    });

    it('becomes a question mark where the settings say so', async () => {
      await put(csvWith({ encoding: 'windows-1251', unmappable: 'replace' }), 1, { a: 'x🙂y' });
      expect(read()).to.equal('a\r\nx?y\r\n');
    });
  });

  describe('columns', () => {
    it('follow the header that is there, missing cells stay empty', async () => {
      const csv = csvWith();
      await put(csv, 1, anna);
      await put(csv, 2, { Имя: 'Пётр' });
      await put(csv, 3, { Имя: 'Пётр', Фамилия: 'Петров' });
      expect(read()).to.equal('Фамилия;Имя\r\nИванова;Анна\r\n;Пётр\r\nПетров;Пётр\r\n');
    });

    it('that the file lacks go with their row into a second file, and the receipt says so', async () => {
      const csv = csvWith();
      await put(csv, 1, anna);
      const receipt = await put(csv, 2, { ...anna, Отдел: 'ИТ' });
      await put(csv, 3, anna);
      expect(read()).to.equal('Фамилия;Имя\r\nИванова;Анна\r\nИванова;Анна\r\n');
      expect(read('2026-11-21-2.csv')).to.equal('Фамилия;Имя;Отдел\r\nИванова;Анна;ИТ\r\n');
      expect(receipt.summary).to.equal('added to 2026-11-21-2.csv');
      expect(receipt.warnings).to.have.length(1);
    });

    it('are read from the header after a restart, quoted names and all', async () => {
      await put(csvWith(), 1, { 'a;"b"\nc': '1', d: '2' });
      await put(csvWith(), 2, { d: '4', 'a;"b"\nc': '3' });
      expect(read()).to.equal('"a;""b""\nc";d\r\n1;2\r\n3;4\r\n');
    });

    it('may be many and have long names', async () => {
      const wide = Object.fromEntries(
        Array.from({ length: 300 }, (_none, index) => [`Колонка с длинным именем ${index}`, index]),
      );
      await put(csvWith(), 1, wide);
      await put(csvWith(), 2, wide);
      expect(readdirSync(drop)).to.deep.equal([day]);
      expect(read().split('\r\n')).to.have.length(4);
    });

    it('are fixed by the settings, in their order', async () => {
      const csv = csvWith({ columns: ['Имя', 'Отдел', 'Фамилия'] });
      await put(csv, 1, anna);
      expect(read()).to.equal('Имя;Отдел;Фамилия\r\nАнна;;Иванова\r\n');
      const error = await failureOf(put(csv, 2, { Имя: 'Пётр', Оклад: 1 }));
      expect(adapterErrorKind(error)).to.equal('rejected');
      expect(error.text.en).to.include('"Оклад"').and.not.include('Пётр');
    });

    it('of a changed setting begin a second file', async () => {
      await put(csvWith({ columns: ['Имя', 'Фамилия'] }), 1, anna);
      await put(csvWith({ columns: ['Фамилия', 'Имя'] }), 2, anna);
      expect(read('2026-11-21-2.csv')).to.equal('Фамилия;Имя\r\nИванова;Анна\r\n');
    });

    it('stand without a header line when there is none', async () => {
      const csv = csvWith({ header: false, columns: ['Имя', 'Фамилия'] });
      await put(csv, 1, anna);
      await put(csv, 2, { Имя: 'Пётр' });
      expect(read()).to.equal('Анна;Иванова\r\nПётр;\r\n');
    });

    it('hold one value each', async () => {
      const nested: unknown = { Телефоны: ['+7 900 000-00-00'] };
      const { problems } = validate(Csv.record, nested);
      expect(problems.map((problem) => problem.path)).to.deep.equal([['Телефоны']]);
      const error = await failureOf(
        csvWith().deliver({ ...anna, Телефоны: JSON.parse('["+7 900 000-00-00"]') }, deliveryOf(1)),
      );
      expect(adapterErrorKind(error)).to.equal('rejected');
      expectFitForPeople(error, ['000-00', 'Иванова']);
    });
  });

  describe('whoever reads the folder', () => {
    it('may rename the file: the next row begins a new one, and a retry writes nothing', async () => {
      const csv = csvWith();
      await put(csv, 1, anna);
      renameSync(path.join(drop, day), path.join(drop, 'taken'));
      expect((await put(csv, 1, anna, { attempt: 2 })).summary).to.equal('already there');
      expect(existsSync(path.join(drop, day))).to.equal(false);
      await put(csv, 2, anna);
      expect(read()).to.equal('Фамилия;Имя\r\nИванова;Анна\r\n');
      expect(read('taken')).to.equal('Фамилия;Имя\r\nИванова;Анна\r\n');
    });

    it('may delete the file or the whole folder', async () => {
      const csv = csvWith();
      await put(csv, 1, anna);
      unlinkSync(path.join(drop, day));
      await put(csv, 2, anna);
      rmSync(drop, { recursive: true });
      await put(csv, 3, anna);
      expect(read()).to.equal('Фамилия;Имя\r\nИванова;Анна\r\n');
    });

    it('may empty the file: it gets its header again', async () => {
      const csv = csvWith();
      await put(csv, 1, anna);
      truncateSync(path.join(drop, day));
      await put(csv, 2, anna);
      expect(read()).to.equal('Фамилия;Имя\r\nИванова;Анна\r\n');
    });

    it('may edit the file and leave its last line open: the next row begins a line of its own', async () => {
      const csv = csvWith();
      await put(csv, 1, anna);
      writeFileSync(path.join(drop, day), 'Фамилия;Имя\r\nСидорова;Ольга');
      await put(csv, 2, anna);
      expect(read()).to.equal('Фамилия;Имя\r\nСидорова;Ольга\r\nИванова;Анна\r\n');
    });

    it('cannot lead the rows elsewhere by a link', async () => {
      mkdirSync(drop);
      writeFileSync(path.join(tools.root, 'elsewhere'), 'a\r\n');
      symlinkSync(path.join(tools.root, 'elsewhere'), path.join(drop, day));
      const error = await failureOf(put(csvWith(), 1, { a: 'x' }));
      expect(adapterErrorKind(error)).to.equal('unavailable');
      expect(readFileSync(path.join(tools.root, 'elsewhere'), 'utf8')).to.equal('a\r\n');
    });
  });

  describe('the folder', () => {
    it('is made, but not its parent', async () => {
      const error = await failureOf(put(csvWith({ folder: 'not-mounted/drop' }), 1, anna));
      expect(adapterErrorKind(error)).to.equal('unavailable');
      expect(error.text.en).to.include('ENOENT').and.include('mend folder');
      expect(existsSync(path.join(tools.root, 'not-mounted'))).to.equal(false);
    });

    it('may not be a file', async () => {
      writeFileSync(drop, '');
      const error = await failureOf(put(csvWith(), 1, anna));
      expect(adapterErrorKind(error)).to.equal('unavailable');
      expect(error.text.ru).to.include('ENOTDIR');
    });
  });

  describe('several at once', () => {
    it('share their intents: a hundred rows take a few batches and keep their order', async () => {
      const csv = csvWith();
      await Promise.all(Array.from({ length: 100 }, (_none, index) => put(csv, index + 1, { n: index + 1 })));
      expect(read()).to.equal(`n\r\n${Array.from({ length: 100 }, (_none, index) => `${index + 1}\r\n`).join('')}`);
      const journal = readFileSync(path.join(tools.root, 'state', 'journal'), 'utf8');
      expect(journal.match(/"kind":"append"/g)).to.have.length.below(4);
    });

    it('write a row once when the same delivery runs twice', async () => {
      const csv = csvWith();
      const receipts = await Promise.all([put(csv, 1, anna), put(csv, 1, anna)]);
      expect(receipts.map((receipt) => receipt.summary)).to.have.members([`added to ${day}`, 'already there']);
      expect(read()).to.equal('Фамилия;Имя\r\nИванова;Анна\r\n');
    });

    it('fail alone: a faulty row does not touch its neighbours', async () => {
      const csv = csvWith({ encoding: 'windows-1251' });
      const results = await Promise.allSettled([
        put(csv, 1, { a: '1' }),
        put(csv, 2, { a: '🙂' }),
        put(csv, 3, { a: '3' }),
      ]);
      expect(results.map((result) => result.status)).to.deep.equal(['fulfilled', 'rejected', 'fulfilled']);
      expect(read()).to.equal('a\r\n1\r\n3\r\n');
    });
  });

  describe('a file that another program saved anew', () => {
    const header = 'Фамилия;Имя';
    const cases: readonly (readonly [string, string, (text: string) => Buffer | string])[] = [
      ['without the byte order mark', 'utf-8-bom', (text) => text.replace('\ufeff', '')],
      ['with one', 'utf-8', (text) => `\ufeff${text}`],
      ['in another charset', 'utf-8', (text) => iconv.encode(text, 'windows-1251')],
      ['as UTF-8', 'windows-1251', (text) => Buffer.from(text)],
      ['as UTF-8 with a mark', 'windows-1251', (text) => Buffer.from(`\ufeff${text}`)],
      ['as Unicode text', 'utf-8-bom', (text) => iconv.encode(text, 'utf-16le', { addBOM: true })],
      ['for another DOS', 'windows-1251', (text) => iconv.encode(text, 'cp866')],
      ['with another delimiter', 'utf-8', (text) => text.replaceAll(';', ',')],
      ['with CR line ends', 'utf-8', (text) => text.replaceAll('\r\n', '\r')],
      ['with LF line ends', 'utf-8', (text) => text.replaceAll('\r\n', '\n')],
      ['with quotes around everything', 'utf-8', (text) => text.replaceAll(/[^;\r\n]+/g, '"$&"')],
    ];
    for (const [how, encoding, change] of cases) {
      it(`${how} gets no more rows: they go to the next file, with a warning (${encoding})`, async () => {
        const csv = csvWith({ encoding });
        await put(csv, 1, anna);
        const charset = encoding === 'windows-1251' ? encoding : 'utf-8';
        const text = iconv.decode(readFileSync(path.join(drop, day)), charset, { stripBOM: false });
        const saved = change(text);
        writeFileSync(path.join(drop, day), saved);
        for (const [id, own] of [
          [2, csv],
          [3, csvWith({ encoding })],
        ] as const) {
          const { warnings = [], summary } = await put(own, id, anna);
          expect([summary, warnings.length]).to.deep.equal(['added to 2026-11-21-2.csv', 1]);
        }
        expect(readFileSync(path.join(drop, day))).to.deep.equal(Buffer.from(saved));
        const second = iconv.decode(readFileSync(path.join(drop, '2026-11-21-2.csv')), charset);
        expect(second).to.equal(`${header}\r\n${'Иванова;Анна\r\n'.repeat(2)}`);
      });
    }

    it('is known by its rows where the header is plain ASCII', async () => {
      const csv = csvWith({ encoding: 'windows-1251' });
      await put(csv, 1, { n: 'Анна' });
      writeFileSync(path.join(drop, day), 'n\r\nАнна\r\n');
      expect((await put(csv, 2, { n: 'Пётр' })).summary).to.equal('added to 2026-11-21-2.csv');
    });
  });

  describe('formats of columns', () => {
    const formats = { День: 'dd.mm.yyyy', Оклад: '0,00', Ставка: '0,#', Лет: '0.' };
    const cells = async (record: CsvRecord): Promise<string> => {
      await put(csvWith({ formats, name: 'formed.csv' }), 1, record);
      return read('formed.csv').split('\r\n')[1] ?? '';
    };

    it('write dates, decimal commas and money with its places', async () => {
      expect(await cells({ День: '1990-05-01', Оклад: '120000', Ставка: '0.75', Лет: '3.5' })).to.equal(
        '01.05.1990;120000,00;0,75;4',
      );
    });

    it('round digit by digit, keep what is empty, and take times of day', async () => {
      expect(await cells({ День: '2026-12-01T09:30:00', Оклад: '0.005', Ставка: null, Лет: -0.4 })).to.equal(
        '01.12.2026;0,01;;0',
      );
    });

    it('keep every digit of a long number', async () => {
      expect(await cells({ Оклад: '-12345678901234567890.995' })).to.equal('-12345678901234567891,00');
    });

    it('refuse what is no date or no number, naming the column alone', async () => {
      for (const [column, value] of [
        ['День', '01.05.1990'],
        ['Оклад', 'много'],
        ['Оклад', '1e9'],
        ['День', 5],
      ] as const) {
        const error = await failureOf(put(csvWith({ formats }), 1, { [column]: value }));
        expect(adapterErrorKind(error)).to.equal('rejected');
        expectFitForPeople(
          error,
          [String(value)].filter((text) => text.length > 1),
        );
        expect(error.text.en).to.include(`"${column}"`);
      }
    });
  });

  it('leaves nothing of a record in its state folder, which only the owner reads', async () => {
    await put(csvWith(), 1, anna);
    const state = path.join(tools.root, 'state');
    expect(readdirSync(state).filter((name) => name !== 'mount.json')).to.deep.equal(['journal']);
    expect(statSync(path.join(state, 'journal')).mode & 0o777).to.equal(0o600);
    expect(readFileSync(path.join(state, 'journal'), 'utf8')).not.to.match(/Иванова|Анна|Фамилия/);
  });

  describe('check', () => {
    const context = (record: unknown): Parameters<Csv['check']>[0] => ({
      mappings: [{ name: 'hire', record }],
      signal: new AbortController().signal,
    });

    it('names columns that the settings do not list', async () => {
      mkdirSync(drop);
      const findings = await csvWith({ columns: ['Имя'] }).check(
        context({ Имя: '=applicant.first_name', Отдел: '=x' }),
      );
      expect(findings).to.have.length(1);
      expect(findings[0]).to.deep.include({ level: 'error', mapping: 'hire', path: ['Отдел'] });
    });

    it('says that a file stands where the folder should be', async () => {
      writeFileSync(drop, '');
      const [finding] = await csvWith().check(context({}));
      expect(finding?.level).to.equal('error');
      expect(JSON.stringify(finding?.text)).to.include('a folder with plain files is needed');
    });

    it('makes no folder', async () => {
      expect(await csvWith().check(context({}))).to.deep.equal([]);
      expect(existsSync(drop)).to.equal(false);
    });
  });

  describe('settings', () => {
    const faults = (settings: Readonly<Record<string, unknown>>): string[] =>
      validate(Csv.settings, { folder: 'drop', ...settings }).problems.map((problem) => problem.text.en);

    it('default to what Excel opens by a double click', () => {
      expect(validate(Csv.settings, { folder: 'drop' }).value).to.deep.equal({
        folder: 'drop',
        create: false,
        delimiter: ';',
        encoding: 'utf-8-bom',
        unmappable: 'reject',
        replacement: '?',
        header: true,
        formats: {},
        formulas: 'defuse',
        mode: 'append',
        batch: { rows: 1000, size: 10_000_000, age: '1h' },
      });
    });

    it('keep the name within the folder', () => {
      for (const name of ['../x.csv', '/etc/x', 'a/b.csv', 'a\\b.csv', '.hidden', 'x\0.csv', 'x.', 'con:', ''])
        expect(faults({ name }), name).not.to.deep.equal([]);
      expect(faults({ name: 'hires-{date}.csv' })).to.deep.equal([]);
    });

    it('know their placeholders, delimiters, encodings and modes', () => {
      expect(faults({ name: '{day}.csv' })[0]).to.include('{date}');
      for (const wrong of [
        { delimiter: ':' },
        { delimiter: ';;' },
        { encoding: 'ebcdic' },
        { mode: 'both' },
        { formulas: 'run' },
        { columns: [] },
        { columns: ['a', 'a'] },
        { formats: { День: 'день' } },
        { formats: { День: 'dd' } },
        { formats: { Оклад: '0' } },
        { formats: 'dd.mm.yyyy' },
      ]) {
        expect(faults(wrong), JSON.stringify(wrong)).to.have.length(1);
      }
    });

    it('want columns where there is no header and a name of its own for each file', () => {
      expect(faults({ header: false })).to.have.length(1);
      expect(faults({ mode: 'file', name: '{date}.csv' })).to.have.length(1);
      for (const name of ['{date}-{key}.csv', '{number}.csv', '{row.Фамилия}.csv'])
        expect(faults({ mode: 'file', name, ready: '.ok', checksum: 'md5' }), name).to.deep.equal([]);
      for (const whole of [{ name: '{number}.csv' }, { ready: '.ready' }, { checksum: 'sha256' }])
        expect(faults(whole), JSON.stringify(whole)).to.have.length(1);
      for (const ready of ['ready', '.a/b', '.']) expect(faults({ mode: 'file', ready }), ready).to.have.length(1);
      expect(faults({ mode: 'file' })).to.deep.equal([]);
    });
  });
});
