import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { SignatureCheck, sign, verify, wireBytes } from '../../src/huntflow/wire.ts';
import { fixture, huntflowFixtures } from '../support/fixtures.ts';

const secret = 'secret-of-the-tests';

describe('the wire form', () => {
  it('writes separators, Cyrillic, closing tags and pairs of surrogates as Huntflow does', () => {
    const document = { a: [1, 'В</p>', null, true], '</b>': { c: '😀\u007F"\\\n\u2028' }, d: [], e: {}, f: -0.5 };
    expect(wireBytes(document).toString('latin1')).to.equal(
      String.raw`{"a": [1, "\u0412<\/p>", null, true], "<\/b>": {"c": "\ud83d\ude00\u007f\"\\\n\u2028"}, "d": [], "e": {}, "f": -0.5}`,
    );
  });

  it('loses nothing', () => {
    for (const { name, document } of huntflowFixtures()) {
      const bytes = wireBytes(document);
      expect(JSON.parse(bytes.toString('utf8')), name).to.deep.equal(document);
      expect(
        bytes.every((byte) => byte >= 0x20 && byte < 0x7f),
        name,
      ).to.equal(true);
    }
  });

  it('gives the signature that an independent writer of the same form gives', () => {
    // Python 3: hmac over json.dumps(document).replace("</", "<\\/")
    expect(sign(secret, wireBytes(fixture('facts/27-wire-form').document))).to.equal(
      'b5e62d5c859bdc004f715c8d5679b4313aab50f8fbd0f0d7d84430fc923612ee',
    );
  });

  it('has another signature than the same document written by JSON.stringify', () => {
    const { document } = fixture('facts/27-wire-form');
    const signature = sign(secret, wireBytes(document));
    expect(verify([secret], wireBytes(document), signature)).to.equal(true);
    for (const again of [JSON.stringify(document), JSON.stringify(document, undefined, 2)]) {
      expect(verify([secret], Buffer.from(again), signature)).to.equal(false);
    }
  });
});

describe('the signature', () => {
  const bytes = wireBytes(fixture('facts/04-status-hired').document);
  const signature = sign(secret, bytes);

  it('is HMAC-SHA256 in lower-case hex (RFC 4231, case 2)', () => {
    expect(sign('Jefe', Buffer.from('what do ya want for nothing?'))).to.equal(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });

  it('fits with any of several secrets', () => {
    expect(verify(['old', secret], bytes, signature)).to.equal(true);
    expect(verify([secret, 'new'], bytes, signature)).to.equal(true);
    expect(verify(['old', 'new'], bytes, signature)).to.equal(false);
  });

  it('does not fit when one byte has changed, wherever it is', () => {
    for (const at of [0, Math.floor(bytes.length / 2), bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(verify([secret], changed, signature)).to.equal(false);
    }
    expect(verify([secret], Buffer.concat([bytes, Buffer.from('\n')]), signature)).to.equal(false);
  });

  it('takes upper-case hex and surrounding blanks', () => {
    expect(verify([secret], bytes, ` ${signature.toUpperCase()} `)).to.equal(true);
  });

  const wrong = [
    undefined,
    '',
    ' ',
    signature.slice(1),
    `${signature}0`,
    signature.slice(0, 62),
    `sha256=${signature}`,
    'z'.repeat(64),
    'é'.repeat(64),
    '0'.repeat(64),
    '0'.repeat(100_000),
  ];
  wrong.forEach((value, index) => {
    it(`refuses ${value === undefined ? 'a missing header' : `wrong header ${index} of ${value.length} characters`}`, () => {
      expect(verify([secret], bytes, value)).to.equal(false);
    });
  });

  it('never fits without a secret, an empty one included', () => {
    const unkeyed = createHmac('sha256', '').update(bytes).digest('hex');
    expect(verify([], bytes, unkeyed)).to.equal(false);
    expect(verify([''], bytes, unkeyed)).to.equal(false);
    expect(verify(['', secret], bytes, unkeyed)).to.equal(false);
  });

  it('is checked while the body streams, in any pieces', () => {
    for (const size of [1, 7, 1000]) {
      const check = new SignatureCheck(['old', secret]);
      for (let at = 0; at < bytes.length; at += size) check.update(bytes.subarray(at, at + size));
      expect(check.matches(signature)).to.equal(true);
      expect(check.matches('0'.repeat(64))).to.equal(false);
    }
  });
});
