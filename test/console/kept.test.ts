import { expect } from 'chai';
import { Kept } from '../../src/console/api/kept.ts';

describe('an answer that is kept for a moment', () => {
  let asked = 0;
  let time = 0;
  const kept = () =>
    new Kept(
      async () => (asked += 1),
      1000,
      () => time,
    );

  beforeEach(() => {
    asked = 0;
    time = 0;
  });

  it('is asked for once by all who ask together', async () => {
    const answer = kept();
    expect(await Promise.all([answer.get(), answer.get(), answer.get()])).to.deep.equal([1, 1, 1]);
    time = 999;
    expect(await answer.get()).to.equal(1);
    time = 1000;
    expect(await answer.get()).to.equal(2);
  });

  it('is asked for anew after a change, although the former question is still under way', async () => {
    const answer = kept();
    const before = answer.get();
    answer.forget();
    expect([await before, await answer.get()]).to.deep.equal([1, 2]);
  });

  it('is not kept when it could not be had', async () => {
    const answer = new Kept(
      async () => {
        asked += 1;
        if (asked === 1) throw new Error('away');
        return asked;
      },
      1000,
      () => time,
    );
    expect(await answer.get().catch(String)).to.equal('Error: away');
    expect(await answer.get()).to.equal(2);
  });
});
