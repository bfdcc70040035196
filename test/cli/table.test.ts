import { expect } from 'chai';
import { counted } from '../../src/cli/causes.ts';
import { table } from '../../src/cli/table.ts';
import { plural } from '../../src/words/plural.ts';

describe('a list for people', () => {
  it('has its columns where they are seen, however long one name is', () => {
    const lines = table(
      'en',
      ['ID', 'STAGE', 'KEY'],
      [
        ['2', 'Э'.repeat(8000), 'applicant/17'],
        ['1', 'Выход', 'applicant/18'],
      ],
    ).split('\n');
    expect(lines[1]).to.equal(`2   ${'Э'.repeat(59)}…  applicant/17`);
    expect(lines[2]).to.equal(`1   Выход${' '.repeat(57)}applicant/18`);
  });

  it('counts to a thousand, and then says that there are more', () => {
    expect([1000, 1001].map(counted)).to.deep.equal(['1000', '1 000+']);
    expect([plural('deliveries', 1001, 'en'), plural('people', 1001, 'ru')]).to.deep.equal([
      '1 000+ deliveries',
      '1 000+ человек',
    ]);
  });

  it('keeps the last column whole, and cuts no character in two', () => {
    const family = '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}';
    const [, line] = table('en', ['STAGE', 'LAST ERROR'], [[family.repeat(70), 'x'.repeat(300)]]).split('\n');
    expect(line).to.equal(`${family.repeat(59)}…  ${'x'.repeat(300)}`);
  });
});
