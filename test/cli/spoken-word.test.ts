import { expect } from 'chai';
import { spokenWord } from '../../src/cli/spoken-word.ts';

describe('a state said in Russian', () => {
  it('keeps its reason as --reason takes it', () => {
    expect(spokenWord('dead (rejected)', 'ru')).to.equal('остановлена (rejected)');
    expect(spokenWord('dead (unknown outcome)', 'ru')).to.equal('остановлена (unknown outcome)');
    expect(spokenWord('delivered (attention)', 'ru')).to.equal('доставлена (посмотреть)');
    expect(spokenWord('dead (rejected)', 'en')).to.equal('dead (rejected)');
    expect(spokenWord('something (else)', 'ru')).to.equal('something (else)');
  });
});
