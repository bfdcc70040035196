import { expect } from 'chai';
import { property } from '../../src/process/property.ts';

describe('a property of something unknown', () => {
  it('is what stands under the name', () => {
    expect(property({ code: 'ENOENT' }, 'code')).to.equal('ENOENT');
    expect(property(Object.assign(new Error('x'), { port: 80 }), 'port')).to.equal(80);
    expect(
      property(
        Object.assign(() => 0, { type: 'sap' }),
        'type',
      ),
    ).to.equal('sap');
  });

  it('is nothing of what has no properties', () => {
    for (const value of [undefined, null, 'text', 7, true, Symbol('x'), 7n])
      expect(property(value, 'constructor'), String(value)).to.equal(undefined);
  });

  it('is nothing where reading it throws', () => {
    const getter = {
      get code(): string {
        throw new Error('of its own');
      },
    };
    const { proxy, revoke } = Proxy.revocable({ code: 1 }, {});
    revoke();
    expect(property(getter, 'code')).to.equal(undefined);
    expect(property(proxy, 'code')).to.equal(undefined);
  });
});
