import { expect } from 'chai';
import { depthLimit, readBody } from '../../src/huntflow/body.ts';

function read(text: string | Uint8Array): ReturnType<typeof readBody> {
  return readBody(typeof text === 'string' ? Buffer.from(text) : text);
}

function nested(depth: number): string {
  return `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
}

describe('readBody', () => {
  it('reads a JSON object', () => {
    expect(read('{"a": ["\\u0412", null]}')).to.deep.equal({ ok: true, body: { a: ['В', null] } });
  });

  it('tolerates a leading byte order mark', () => {
    expect(read('\uFEFF{"a": 1}')).to.deep.equal({ ok: true, body: { a: 1 } });
  });

  const long: readonly (readonly [written: string, read: string | number])[] = [
    ['9007199254740991', 9_007_199_254_740_991],
    ['9007199254740992', '9007199254740992'],
    ['9007199254740993', '9007199254740993'],
    ['-9007199254740993', '-9007199254740993'],
    ['12345678901234567890', '12345678901234567890'],
    ['0.12345678901234567890', '0.12345678901234567890'],
    ['0.12345678901234568', 0.123_456_789_012_345_68],
    ['1e300', 1e300],
    ['"9007199254740993"', '9007199254740993'],
  ];
  for (const [written, value] of long) {
    it(`reads ${written} without losing a digit that a whole number has`, () => {
      for (const text of [`{"id":${written}}`, `{"id": ${written} }`, `{"a":"\\\\","list":[0,\n${written}]}`]) {
        const reading = read(text);
        if (!reading.ok) throw new Error(text);
        expect(reading.body['id'] ?? reading.body['list'], text).to.deep.equal(
          text.includes('list') ? [0, value] : value,
        );
      }
    });
  }

  it('keeps a key named __proto__ as a key beside a long number', () => {
    const reading = read('{"__proto__": {"id": 9007199254740993}}');
    expect(JSON.stringify(reading)).to.equal('{"ok":true,"body":{"__proto__":{"id":"9007199254740993"}}}');
  });

  it('finds broken JSON broken beside a long number', () => {
    for (const text of [
      '{9007199254740993: 1}',
      '{"a": 00000000000000001}',
      '{"a": 9007199254740993',
      '{"a": 90071992547409939.}',
    ])
      expect(read(text).ok, text).to.equal(false);
  });

  const faults: readonly (readonly [what: string, body: string | Uint8Array, says: RegExp])[] = [
    ['nothing', '', /empty/],
    ['blanks only', ' \n', /empty/],
    ['a byte order mark only', '\uFEFF', /empty/],
    ['windows-1251', Buffer.from([0x7b, 0x22, 0xcf, 0x22, 0x7d]), /not UTF-8/],
    ['broken JSON', '{"secret": "Иванова"', /not valid JSON/],
    ['two documents', '{} {}', /not valid JSON/],
    ['a list', '[{"secret": 1}]', /is a list/],
    ['a text', '"secret"', /is a text/],
    ['a number', '7', /is a number/],
    ['a boolean', 'true', /is a boolean/],
    ['null', 'null', /is null/],
    ['a form', 'secret=1&b=2', /not valid JSON/],
  ];
  for (const [what, body, says] of faults) {
    it(`says what is wrong with ${what}, in two languages and without quoting it`, () => {
      const reading = read(body);
      if (reading.ok) throw new Error('read it');
      expect(reading.text.en).to.match(says);
      expect(reading.text.ru)
        .to.match(/[а-я]/)
        .and.not.match(/secret|Иванова/);
      expect(reading.text.en).to.not.match(/secret|Иванова/);
    });
  }

  it('takes nesting up to the limit and not beyond', () => {
    expect(read(nested(depthLimit)).ok).to.equal(true);
    expect(read(nested(depthLimit + 1)))
      .to.have.nested.property('text.en')
      .that.matches(/nested more than 500/);
  });

  it('survives nesting that would overflow the stack', () => {
    expect(read(`{"a":${'['.repeat(2_000_000)}${']'.repeat(2_000_000)}}`).ok).to.equal(false);
  });

  it('does not count brackets inside texts', () => {
    const body = { a: `"${'['.repeat(5000)}`, b: '\\', c: `{"${'{'.repeat(5000)}"` };
    expect(read(JSON.stringify(body))).to.deep.equal({ ok: true, body });
  });
});
