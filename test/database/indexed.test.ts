import { expect } from 'chai';
import fc from 'fast-check';
import { indexed } from '../../src/database/indexed.ts';

describe('a text in an index', () => {
  it('stays as it is when it is short and whole, in any script', () => {
    for (const text of ['', 'applicant/17', 'Ромашка', '🎉'.repeat(100), 'я'.repeat(200)])
      expect(indexed(text)).to.equal(text);
  });

  it('is bounded, whole and without NUL, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), fc.nat({ max: 3000 }), (text, length) => {
        const stored = indexed(text.repeat(3) + '\ud800\0語'.repeat(length));
        expect(Buffer.byteLength(stored)).to.be.at.most(400);
        expect(stored.isWellFormed() && !stored.includes('\0')).to.equal(true);
      }),
    );
  });

  it('keeps different texts different, also one that looks like what another became', () => {
    const long = 'x'.repeat(8000);
    const texts = [
      long,
      `${long}x`,
      `${long}y`,
      'a\0',
      'a\ufffd',
      'a\ud800',
      'a\udfff',
      'a\ufffd\0',
      indexed(long),
      indexed('a\0'),
    ];
    texts.push(indexed(indexed(long)));
    expect(new Set(texts.map(indexed)).size).to.equal(new Set(texts).size);
  });
});
