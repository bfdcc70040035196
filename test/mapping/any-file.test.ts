import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { expect } from 'chai';
import { formatFault } from '../../src/files/fault.ts';
import { loadMappings } from '../../src/mapping/file/folder.ts';
import { Turns } from '../support/thread-time.ts';
import { Workspace } from '../support/workspace.ts';
import { context } from './sample.ts';

const head = 'mapping: x\non: { event: APPLICANT }\nto: anything\n';
const fields = (count: number) =>
  `${head}record:\n${Array.from({ length: count }, (_, index) => `  field${index}: =applicant.last_name\n`).join('')}`;
const laughs = `${head}record:\n  a0: &a0 [x, x, x, x, x, x, x, x, x]\n${Array.from(
  { length: 9 },
  (_, level) => `  a${level + 1}: &a${level + 1} [${`*a${level}, `.repeat(9)}1]\n`,
).join('')}`;
const deepBlock = Array.from({ length: 1500 }, (_, level) => `${' '.repeat(level + 2)}a:\n`).join('');

/** Any text, and what is said of it. */
const texts: Readonly<Record<string, readonly [text: string | Uint8Array, says: RegExp]>> = {
  'a record that is itself': [`${head}record: &r { path: /x, body: *r }\n`, /:4:30 the reference \*r stands within/],
  'a cycle over two': [
    `${head}record:\n  a: &a { b: &b { c: *a } }\n  d: *b\n`,
    /:5:22 the reference \*a stands within/,
  ],
  'a list in itself': [`${head}record: { a: &l [ *l ] }\n`, /stands within what it refers to/],
  'laughs by the billion': [laughs, /too many values/],
  'flow nested 100,000 deep': [`${head}record: { a: ${'['.repeat(100_000)}`, /./],
  'closed flow nested 5,000 deep': [`${head}record: { a: ${'['.repeat(5_000)}${']'.repeat(5_000)} }`, /too deep/],
  'blocks nested 1,500 deep': [`${head}record:\n${deepBlock}`, /too deep/],
  'dashes nested 50,000 deep': [`${head}record:\n  a:\n    ${'- '.repeat(50_000)}x\n`, /./],
  '60,000 fields': [fields(60_000), /too many values/],
  '10,000 fields': [fields(10_000), /record has more than 3000 values/],
  '50,000 empty lists': [`${head}record: { a: [${'[],'.repeat(51_000)}] }`, /too many values/],
  '100,000 commas': [`${head}record: {${','.repeat(100_000)}}`, /./],
  '100,000 anchors': [`${head}record: ${'&a '.repeat(33_000)}`, /./],
  'a formula of 200,000 brackets': [`${head}record: { a: "=${'('.repeat(200_000)}" }`, /longer than 20000 characters/],
  'a formula of 19,000 brackets': [`${head}record: { a: "=${'('.repeat(19_000)}1${')'.repeat(900)}" }`, /./],
  'a formula of 9,000 signs': [`${head}record: { a: "=1${'+1'.repeat(9_000)}" }`, /too complex|mend|simplify/],
  'a key twice': [`${head}record: { a: 1, a: 2 }\n`, /"a" is there already in line 4/],
  'a merge key': [`${head}record:\n  base: &b { x: 1 }\n  all: { <<: *b, y: 2 }\n`, /merge key <</],
  'a tag': [`${head}record: { a: !!js/function "x" }\n`, /the tag .*js\/function does not work/],
  'a binary': [`${head}record: { a: !!binary aGk= }\n`, /the tag .*binary does not work/],
  'bytes of nothing': [new Uint8Array(5_000), /./],
  'bytes in cp1251': [Buffer.from([0xe8, 0xec, 0xff, 0x3a, 0x20, 0x31]), /not UTF-8/],
  'three megabytes': ['#'.repeat(3 * 1024 ** 2), /larger than 2 MB/],
  nothing: ['', /a mapping file is made of/],
  'a list': ['- 1\n', /a mapping file is made of/],
};

