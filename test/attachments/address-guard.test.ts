import { expect } from 'chai';
import { isPrivateLiteral, isPublic } from '../../src/attachments/address-guard.ts';

describe('An address', () => {
  const closed = [
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '192.168.1.1',
    '192.0.0.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:10.0.0.1',
    '::ffff:7f00:1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2002:a00:1::',
    '64:ff9b:1::808:808',
    '::7f00:1',
    '::ffff:0:7f00:1',
    '2001:0:4136:e378:8000:63bf:3fff:fdd2',
    'fec0::1',
    'fe80::1%eth0',
    'fc00::1',
    'fe80::1',
    'ff02::1',
    'no address',
    '',
  ];
  for (const address of closed) {
    it(`${address || '(empty)'} is not public`, () => {
      expect(isPublic(address)).to.equal(false);
    });
  }

  for (const address of ['8.8.8.8', '2a00:1450:4010:c0d::8b', '::ffff:8.8.8.8', '64:ff9b::808:808', '2002:808:808::']) {
    it(`${address} is public`, () => {
      expect(isPublic(address)).to.equal(true);
    });
  }

  it('written in place of a name is judged without a look-up', () => {
    expect(['127.0.0.1', '[::1]', '[::ffff:a00:1]'].map(isPrivateLiteral)).to.deep.equal([true, true, true]);
    expect(['files.example', '8.8.8.8', '[2a00:1450:4010:c0d::8b]'].map(isPrivateLiteral)).to.deep.equal([
      false,
      false,
      false,
    ]);
  });
});
