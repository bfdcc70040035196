import { expect } from 'chai';
import { filterSchema } from '../../src/shown/delivery-filter.ts';
import { reasons } from '../../src/words/reasons.ts';
import { spokenWord } from '../../src/cli/spoken-word.ts';

describe('a state said in Russian', () => {
  it('has its reason in Russian too, which --reason takes as well', () => {
    expect(spokenWord('dead (rejected)', 'ru')).to.equal('остановлена (цель отказала)');
    for (const reason of Object.keys(reasons))
      expect(filterSchema.cast({ reason: /\((.+)\)/.exec(spokenWord(`dead (${reason})`, 'ru'))?.[1] }).reason).to.equal(
        reason,
      );
    expect(spokenWord('dead (unknown outcome)', 'ru')).to.equal('остановлена (исход неизвестен)');
    expect(spokenWord('delivered (attention)', 'ru')).to.equal('доставлена (посмотреть)');
    expect(spokenWord('dead (rejected)', 'en')).to.equal('dead (rejected)');
    expect(spokenWord('something (else)', 'ru')).to.equal('something (else)');
  });
});
