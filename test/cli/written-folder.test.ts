import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { WrittenFolder } from '../../src/targets/written-folder.ts';
import { program } from '../support/program.ts';
import { writeFiles } from '../support/service.ts';
import { command } from '../support/serving.ts';
import { Workspace } from '../support/workspace.ts';

describe('the folder that a target writes to', function () {
  this.timeout(60_000);
  let workspace: Workspace;

  beforeEach(() => {
    workspace = new Workspace();
  });

  afterEach(() => workspace.remove());

  const folder = (create: boolean, ...path: readonly string[]) =>
    new WrittenFolder({
      target: 'staff-csv',
      folder: workspace.path(...path),
      create,
      stateFolder: () => workspace.path('state'),
    });
  const problem = async (create: boolean, ...path: readonly string[]) =>
    (await folder(create, ...path).problem())?.en.replace(workspace.folder, '');

  it('is fine when it is there, and when it will be made', async () => {
    mkdirSync(workspace.path('drop'));
    expect([await problem(false, 'drop'), await problem(true, 'other')]).to.deep.equal([undefined, undefined]);
    expect(existsSync(workspace.path('other'))).to.equal(false);
    expect(existsSync(workspace.path('state'))).to.equal(false);
  });

  it('is missing where nobody makes it, and where its parent is missing: a share that is not mounted', async () => {
    expect(await problem(false, 'drop')).to.equal(
      '/drop: there is no such folder. If it is on a share, mount it; if not, make it, or add create: true to the ' +
        'settings of the target (ENOENT).',
    );
    expect(await problem(true, 'not-mounted', 'drop')).to.match(/^\/not-mounted\/drop: .*mount its disk.* \(ENOENT\)/);
    expect(existsSync(workspace.path('not-mounted'))).to.equal(false);
  });

  it('is no file, and below none', async () => {
    writeFileSync(workspace.path('drop'), '');
    for (const path of [['drop'], ['drop', 'below'], ['drop', 'below', 'deeper']])
      expect(await problem(true, ...path)).to.match(
        new RegExp(`^/${path.join('/')}: something else is there: .* take it away, or mend the settings`),
      );
  });

  it('is named by check at its target, with --live and without', async () => {
    const targets = {
      'staff-csv': { adapter: 'csv', settings: { folder: '../drop', create: true, name: 'hires.csv' } },
      'to-1c': { adapter: 'onec-xml', settings: { folder: '../xml', create: true } },
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
    expect(places(plain.out)).to.deep.equal(['staff-csv 24:5', 'to-1c 32:5']);
    expect(places(live.out)).to.deep.equal(['staff-csv 24:5', 'to-1c 32:5', 'by-http 39:5']);
    expect(live.out)
      .to.match(/"staff-csv": .*a folder with plain files is needed/)
      .and.to.match(/"to-1c": .*ENOTDIR/);
    for (const name of ['drop', 'xml']) rmSync(workspace.path(name));
    expect((await command(['check', '--config', config])).code).to.equal(0);
  });

  it('can be written to by whoever runs check', function () {
    const ordinary = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    if (spawnSync(process.execPath, ['--check', program('src/main.ts')], ordinary).status !== 0) this.skip();
    const config = writeFiles(workspace);
    mkdirSync(workspace.path('drop'));
    chmodSync(workspace.folder, 0o755);
    const check = () =>
      spawnSync(process.execPath, [program('src/main.ts'), 'check', '--config', config], {
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
      /connector\.yaml:\d+:\d+ "staff-csv": \S+: writing is not permitted; grant it .* \(EACCES\)/,
    );
  });
});
