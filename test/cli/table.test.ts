import { expect } from 'chai';
import { table } from '../../src/cli/table.ts';

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

  it('keeps the last column whole, and cuts no character in two', () => {
    const family = '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}';
    const [, line] = table('en', ['STAGE', 'LAST ERROR'], [[family.repeat(70), 'x'.repeat(300)]]).split('\n');
    expect(line).to.equal(`${family.repeat(59)}…  ${'x'.repeat(300)}`);
  });
});