describe('any file in the folder of mappings', function suite() {
  this.timeout(120_000);
  const workspace = new Workspace();
  const folder = workspace.path('mappings');

  before(() => {
    mkdirSync(`${folder}/dictionaries`, { recursive: true });
    writeFileSync(`${folder}/good.yaml`, `mapping: good\non: { event: APPLICANT }\nto: anything\nrecord: { a: 1 }\n`);
  });
  after(() => workspace.remove());

  async function faultsBeside(): Promise<string[]> {
    const loaded = await loadMappings(folder, 'mappings', context);
    expect(loaded.mappings.map(({ name }) => name)).to.include('good');
    return loaded.faults.map((fault) => formatFault(fault, 'en'));
  }

  for (const [name, [text, says]] of Object.entries(texts))
    it(`is refused alone, in no time of others: ${name}`, async () => {
      writeFileSync(`${folder}/faulty.yaml`, text);
      const turns = new Turns();
      const faults = await faultsBeside();
      const longest = turns.end();
      expect(faults.length).to.be.within(1, 120);
      expect(faults[0]).to.match(says);
      expect(faults[0]).to.match(/^mappings\/faulty.yaml:/);
      expect(longest).to.be.below(900);
      writeFileSync(`${folder}/faulty.yaml`, '#');
    });

  it('is read with a mark, in UTF-16, and with letters in two pieces', async () => {
    const good = (name: string) => `mapping: ${name}\non: { event: APPLICANT }\nto: anything\nrecord: { a: 1 }\n`;
    writeFileSync(`${folder}/mark.yaml`, `\uFEFF${good('mark')}`);
    writeFileSync(`${folder}/utf16.yaml`, Buffer.from(`\uFEFF${good('utf16')}`, 'utf16le'));
    writeFileSync(`${folder}/${'приём'.normalize('NFD')}.yaml`, good('pieces'));
    const { mappings } = await loadMappings(folder, 'mappings', context);
    expect(mappings.map(({ name }) => name)).to.include.members(['mark', 'utf16', 'pieces', 'good']);
  });

  it('is refused without waiting when it is no file: pipe, folder, socket, device, loop, dead link', async () => {
    execFileSync('mkfifo', [`${folder}/pipe.yaml`, `${folder}/dictionaries/pipe.csv`, workspace.path('given.json')]);
    mkdirSync(`${folder}/folder.yaml`);
    symlinkSync('/dev/zero', `${folder}/device.yaml`);
    symlinkSync('loop.yaml', `${folder}/loop.yaml`);
    symlinkSync('/nowhere/at/all', `${folder}/dead.yaml`);
    const server = createServer().listen(`${folder}/socket.yaml`);
    await new Promise((resolve) => server.once('listening', resolve));
    writeFileSync(
      `${folder}/tested.yaml`,
      `mapping: tested\non: { event: APPLICANT }\nto: anything\nrecord: { a: 1 }\n` +
        `tests: [{ name: a, given: ../given.json, expect: { a: 1 } }]\n`,
    );
    const faults = await faultsBeside();
    for (const file of ['pipe', 'folder', 'device', 'socket', 'dictionaries/pipe.csv'])
      expect(faults.find((fault) => fault.includes(`/${file}`))).to.match(/no plain file/);
    expect(faults.find((fault) => fault.includes('/tested'))).to.match(/given.json: this is no plain file/);
    expect(faults.find((fault) => fault.includes('/dead'))).to.match(/a link leads nowhere/);
    expect(faults.find((fault) => fault.includes('/loop'))).to.match(/refers to itself/);
    await new Promise((resolve) => server.close(resolve));
  });

  it('is named when it looks like a mapping and is none', async () => {
    for (const name of ['a.yaml.txt', 'b.YAML', 'c.yml.bak']) writeFileSync(`${folder}/${name}`, 'x');
    const faults = await faultsBeside();
    for (const name of ['a.yaml.txt', 'b.YAML', 'c.yml.bak'])
      expect(faults).to.include(
        `mappings/${name}:1:1 warning: this looks like a mapping and is not read: its name has to end in ` +
          '.yaml (Windows hides a further ".txt")',
      );
  });
});
