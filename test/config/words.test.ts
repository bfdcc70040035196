import { expect } from 'chai';
import fc from 'fast-check';
import { parseByteSize } from '../../src/config/byte-size.ts';
import { nearest } from '../../src/files/did-you-mean.ts';
import { formatDuration, parseDuration } from '../../src/config/duration.ts';
import { createLog } from '../../src/report/log.ts';
import { mask, maskText } from '../../src/report/mask.ts';
import { parsePath } from '../../src/files/validation.ts';

describe('durations and sizes', () => {
  it('are a number and a unit', () => {
    expect(['500ms', '10s', '1.5h', ' 7d ', '5 m', '0s'].map(parseDuration)).to.deep.equal([
      500, 10_000, 5_400_000, 604_800_000, 300_000, 0,
    ]);
    expect(['10', 's', '-5s', '1e3s', '5 weeks', '', '10S', '1d2h'].map(parseDuration)).to.deep.equal(
      Array.from({ length: 8 }, () => undefined),
    );
    expect(['10mb', '512KB', '1.5gb', '100', '0'].map(parseByteSize)).to.deep.equal([
      10_485_760, 524_288, 1_610_612_736, 100, 0,
    ]);
    expect(['mb', '-1', '5tb', '1 000'].map(parseByteSize)).to.deep.equal(Array.from({ length: 4 }, () => undefined));
  });

  it('are shown as people read them', () => {
    expect([0, 999, 1000, 61_000, 86_400_000 + 7_200_000 + 60_000].map(formatDuration)).to.deep.equal([
      '0 ms',
      '999 ms',
      '1 s',
      '1 m 1 s',
      '1 d 2 h',
    ]);
  });
});

describe('did you mean', () => {
  it('names the nearest word, a swap of neighbours counted once', () => {
    expect(nearest('tragets', ['targets', 'sources'])).to.equal('targets');
    expect(nearest('Secret', ['secrets', 'scope'])).to.equal('secrets');
    expect(nearest('стадия', ['этап', 'стади'])).to.equal('стади');
  });

  it('names none when all are far, or there are none', () => {
    expect(nearest('xyz', ['targets', 'sources', 'ab'])).to.equal(undefined);
    expect(nearest('', ['abc'])).to.equal(undefined);
    expect(nearest('a', [])).to.equal(undefined);
  });
});

describe('paths of yup', () => {
  it('are taken apart, quoted names included', () => {
    expect(parsePath('a.b[0]["c.d"].е')).to.deep.equal(['a', 'b', 0, 'c.d', 'е']);
    expect(parsePath('')).to.deep.equal([]);
  });
});

describe('masking', () => {
  it('keeps names of fields and the form of values, and nothing else', () => {
    expect(
      mask({
        last_name: 'Иванова-Ким',
        phone: '+7 900 000-00-00',
        birthday: '1990-05-01',
        list: ['a@b.ru', null, true],
        id: 17,
      }),
    ).to.deep.equal({
      last_name: 'И••••••-К••',
      phone: '+• ••• •••-••-••',
      birthday: '••••-••-••',
      list: ['•@•.r•', null, true],
      id: 17,
    });
  });

  it('hides numbers of any size, for they are phones, tax ids and salaries', () => {
    expect(mask([79_000_000_000, 7_707_083_893, 123_456])).to.deep.equal(['•••••••••••', '••••••••••', '••••••']);
  });

  it('lets no word of two letters or more through', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[А-Яа-яA-Za-z0-9]{2,20}$/), (word) => {
        expect(maskText(`x ${word} y`)).not.to.include(word);
      }),
    );
  });
});

describe('the log', () => {
  it('replaces whatever is logged under the name of a secret or of personal data', () => {
    const lines: string[] = [];
    const log = createLog('info', { write: (line) => void lines.push(line) });
    log.info(
      {
        secret: 'hunter2',
        target: { password: 'hunter2', token: 'hunter2' },
        headers: { authorization: 'hunter2' },
        body: 'hunter2',
        applicant: { last_name: 'hunter2' },
      },
      'words',
    );
    expect(lines.join('')).not.to.include('hunter2');
    expect(JSON.parse(lines[0] ?? '')).to.include({ level: 'info', msg: 'words', secret: '[redacted]' });
  });
});
