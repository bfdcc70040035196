import { expect } from 'chai';
import { keyNumberOf, openBytes, sealAsText, sealBytes, secretKey } from '../../src/people/sealed-bytes.ts';

const data = { number: 2 ** 51 + 77, key: secretKey(Buffer.alloc(32, 7)) };
const place = { table: 'references', column: 'name', row: JSON.stringify(['zup', 'Ромашка', 17]) };
const opened = (sealed: Uint8Array, at: typeof place) => openBytes(data.key, at, sealed)?.toString();

describe('what is sealed', () => {
  it('opens when an earlier version sealed it', () => {
    const sealed = Buffer.from(
      'AQAIAAAAAABNooAv7EEShFIHeys25y3/f9cbIoabgylOVcVkclrMxX5jLQp0SoWVYJLeQRcqZSYm0UCe',
      'base64',
    );
    expect(keyNumberOf(sealed)).to.equal(data.number);
    expect(opened(sealed, place)).to.equal('Ёлкина Мария');
  });

  it('opens at its place alone, whatever was sealed before and after, however long it and the name of its row are', () => {
    const texts = ['', 'a', 'Ёлкина', 'я'.repeat(40_000), 'a'.repeat(65_499), 'a'.repeat(65_500), '\ud800'];
    const places = [place, { ...place, row: 'ш'.repeat(2000) }, { ...place, row: 'ш' }];
    const sealed = texts.flatMap((text) =>
      places.map((at) => ({ text, at, bytes: sealBytes(data, at, text), base64: sealAsText(data, at, text) })),
    );
    for (const { text, at, bytes, base64 } of sealed) {
      for (const each of [bytes, Buffer.from(base64, 'base64')]) {
        expect(keyNumberOf(each)).to.equal(data.number);
        expect(opened(each, at) === text.toWellFormed()).to.equal(true);
        for (const other of places) if (other !== at) expect(opened(each, other)).to.equal(undefined);
      }
      expect(bytes.buffer.byteLength).to.equal(bytes.byteLength);
    }
    const nonces = sealed.map(({ bytes }) => bytes.subarray(9, 21).toString('hex'));
    expect(new Set(nonces).size).to.equal(nonces.length);
  });

  it('has a nonce of its own each time, over thousands', () => {
    const nonces = Array.from({ length: 3000 }, () => sealBytes(data, place, 'x').toString('hex', 9, 21));
    expect(new Set(nonces).size).to.equal(nonces.length);
  });
});
