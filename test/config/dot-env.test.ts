import { writeFileSync } from 'node:fs';
import iconv from 'iconv-lite';
import { expect } from 'chai';
import { dotEnv } from '../../src/config/dot-env.ts';
import { formatFault } from '../../src/files/fault.ts';
import { Workspace } from '../support/workspace.ts';

describe('.env as people type and save it', () => {
  const workspace = new Workspace();
  const file = workspace.path('.env');
  after(() => workspace.remove());

  function read(content: string | Uint8Array) {
    writeFileSync(file, content, { mode: 0o600 });
    const { variables, faults } = dotEnv(workspace.path('connector.yaml'));
    return { variables, faults: faults.map((fault) => formatFault(fault, 'en').replace(`${file}:`, '')) };
  }

  const text = 'A=1\r\nB="two words" # note\r\n# comment\r\nexport C=3\r\n\r\nD="a\r\nb"\r\nE=\r\n';
  const expected = { A: '1', B: 'two words', C: '3', D: 'a\nb', E: '' };

  for (const [fact, content] of [
    ['Windows', text],
    ['Unix', text.replaceAll('\r\n', '\n')],
    ['old Macs', text.replaceAll('\r\n', '\r')],
    ['Notepad with a mark', `\ufeff${text}`],
    ['PowerShell: UTF-16', iconv.encode(text, 'utf-16le', { addBOM: true })],
    ['UTF-16 without its mark', iconv.encode(text, 'utf-16le')],
    ['a web page: no-break blanks around names', text.replaceAll(/^(\w)=/gm, '\u00a0$1\u00a0=')],
  ] as const)
    it(`is read as ${fact} writes it`, () => expect(read(content)).to.deep.equal({ variables: expected, faults: [] }));

  for (const [fact, content, says] of [
    ['a # within a value', 'A=1\nB=p@ss#word\n', /^2:1 warning: the value of B ends at its #/],
    ['a colon for an equals sign', 'A: 1\n', /^1:1 warning: the line is not of the form NAME=value/],
    ['set of Windows', 'set A=1\n', /^1:1 warning: "set A" is no name of a variable/],
    ['$env: of PowerShell', '$env:A=1\n', /^1:1 warning: "\$env:A" is no name/],
    [
      'a Russian letter in a name',
      'HUNTFLOW_SEСRET=1\n',
      /^1:1 warning: the name .* has Russian letters that look like Latin/,
    ],
    ['a name twice', 'A=1\nB=2\nA=3\n', /^3:1 warning: A is set in line 1 already/],
    ['a quote that is never closed', 'A="abc\nB=2\n', /^1:1 warning: a quote is opened in the value of A/],
    ['text behind a quote', 'A="x"y\n', /^1:1 warning: the value of A has text behind its closing quote/],
    ['a path in double quotes', 'A="C:\\new"\n', /^1:1 warning: in double quotes \\n becomes a line end/],
    [
      'letters of windows-1251',
      iconv.encode('A=пароль\n', 'windows-1251'),
      /^1:1 warning: the value of A has letters that are no UTF-8/,
    ],
  ] as const)
    it(`is warned of, without a value: ${fact}`, () => {
      const { faults } = read(content);
      expect(faults).to.have.length(1);
      expect(faults[0])
        .to.match(says)
        .and.not.match(/p@ss|abc|пароль/);
    });

  it('is looked for under the name that Windows hides', () => {
    read('A=1\n');
    writeFileSync(workspace.path('.env.txt'), 'B=2\n');
    const { variables, faults } = dotEnv(workspace.path('connector.yaml'));
    expect(variables).to.deep.equal({ A: '1' });
    expect(faults.map(({ file: at, text: said }) => `${at} ${said.en}`)).to.deep.equal([
      `${workspace.path('.env.txt')} this looks like .env and is not read: take ".txt" away from its name (Windows hides it)`,
    ]);
  });

  it('is read in no time, whatever it says', () => {
    const started = performance.now();
    for (const line of ['A="', 'A=#', "A='x' y", '\u00a0'.repeat(50), 'A', '=']) read(`${line}\n`.repeat(20_000));
    expect(performance.now() - started).to.be.below(2_000);
  });
});
