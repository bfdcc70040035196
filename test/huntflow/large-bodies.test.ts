import { expect } from 'chai';
import { readBody } from '../../src/huntflow/body.ts';
import type { Json } from '../../src/huntflow/json.ts';
import { withoutNulls } from '../../src/huntflow/nulls.ts';
import { readWebhook, viewOfWebhook } from '../../src/huntflow/webhook.ts';
import { Turns } from '../support/thread-time.ts';

const meta = '"meta":{"event_type":"APPLICANT","event_id":7,"account":{"id":1}},"event":{"applicant":{"id":17}}';
const filled = (piece: string) => `{${meta},"x":[${piece.repeat(Math.floor(9_000_000 / piece.length))}1]}`;

const bodies: Readonly<Record<string, () => string>> = {
  'numbers and one of 17 digits': () => filled('1,').replace('[1,', '[12345678901234567,'),
  'empty lists': () => filled('[],'),
  'empty objects': () => filled('{},'),
  nulls: () => filled('null,'),
  'one text': () => `{${meta},"x":"${'я'.repeat(4_500_000)}"}`,
  'one number': () => `{${meta},"x":${'1'.repeat(9_000_000)}}`,
  'backslashes in a text': () => `{${meta},"y":1234567890123456789,"x":"${'\\\\'.repeat(4_500_000)}"}`,
  'many keys': () => `{${meta},${Array.from({ length: 600_000 }, (_, index) => `"k${index}":1`).join(',')}}`,
  'one key again and again': () => `{${meta},${'"k":null,'.repeat(1_000_000)}"k":1}`,
  'an own __proto__': () => `{${meta},"__proto__":{"a":[${'{"__proto__":1},'.repeat(500_000)}1]}}`,
  'a million levels': () => `{${meta},"x":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`,
  'no JSON at all': () => '1234567890123456 '.repeat(500_000),
};

describe('a large body', function suite() {
  this.timeout(120_000);
  for (const [name, body] of Object.entries(bodies))
    it(`is read beside other work: ${name}`, async () => {
      const bytes = Buffer.from(body());
      const turns = new Turns();
      const [reading, view] = [await readWebhook({ bytes }), await viewOfWebhook({ bytes })];
      expect(turns.end()).to.be.below(500);
      expect(view.ok).to.equal(reading.ok);
      if (reading.ok) expect(reading.envelope).to.include({ eventType: 'APPLICANT', eventId: '7', accountId: '1' });
      else expect(name).to.match(/levels|no JSON/);
      if (view.ok) expect(view.view.applicant).to.deep.equal({ id: 17 });
    });
});

describe('numbers that a float cannot hold', () => {
  const read = (text: string): Json | undefined => {
    const reading = readBody(Buffer.from(`{"a":${text}}`));
    return reading.ok ? reading.body['a'] : undefined;
  };

  it('are the text of their digits, whole or with a point; all others stay numbers', () => {
    expect(read('9007199254740993')).to.equal('9007199254740993');
    expect(read('-9007199254740993')).to.equal('-9007199254740993');
    expect(read('[1,9007199254740993 ]')).to.deep.equal([1, '9007199254740993']);
    expect(read('12345678901234567.89')).to.equal('12345678901234567.89');
    expect(read('0.1234567890123456789')).to.equal('0.1234567890123456789');
    expect(read('0.30000000000000004')).to.equal(0.30000000000000004);
    expect(read('1.50000000000000000')).to.equal(1.5);
    expect(read('9007199254740991')).to.equal(9007199254740991);
    expect(read('1e21')).to.equal(1e21);
    expect(read('"9007199254740993, 12345678901234567"')).to.equal('9007199254740993, 12345678901234567');
    expect(read('"\\"1234567890123456789"')).to.equal('"1234567890123456789');
  });

  it('are the text of their digits with an exponent too, when a float would lose one', () => {
    expect(read('1.234567890123456789e5')).to.equal('123456.7890123456789');
    expect(read('-12345678901234567890E+2')).to.equal('-1234567890123456789000');
    expect(read('[1e400, 1]')).to.deep.equal([`1${'0'.repeat(400)}`, 1]);
    expect(read('1e-400')).to.equal(`0.${'0'.repeat(399)}1`);
    expect(read('1e9999')).to.equal('1e9999');
    expect(read('[1.50e3, 1e-7, 1E+100, 5e-324]')).to.deep.equal([1500, 1e-7, 1e100, 5e-324]);
  });

  it('are texts too where Python writes NaN and Infinity, so that the field says what it lacks', () => {
    expect(read('[NaN, Infinity, -Infinity, "NaN", 1]')).to.deep.equal(['NaN', 'Infinity', '-Infinity', 'NaN', 1]);
    expect(read('{"b":[[{"c":-Infinity}]],"d":NaN}')).to.deep.equal({ b: [[{ c: '-Infinity' }]], d: 'NaN' });
    for (const other of ['Nan', '-NaN', 'NaNx', 'NaN,', 'undefined', 'None'])
      expect(read(other), other).to.equal(undefined);
  });
});

describe('a document without nulls', () => {
  it('shares what has none, and stays as it was', () => {
    const document = { a: { b: [1, [], {}] }, c: [1, null, { d: null, e: [null] }], f: null };
    const before = structuredClone(document);
    const result = withoutNulls(document);
    expect(result).to.deep.equal({ a: { b: [1, [], {}] }, c: [1, { e: [] }] });
    expect(result['a']).to.equal(document.a);
    expect(document).to.deep.equal(before);
    expect(withoutNulls({ a: 1 })).to.deep.equal({ a: 1 });
  });
});
