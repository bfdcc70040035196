import { mkdirSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { writeFiles } from '../support/service.ts';
import { command } from '../support/serving.ts';
import { Workspace } from '../support/workspace.ts';

describe('targets confirm', function () {
  this.timeout(60_000);
  let workspace: Workspace;
  let config: string;

  beforeEach(() => {
    workspace = new Workspace();
    const targets = {
      'staff-csv': { adapter: 'csv', settings: { folder: '../drop', name: 'hires.csv' } },
      intranet: { adapter: 'rest', settings: { baseUrl: 'http://127.0.0.1:9' } },
    };
    config = writeFiles(workspace, { config: { targets } });
  });

  afterEach(() => workspace.remove());

  it('lets a target write to another disk than before, which check had named', async function () {
    if (process.platform !== 'linux') this.skip();
    mkdirSync(workspace.path('drop'));
    const state = workspace.path('var', 'adapters', 'staff-csv');
    mkdirSync(state, { recursive: true });
    writeFileSync(`${state}/mount.json`, JSON.stringify({ point: '/mnt/hr', type: 'cifs', source: '//server/hr' }));

    const before = await command(['check', '--config', config]);
    expect(before.code).to.equal(2);
    expect(before.out).to.match(/"staff-csv": .*\/\/server\/hr \(cifs, \/mnt\/hr\).* targets confirm staff-csv/);

    const confirmed = await command(['targets', 'confirm', 'staff-csv', '--config', config]);
    expect([confirmed.code, confirmed.out]).to.satisfy(
      ([code, out]: [number, string]) => code === 0 && out.includes('confirmed'),
    );
    expect((await command(['check', '--config', config])).code).to.equal(0);
  });

  it('says what it cannot confirm', async () => {
    for (const [target, sentence] of [
      ['staff-csv', 'there is no such folder'],
      ['intranet', 'writes to no folder'],
      ['misspelt', 'there is no target'],
    ] as const) {
      const { code, err } = await command(['targets', 'confirm', target, '--config', config]);
      expect(code).to.equal(1);
      expect(err).to.include(sentence);
    }
  });
});
