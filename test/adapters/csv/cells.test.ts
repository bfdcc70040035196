import { expect } from 'chai';
import fc from 'fast-check';
import { cellText, csvLine, defuse, firstLine } from '../../../adapters/csv/cells.ts';
import iconv from 'iconv-lite';
import { Charset, type Encoding, encodings } from '../../../adapters/csv/charset.ts';
import { CsvFormat } from '../../../adapters/csv/format.ts';
import { csvSettings } from '../../../adapters/csv/settings.ts';
import { RejectedError } from '../../../src/adapter.ts';
import { parseCsv } from '../../support/csv-text.ts';

describe('csv cells', () => {
  const cell = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom('"', ';', ',', '\t', '|', '\r', '\n', ' ', '=', 'я', '🙂', 'ID') }),
  );

  for (const delimiter of [';', ',', '\t', '|']) {
    it(`come back from any reader of RFC 4180 as they went in, delimited by ${JSON.stringify(delimiter)}`, () => {
      fc.assert(
        fc.property(
          fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 }),
          (rows) => {
            const text = rows.map((row) => csvLine(row, delimiter)).join('');
            expect(parseCsv(text, delimiter)).to.deep.equal(rows);
            expect(firstLine(text, delimiter)).to.deep.equal(rows[0]);
          },
        ),
        { numRuns: 500 },
      );
    });
  }

  it('are quoted only where a reader needs it', () => {
    expect(csvLine(['Иванова', 'a;b', 'a"b', 'a\nb', ' a', 'a,b', ''], ';')).to.equal(
      'Иванова;"a;b";"a""b";"a\nb";" a";a,b;\r\n',
    );
  });

  it('never make a line of nothing, nor a file that Excel takes for SYLK', () => {
    expect(csvLine([''], ';')).to.equal('""\r\n');
    expect(csvLine(['ID', 'x'], ';')).to.equal('"ID";x\r\n');
  });

  it('are written plainly for numbers, truth values and nothing', () => {
    expect([7, -1.5, true, false, null, 'x'].map((value) => cellText('c', value))).to.deep.equal([
      '7',
      '-1.5',
      'true',
      'false',
      '',
      'x',
    ]);
  });

  it('cannot be lists, sets of fields or hold NUL', () => {
    for (const value of [[], ['a'], {}, { a: 'Иванова' }, 'a\0Иванова']) {
      expect(() => cellText('Телефоны', value))
        .to.throw(RejectedError, 'Телефоны')
        .with.property('message')
        .that.does.not.include('Иванова');
    }
  });

  it('keep no formula alive', () => {
    for (const text of [
      '=1+1',
      "=cmd|'/c calc'!A1",
      '+SUM(A1)',
      '-2+cmd',
      '@SUM(1)',
      '\t=1',
      '\r=1',
      '\n=1',
      '＝1+1',
      '--1a',
      '- нет',
      '+7 900 доб. 5',
      '+',
      '+1-1',
      '+1 - 1',
      '+7-1',
      '+7 (900) 1-1',
      '+1(2)3456789012',
      '+7 900 000-00-00-',
      '+7 900 000--00 00',
      '+1234567890123456-1',
      '\u0301=1',
      '\u0300\u00a0+1+1',
      '\u{1d159}=1',
      '\ue000=1',
      '\ufffc@SUM(1)',
    ]) {
      expect(defuse(text), text).to.equal(`'${text}`);
    }
  });

  it('leave numbers, phones, dashes and inner signs alone', () => {
    for (const text of [
      '-5',
      '+5',
      '-3,14',
      '-3.14',
      '+79000000000',
      '+7 (900) 000-00-00',
      '+7 900 000-00-00',
      '+7-900-000-00-00',
      '+7(900)0000000',
      '+375 29 000 00 00',
      '+7.900.000.00.00',
      '\u0301a=1',
      '-',
      '--',
      'a=b',
      'а-б',
      "'=1",
      '',
      '1+1',
    ])
      expect(defuse(text), text).to.equal(text);
  });
});

