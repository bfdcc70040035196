import { expect } from 'chai';
import { loadConfig } from '../../src/config/load-config.ts';
import { command } from '../support/serving.ts';
import { writeFiles } from '../support/service.ts';
import { Workspace } from '../support/workspace.ts';

const secret = 'a-secret-5f1c';
const odd: readonly (readonly [string, string, RegExp, RegExp])[] = [
  ['a newline', `${secret}\n`, /ends with a line end/, /в конце стоит конец строки/],
  ['CR', `${secret}\r`, /ends with a line end/, /в конце стоит конец строки/],
  ['a blank', ` ${secret}`, /begins with a blank/, /в начале стоит пробел/],
  ['a tab', `${secret}\t`, /ends with a tab/, /табуляция/],
  ['NBSP', `\u00a0${secret}`, /begins with a no-break space/, /неразрывный пробел/],
  ['BOM', `\ufeff${secret}`, /begins with a byte order mark/, /BOM/],
  ['quotes', `"${secret}"`, /begins with a quote and ends with a quote/, /кавычка/],
  ['Russian quotes', `«${secret}»`, /begins with a quote and ends with a quote/, /кавычка/],
  ['a zero-width space', `${secret}\u200b`, /ends with an invisible character/, /невидимый знак/],
];

describe('an odd secret', () => {
  const workspace = new Workspace();
  const config = writeFiles(workspace, {
    mappings: {},
    config: { sources: { huntflow: { secrets: ['plain', '${HUNTFLOW_SECRET:-}'] } }, targets: {} },
  });

  after(() => workspace.remove());

  for (const [what, value, en, ru] of odd) {
    it(`with ${what} around it is named with its place, and valid as written and without it`, () => {
      const { config: loaded, faults } = loadConfig(config, { HUNTFLOW_SECRET: value });
      expect(loaded?.sources[0]?.secrets).to.include.members(['plain', value, secret]);
      expect(faults).to.have.length(1);
      expect(faults[0]).to.include({ level: 'warning', file: config });
      expect(faults[0]?.line).to.be.above(1);
      expect(faults[0]?.text.en).to.match(en);
      expect(faults[0]?.text.ru).to.match(ru);
      expect(JSON.stringify(faults)).not.to.include(secret);
    });
  }

  it('that is nothing but blanks or quotes counts as none', () => {
    for (const value of [' ', '\n', '""', '\u00a0\ufeff'])
      expect(loadConfig(config, { HUNTFLOW_SECRET: value }).config?.sources[0]?.secrets).to.deep.equal(['plain']);
  });

  it('is a warning of check, which ends with 0', async () => {
    const { code, out } = await command(['check', '--config', config], { HUNTFLOW_SECRET: `${secret}\r\n` });
    expect([code, out]).to.satisfy(([, text]: [number, string]) => /:\d+:\d+ .*ends with a line end/.test(text));
    expect(code).to.equal(0);
  });

  it('of a target is named too, when it comes from the environment', () => {
    const other = writeFiles(workspace, {
      mappings: {},
      config: { targets: { i: { adapter: 'rest', settings: { auth: { bearer: '${TOKEN}' } } } } },
    });
    const { faults } = loadConfig(other, { TOKEN: 'abc\r' });
    expect(faults.map(({ level, text }) => [level, text.en])).to.deep.equal([
      [
        'warning',
        'the environment variable TOKEN looks odd: it ends with a line end; it is used as it is, so mend it ' +
          'if that is not meant',
      ],
    ]);
    expect(loadConfig(other, { TOKEN: "abc'" }).faults).to.deep.equal([]);
  });
});

describe('a host to listen on', () => {
  const workspace = new Workspace();
  const hostOf = (host: string) => loadConfig(writeFiles(workspace, { mappings: {}, config: { server: { host } } }));

  after(() => workspace.remove());

  it('may be an address, with or without brackets, or a name', () => {
    for (const [written, cast] of [
      ['[::1]', '::1'],
      ['::1', '::1'],
      ['::', '::'],
      [' 127.0.0.1 ', '127.0.0.1'],
      ['connector.internal', 'connector.internal'],
      ['localhost', 'localhost'],
    ])
      expect(hostOf(written ?? '').config?.server.host).to.equal(cast);
  });

  it('is named as wrong when it is a URL, has a port, or is no whole address', () => {
    for (const host of ['http://127.0.0.1', '127.0.0.1:8080', '[::1]:80', '127.0.0', '*', '', 'a b'])
      expect(
        hostOf(host).faults.map(({ text }) => text.en),
        host,
      ).to.match(/without port/);
  });
});
