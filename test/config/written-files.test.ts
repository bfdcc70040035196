import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { loadConfig } from '../../src/config/load-config.ts';
import { formatFault } from '../../src/files/fault.ts';
import { loadTargets } from '../../src/targets/target.ts';
import { command } from '../support/serving.ts';
import { writeFiles } from '../support/service.ts';
import { Workspace } from '../support/workspace.ts';

describe('two targets that write one file', function () {
  this.timeout(60_000);
  let workspace: Workspace;

  before(() => {
    workspace = new Workspace();
  });

  after(() => workspace.remove());

  /** Faults of two CSV targets `a` and `b`, lines 2 and 3. */
  async function faultsOf(a: string, b: string, adapter = 'csv'): Promise<string[]> {
    const file = workspace.path('connector.yaml');
    writeFileSync(
      file,
      `targets:\n  a: { adapter: ${adapter}, settings: ${a} }\n  b: { adapter: ${adapter}, settings: ${b} }\n`,
    );
    const { remainder, document } = loadConfig(file, {});
    if (remainder === undefined) throw new Error('the file is fine');
    return (await loadTargets(remainder, document)).faults.map((fault) =>
      formatFault(fault, 'en').replace(`${file}:`, ''),
    );
  }

  const same: readonly (readonly [string, string, file: string])[] = [
    ['{ folder: drop, name: x.csv }', '{ folder: drop, name: x.csv }', 'x.csv'],
    ['{ folder: drop, name: x.csv }', '{ folder: ./other/../drop/, name: x.csv, delimiter: "," }', 'x.csv'],
    ['{ folder: drop }', '{ folder: drop, name: "{date}.csv" }', '{date}.csv'],
    ['{ folder: drop, name: b.csv }', '{ folder: drop, name: "{target}.csv" }', 'b.csv'],
  ];
  for (const [a, b, file] of same) {
    it(`are a fault at the second one: ${a} ${b}`, async () => {
      expect(await faultsOf(a, b)).to.deep.equal([
        `3:3 "b" writes the same file as "a" (${file}): give one of these targets another folder or another file name`,
      ]);
    });
  }

  const apart: readonly (readonly [string, string, adapter?: string])[] = [
    ['{ folder: drop, name: x.csv }', '{ folder: drop2, name: x.csv }'],
    ['{ folder: drop, name: x.csv }', '{ folder: drop, name: y.csv }'],
    ['{ folder: drop, name: "{target}.csv" }', '{ folder: drop, name: "{target}.csv" }'],
    ['{ folder: drop, name: "{id}.csv" }', '{ folder: drop, name: "{id}.csv" }'],
    ['{ folder: drop, name: "{key}.csv" }', '{ folder: drop, name: "{key}.csv" }'],
    ['{ folder: drop }', '{ folder: drop, mode: file }'],
    ['{ folder: drop }', '{ folder: drop }', 'onec-xml'],
    ['{ baseUrl: "https://x.example" }', '{ baseUrl: "https://x.example" }', 'rest'],
  ];
  for (const [a, b, adapter = 'csv'] of apart) {
    it(`are not these: ${adapter} ${a} ${b}`, async () => expect(await faultsOf(a, b, adapter)).to.deep.equal([]));
  }

  it('end check and serve with 2', async () => {
    const settings = { folder: '../drop', create: true, name: 'hires.csv' };
    const config = writeFiles(workspace, {
      config: { targets: { 'staff-csv': { adapter: 'csv', settings }, 'other-csv': { adapter: 'csv', settings } } },
    });
    for (const { code, out, err } of await Promise.all(
      ['check', 'serve'].map((name) => command([name, '--config', config])),
    )) {
      expect(code).to.equal(2);
      expect(out + err).to.match(/connector\.yaml:\d+:5 "other-csv" writes the same file as "staff-csv"/);
      expect(out + err, 'mappings to the second are not to blame').not.to.include('hire-to-csv.yaml');
    }
  });
});
