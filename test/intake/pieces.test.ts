import { expect } from 'chai';
import fc from 'fast-check';
import { Pieces } from '../../src/intake/pieces.ts';

describe('the pieces of a body', () => {
  it('make the body, however they are cut', () => {
    const sizes = fc.array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 4000, max: 40_000 })));
    fc.assert(
      fc.property(sizes, (lengths) => {
        const pieces = new Pieces();
        const chunks = lengths.map((length, index) => Buffer.alloc(length, 97 + (index % 26)));
        for (const chunk of chunks) pieces.push(chunk);
        return pieces.whole().equals(Buffer.concat(chunks));
      }),
      { numRuns: 50 },
    );
  });

  it('take little more memory than the body, also one byte at a time', () => {
    const pieces = new Pieces();
    for (let index = 0; index < 100_000; index += 1) pieces.push(Buffer.from('x'));
    expect(pieces.held).to.be.below(120_000);
    expect(pieces.whole()).to.have.length(100_000);
  });
});
