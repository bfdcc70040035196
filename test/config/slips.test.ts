import { writeFileSync } from 'node:fs';
import iconv from 'iconv-lite';
import { expect } from 'chai';
import { formatFault } from '../../src/files/fault.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { Workspace } from '../support/workspace.ts';

const source = 'sources: { hf: { secrets: [ abcdefgh12345678 ] } }\n';
const settings = (lines: string) => `${source}targets: { x: { adapter: rest, settings: { ${lines} } } }\n`;

describe('connector.yaml as people type and save it', () => {
  const workspace = new Workspace();
  const file = workspace.path('connector.yaml');
  after(() => workspace.remove());

  function load(text: string | Uint8Array) {
    writeFileSync(file, text);
    const { config, faults } = loadConfig(file, {});
    return { config, faults: faults.map((fault) => formatFault(fault, 'en').replace(`${file}:`, '')) };
  }

  for (const [fact, text, ...says] of [
    ['noughts before a secret', 'sources: { hf: { secrets: [ 0012345678 ] } }\n', /^1:29 YAML would read other digits/],
    ['a secret of twenty digits', 'sources: { hf: { secrets: [ 12345678901234567890 ] } }\n', /^1:29 YAML would/],
    ['a password in hex', settings('password: 0x1F'), /^2:54 YAML would read other digits/],
    ['a stage with noughts', `${source}stages: { hired: [ 0033 ] }\n`, /^2:20 YAML would read this number otherwise/],
    [
      'three lines with tabs',
      'sources:\n\thf:\n\t\tsecrets: [ a ]\n\t\tunsigned: true\n',
      /^2:1 a tab .*\(in 3 lines\)/,
    ],
    [
      'a line shifted to the right',
      `${source}server:\n  host: 127.0.0.1\n   port: 8080\n`,
      /^4:4 the line is indented more/,
    ],
    ['a line shifted to the left', `${source}server:\n  host: 127.0.0.1\n port: 8080\n`, /^4:1 wrong indentation/],
    [
      'a no-break blank behind a colon',
      `${source}zone:\u00a0Europe/Moscow\n`,
      /^2:6 a no-break .* stands behind the colon/,
    ],
    ['no blank behind a colon', `${source}zone:Europe/Moscow\n`, /^2:5 a blank is needed behind the colon/],
    [
      'no-break blanks as indentation',
      'sources:\n\u00a0 hf: { secrets: [ a ] }\n',
      /^2:1 a no-break or other odd blank is used/,
    ],
    [
      'a no-break blank within a key',
      'sources\u00a0: { hf: { secrets: [ a ] } }\n',
      /^1:1 the key .* has a no-break space/,
    ],
    [
      'a variable that is not quoted',
      'sources: { hf: { secrets: [ ${HS} ] } }\n',
      /^1:29 a reference \$\{…\} inside of brackets/,
    ],
    ['a secret with a blank and #', 'sources: { hf: { secrets: [ abc #def ] } }\n', /^1:33 " #" begins a comment/],
    ['a Windows path in double quotes', settings('folder: "C:\\drop"'), /^2:55 in double quotes \\ is special/],
    ['marks of a merge', `${source}<<<<<<< HEAD\nzone: a\n=======\n`, /^2:1 here are marks of a Git merge/],
    ['bytes of nought', `${source}\0\0`, /^2:1 here is a character that cannot be printed/],
    ['a web page', '<html>', /^1:1 these are no settings/],
    ['a second document', `${source}---\nzone: a\n`, /^2:1 the line --- begins a second document/],
  ] as const)
    it(`is told once and at its place: ${fact}`, () => {
      const { config, faults } = load(text);
      expect(config).to.equal(undefined);
      expect(faults).to.have.length(1);
      expect(faults[0]).to.match(says[0]);
    });

  for (const [fact, text, says] of [
    [
      'typographic quotes',
      `${source}stages: { hired: [ “Выход на работу” ] }\n`,
      /^2:20 warning: the value stands in typographic/,
    ],
    [
      'a Latin letter in the name of a stage',
      `${source}stages: { hired: [ "Bыход" ] }\n`,
      /^2:20 warning: the word "Bыход" has both/,
    ],
    ['a dash for a hyphen', `${source}stages:\n  hired:\n    – Выход\n`, /^4:5 warning: the line begins with a dash/],
    ['a variable as a shell has it', settings('token: $REST_TOKEN'), /^2:51 warning: .*"\$\{REST_TOKEN\}" is needed/],
    [
      'a variable as Windows has it',
      settings('token: "%REST_TOKEN%"'),
      /^2:51 warning: .*"\$\{REST_TOKEN\}" is needed/,
    ],
    [
      'a # that cuts a secret',
      'sources:\n  hf:\n    secrets:\n      - abcdefgh #123\n',
      /^4:9 warning: what stands behind " #"/,
    ],
    ['a number with noughts behind its point', settings('rate: 1.50'), /^2:50 warning: YAML would/],
  ] as const)
    it(`is taken with a warning: ${fact}`, () => {
      const { config, faults } = load(text);
      expect(config).to.not.equal(undefined);
      expect(
        faults.find((fault) => says.test(fault)),
        faults.join('\n'),
      ).to.not.equal(undefined);
    });

  it('is read with the line ends of old Macs, in UTF-16 without its mark, and with words that only look odd', () => {
    const text = `${source}zone: Asia/Omsk # comment\nstages: { hired: [ 33, "0033", no, 2026-12-01 ] }\n`;
    for (const bytes of [
      text,
      text.replaceAll('\n', '\r'),
      text.replaceAll('\n', '\r\n'),
      iconv.encode(text, 'utf-16le'),
    ]) {
      const { config, faults } = load(bytes);
      expect(faults).to.deep.equal([]);
      expect(config?.zone).to.equal('Asia/Omsk');
      expect(config?.stages).to.deep.equal({ hired: [33, '0033', 'no', '2026-12-01'] });
    }
  });

  it('is named where Notepad gave it another ending', () => {
    const elsewhere = new Workspace();
    writeFileSync(elsewhere.path('connector.yaml.txt'), source);
    const { faults } = loadConfig(elsewhere.path('connector.yaml'), {});
    expect(faults[0]?.text.en).to.include('connector.yaml.txt lies there: name it connector.yaml');
    elsewhere.remove();
  });

  it('says nothing in English to who reads Russian', () => {
    for (const text of [
      'a: [ 1\nb: 2\n',
      'a: { x: 1 y: 2 }\n',
      'a: @x\n',
      'a: `x`\n',
      'a: %x\n',
      "a: 'x' y\n",
      'a: "x\n',
      'a: |\nx\n',
      'a:\n- b\n c: d\n',
      'a: b: c\n',
      'a\nb: c\n',
      '? a\n: b\n c\n',
      'a: *b\n',
      'a: !x 1\n',
      '- a\nb: c\n',
      'a: "\\q"\n',
      'a: ]\n',
      '{ a: , , }\n',
    ]) {
      writeFileSync(file, text);
      for (const { text: said } of loadConfig(file, {}).faults)
        expect(said.ru.replace(/«[^»]*»|здесь возможны: .*|\b(?:YAML|key|connector\.yaml)\b/g, ''), text).to.not.match(
          /[a-z]{4}/i,
        );
    }
  });
});
