import { expect } from 'chai';
import fc from 'fast-check';
import { cellText, csvLine, defuse, firstLine } from '../../../adapters/csv/cells.ts';
import { Charset } from '../../../adapters/csv/charset.ts';
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

describe('csv charset', () => {
  const russian = 'Ёё Йй АЯая №«»—–…€';

  it('writes windows-1251 as other programs read it', () => {
    const bytes = new Charset('windows-1251').encode(russian);
    expect(new TextDecoder('windows-1251').decode(bytes)).to.equal(russian);
    expect(bytes).to.have.length(russian.length);
  });

  it('composes й and ё that come as two characters', () => {
    const charset = new Charset('windows-1251');
    const decomposed = 'Андрей Алёна'.normalize('NFD');
    expect(decomposed).to.have.length(14);
    expect(charset.firstUnmappable(decomposed)).to.equal(undefined);
    expect(charset.decode(charset.encode(decomposed))).to.equal('Андрей Алёна');
  });

  it('finds the first character that windows-1251 lacks', () => {
    const charset = new Charset('windows-1251');
    expect(charset.firstUnmappable('Анна 🙂 ә')).to.equal('🙂');
    expect(charset.firstUnmappable('Әлия')).to.equal('Ә');
    expect(charset.firstUnmappable('a\u0098')).to.equal('\u0098');
    expect(charset.encode('🙂!').toString('latin1')).to.equal('?!');
  });

  it('takes any whole character in UTF-8 and no half', () => {
    const charset = new Charset('utf-8');
    expect(charset.firstUnmappable('Әлия 🙂')).to.equal(undefined);
    expect(charset.firstUnmappable('a\ud83d')).to.equal('\ud83d');
  });
});