describe('csv cells that only later become what they should not be', () => {
  const row = (value: string, settings: Readonly<Record<string, unknown>> = {}): string => {
    const format = new CsvFormat(csvSettings.cast({ folder: 'x', columns: ['a', 'b'], ...settings }));
    return csvLine([...format.cellsOf({ a: value, b: 'end' }).values()], format.delimiter);
  };

  it('are judged as composed: the Greek question mark is a semicolon', () => {
    for (const encoding of encodings)
      expect(row('Иванова\u037e=1+1', { encoding }), encoding).to.equal('"Иванова;=1+1";end\r\n');
  });

  it('are defused behind blanks and signs that nobody sees', () => {
    const unseen = [
      '\u00a0',
      '\u3000',
      '\u2007',
      '\u200b',
      '\u200e',
      '\ufeff',
      '\u2060',
      '\u00ad',
      '\u0085',
      '\u2028',
      '\u3164',
    ];
    for (const blank of [...unseen, '\u2800', '\u180e', '\u034f', '\u{e0001}', ' \u00a0\u200b', '\v', '\f', '\u001c'])
      for (const sign of ['=', '+', '-', '@'])
        expect(row(`${blank}${sign}1+cmd`), JSON.stringify(blank + sign)).to.match(/^"?'/);
  });

  it('are defused for every form of the signs', () => {
    for (const sign of [
      '＝',
      '＋',
      '－',
      '＠',
      '﹦',
      '﹢',
      '﹣',
      '﹫',
      '⁼',
      '⁺',
      '⁻',
      '₌',
      '₊',
      '₋',
      '﬩',
      '⩵',
      '\u2212',
    ])
      expect(row(`${sign}1+cmd`), sign).to.match(/^"?'/);
    expect([row('\u22125'), row('=\u0338 1')]).to.deep.equal(['\u22125;end\r\n', '≠ 1;end\r\n']);
  });

  it('are quoted where a reader that folds forms finds a delimiter, a quote or the end of a line', () => {
    for (const sign of ['；', '﹔', '\ufe14', '＂', '\u2028', '\u2029', '\u0085', '\v', '\f', '\u001e'])
      expect(row(`a${sign}b`), sign).to.equal(`"a${sign}b";end\r\n`);
    for (const sign of ['，', '﹐', '\ufe10']) expect(row(`a${sign}b`, { delimiter: ',' }), sign).to.match(/^"a.b",/);
    expect(row('a｜b', { delimiter: '|' })).to.match(/^"a.b"\|/);
    expect(row('\ufeffa')).to.match(/^"/);
  });

  it('are judged after a replacement', () => {
    const replaced = (text: string, replacement: string) =>
      row(text, { encoding: 'windows-1251', unmappable: 'replace', replacement });
    expect(replaced('🙂1+1', '=')).to.equal("'=1+1;end\r\n");
    expect(replaced('🙂1', ';')).to.equal('";1";end\r\n');
    expect(replaced('Әлия', '')).to.equal('лия;end\r\n');
  });

  it('end no file for programs of the DOS age', () => {
    expect(() => row('a\u001a', { encoding: 'cp866' })).to.throw(RejectedError, 'U+001A');
  });

  it('keep their columns apart', () => {
    const format = new CsvFormat(csvSettings.cast({ folder: 'x' }));
    expect(() => format.cellsOf({ Й: '1', ['Й'.normalize('NFD')]: '2' })).to.throw(RejectedError, '"Й"');
  });

  it('hold whatever comes, in every encoding, as one cell that is no formula', () => {
    const nasty = fc.string({
      unit: fc.constantFrom(
        '\u037e',
        '=',
        '+',
        '\u00a0',
        '\u200b',
        '"',
        ';',
        '\r',
        '\n',
        'й',
        'и\u0306',
        '\u0338',
        '🙂',
        '\ufeff',
        '1',
        'ID',
      ),
    });
    for (const encoding of encodings) {
      const settings = { encoding, unmappable: 'replace', columns: ['a', 'b'], folder: 'x' };
      const format = new CsvFormat(csvSettings.cast(settings));
      fc.assert(
        fc.property(nasty, (value) => {
          const line = csvLine([...format.cellsOf({ a: value, b: 'end' }).values()], ';');
          const read = parseCsv(
            iconv.decode(format.charset.encode(line), encoding.replace('-bom', ''), { stripBOM: false }),
          );
          expect(read).to.have.length(1);
          expect(read[0]).to.have.length(2);
          const [[cell = ''] = []] = read;
          expect(/^[\s\u200b\ufeff]*[=+]/.test(cell) && !/^\+1[1\s]*$/.test(cell), JSON.stringify(cell)).to.equal(
            false,
          );
        }),
        { numRuns: 200 },
      );
    }
  });
});

describe('csv charset', () => {
  const russian = 'Ёё Йй АЯая №«»—–…€';
  const fitting = (encoding: Encoding, text: string) => {
    const lacking: string[] = [];
    const fitted = new Charset(encoding).fit(text, (character) => {
      lacking.push(character);
      return '?';
    });
    return { fitted, lacking };
  };

  it('writes windows-1251 as other programs read it', () => {
    const bytes = new Charset('windows-1251').encode(russian);
    expect(new TextDecoder('windows-1251').decode(bytes)).to.equal(russian);
    expect(bytes).to.have.length(russian.length);
  });

  it('writes every encoding as other programs read it', () => {
    const text = 'Ёлка, Йод; "я"';
    for (const [encoding, label] of [
      ['cp866', 'ibm866'],
      ['koi8-r', 'koi8-r'],
      ['iso-8859-5', 'iso-8859-5'],
      ['windows-1251', 'windows-1251'],
      ['utf-8', 'utf-8'],
    ] as const)
      expect(new TextDecoder(label).decode(new Charset(encoding).encode(text)), encoding).to.equal(text);
  });

  it('composes й and ё that come as two characters', () => {
    const decomposed = 'Андрей Алёна'.normalize('NFD');
    expect(decomposed).to.have.length(14);
    for (const encoding of encodings)
      expect(fitting(encoding, decomposed)).to.deep.equal({ fitted: 'Андрей Алёна', lacking: [] });
  });

  it('finds the characters that an encoding lacks', () => {
    expect(fitting('windows-1251', 'Анна 🙂 ә')).to.deep.equal({ fitted: 'Анна ? ?', lacking: ['🙂', 'ә'] });
    expect(fitting('windows-1251', 'a\u0098').lacking).to.deep.equal(['\u0098']);
    expect(fitting('cp866', 'ООО «Ромашка»').lacking).to.deep.equal(['«', '»']);
    expect(fitting('koi8-r', '№ 5 — €').lacking).to.deep.equal(['№', '—', '€']);
    expect(fitting('windows-1251', '\ufffd').lacking).to.deep.equal(['\ufffd']);
  });

  it('takes any whole character in UTF-8 and no half', () => {
    expect(fitting('utf-8', 'Әлия 🙂').lacking).to.deep.equal([]);
    expect(fitting('utf-8', 'a\ud83d').lacking).to.deep.equal(['\ud83d']);
  });
});
