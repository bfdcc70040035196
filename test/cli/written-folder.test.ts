import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { folderProblem } from '../../src/targets/written-folder.ts';
import { writeFiles } from '../support/service.ts';
import { command } from '../support/serving.ts';
import { Workspace } from '../support/workspace.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

describe('the folder that a target writes to', function () {
  this.timeout(60_000);
  let workspace: Workspace;

  beforeEach(() => {
    workspace = new Workspace();
  });

  afterEach(() => workspace.remove());

  const problem = async (...path: readonly string[]) =>
    (await folderProblem(workspace.path(...path)))?.en.replace(workspace.folder, '');

  it('is fine when it is there, when it will be made, and when nobody can tell yet', async () => {
    mkdirSync(workspace.path('drop'));
    expect([await problem('drop'), await problem('other'), await problem('not-mounted', 'drop')]).to.deep.equal([
      undefined,
      undefined,
      undefined,
    ]);
    expect([existsSync(workspace.path('other')), existsSync(workspace.path('not-mounted'))]).to.deep.equal([
      false,
      false,
    ]);
  });

  it('is no file, and below none', async () => {
    writeFileSync(workspace.path('drop'), '');
    const sentence =
      'there is a file in this path where a folder is needed: take it away, or mend the settings of the target';
    expect(await problem('drop')).to.equal(`/drop: ${sentence}`);
    expect(await problem('drop', 'below')).to.equal(`/drop/below: ${sentence}`);
    expect(await problem('drop', 'below', 'deeper')).to.equal(`/drop/below/deeper: ${sentence}`);
  });

  it('is named by check at its target, with --live and without', async () => {
    const targets = {
      'staff-csv': { adapter: 'csv', settings: { folder: '../drop', name: 'hires.csv' } },
      'to-1c': { adapter: 'onec-xml', settings: { folder: '../xml' } },
      'by-http': { adapter: 'onec-xml', settings: { url: 'http://127.0.0.1:9/hs/hire' } },
    };
    const config = writeFiles(workspace, { config: { targets } });
    for (const name of ['drop', 'xml']) writeFileSync(workspace.path(name), '');
    const [plain, live] = await Promise.all([
      command(['check', '--config', config]),
      command(['check', '--live', '--config', config]),
    ]);
    expect([plain.code, live.code]).to.deep.equal([2, 2]);
    const places = (out: string) =>
      [...out.matchAll(/^\S+connector\.yaml:(\d+:\d+) "([\w-]+)": /gm)].map(
        ([, place, target]) => `${target} ${place}`,
      );
    expect(places(plain.out)).to.deep.equal(['staff-csv 24:5', 'to-1c 31:5']);
    expect(places(live.out)).to.deep.equal(['staff-csv 24:5', 'to-1c 31:5', 'by-http 37:5']);
    expect(live.out)
      .to.match(/"staff-csv": .*a folder with plain files is needed/)
      .and.to.match(/"to-1c": .*ENOTDIR/);
    for (const name of ['drop', 'xml']) rmSync(workspace.path(name));
    expect((await command(['check', '--config', config])).code).to.equal(0);
  });

  it('can be written to by whoever runs check', function () {
    const ordinary = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    if (spawnSync(process.execPath, ['--check', main], ordinary).status !== 0) this.skip();
    const config = writeFiles(workspace);
    mkdirSync(workspace.path('drop'));
    chmodSync(workspace.folder, 0o755);
    const check = () =>
      spawnSync(process.execPath, [main, 'check', '--config', config], {
        ...ordinary,
        encoding: 'utf8',
        env: { ...process.env, LC_ALL: 'C' },
      });
    chmodSync(workspace.path('drop'), 0o777);
    expect(check().status).to.equal(0);
    chmodSync(workspace.path('drop'), 0o555);
    const { status, stdout } = check();
    chmodSync(workspace.path('drop'), 0o755);
    expect(status).to.equal(2);
    expect(stdout).to.match(
      /connector\.yaml:\d+:\d+ "staff-csv": \S+: writing there is not possible \(EACCES\): grant it/,
    );
  });
});
