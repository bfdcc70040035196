import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import BetterSqlite from 'better-sqlite3';
import { expect } from 'chai';
import { filesWith, hireOf, personalOf, surname } from '../support/hires.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { Service, writeFiles } from '../support/service.ts';
import { command, Serving } from '../support/serving.ts';
import { postWebhook } from '../support/webhook.ts';
import { Workspace } from '../support/workspace.ts';

const sealed = { privacy: { keyFile: '../connector.key' } };

describe('a copy that is put back', function () {
  this.timeout(120_000);
  plainNetwork();
  let workspace: Workspace;
  let config: string;
  let copy: string;

  const cli = (...args: readonly string[]) => command([...args, '--config', config]);

  beforeEach(async () => {
    workspace = new Workspace();
    copy = workspace.path('copy.db');
    config = await work({}, 1, 4);
    expect((await cli('backup', copy)).code).to.equal(0);
  });
  afterEach(() => workspace.remove());

  /** A service that takes and delivers some hires, and stops. */
  async function work(files: Readonly<Record<string, unknown>>, from: number, to: number): Promise<string> {
    const service = await Service.start({ config: files }, {}, workspace);
    for (let number = from; number < to; number += 1)
      expect((await postWebhook(service.url, hireOf(number))).status).to.equal(200);
    await service.app.drain();
    await service.app.stop();
    return writeFiles(workspace, { config: files });
  }
  function change(path: string, ...statements: readonly string[]): void {
    const file = new BetterSqlite(path);
    for (const statement of statements) file.exec(statement);
    file.close();
  }
  const leftBeside = () => readdirSync(workspace.path('var')).filter((name) => /restore/.test(name));

  it('and was made by a newer version, or is half of another, is refused in a sentence, and all stays as it is', async () => {
    change(copy, `insert into kysely_migration (name, timestamp) values ('9999-tomorrow', '2099-01-01')`);
    const newer = await cli('restore', copy, '--yes');
    expect(newer.code).to.equal(1);
    expect(newer.err).to.match(/^[^\n]*made by a newer version[^\n]*\n$/);
    change(
      copy,
      `delete from kysely_migration where name = '9999-tomorrow'`,
      `insert into cursors (name, place) values ('copy', 1)`,
    );
    const half = await cli('restore', copy, '--yes');
    expect(half.code).to.equal(1);
    expect(half.err).to.match(/^[^\n]*was begun[^\n]*\n$/);
    expect(leftBeside()).to.deep.equal([]);
    const targets = JSON.parse((await cli('targets', 'list', '--json')).out);
    expect(targets.items[0]).to.have.property('state', 'active');
    expect((await cli('export', 'applicant', '2')).out).to.include(surname(2));
  });

  it('takes the place of a database that is there no more, or damaged', async () => {
    const database = workspace.path('var', 'connector.db');
    writeFileSync(database, 'damaged');
    expect((await cli('restore', copy, '--yes')).err).to.equal('');
    expect((await cli('export', 'applicant', '2')).out).to.include(surname(2));
    rmSync(database);
    expect((await cli('restore', copy, '--yes')).err).to.equal('');
    expect((await cli('export', 'applicant', '2')).out).to.include(surname(2));
  });

  it('has what stands in the log beside it, and nothing of the log of the database that it replaces', async () => {
    // Saved by its files while the service worked, which nobody should do.
    const service = await Service.start({}, {}, workspace);
    await postWebhook(service.url, hireOf(7));
    await service.app.drain();
    const database = workspace.path('var', 'connector.db');
    const files = workspace.path('files.db');
    for (const end of ['', '-wal']) execFileSync('cp', [database + end, files + end]);
    expect(statSync(`${files}-wal`).size).to.be.above(0);
    await service.app.stop();
    expect((await cli('restore', files, '--yes')).err).to.equal('');
    expect((await cli('export', 'applicant', '7')).out).to.include(surname(7));
    // What was killed left a log of its own.
    const killed = await new Serving(config).ready();
    expect((await postWebhook(killed.url, hireOf(8))).status).to.equal(200);
    await killed.kill();
    expect(statSync(`${database}-wal`).size).to.be.above(0);
    expect((await cli('restore', copy, '--yes')).err).to.equal('');
    for (const applicant of ['7', '8']) expect((await cli('export', 'applicant', applicant)).code).to.equal(1);
    expect((await cli('export', 'applicant', '3')).out).to.include(surname(3));
    const beside =
      leftBeside()
        .filter((name) => !name.endsWith('-wal'))
        .toSorted()
        .at(-1) ?? '';
    expect(filesWith(workspace.path('var'), [surname(8)]).join()).to.include(beside);
  });

  it('is of no use without its store of keys, says so, and makes no other', async () => {
    await command(['keys', 'new', workspace.path('connector.key')]);
    config = await work(sealed, 4, 5);
    const saved = workspace.path('sealed.db');
    expect((await cli('backup', saved)).code).to.equal(0);
    for (const name of readdirSync(workspace.path('var'))) rmSync(workspace.path('var', name), { recursive: true });
    const unsure = await cli('restore', saved);
    expect(unsure.err).to.include('It takes the place of').and.not.include('beside');
    const refused = await cli('restore', saved, '--yes');
    expect([refused.code, refused.err]).to.have.nested.property('[1]').that.includes('backup --keys');
    expect(readdirSync(workspace.path('var')).filter((name) => name.startsWith('people'))).to.deep.equal([]);
  });

  it('comes back on another machine with the copy of its keys, which never takes the place of keys that are there', async () => {
    await command(['keys', 'new', workspace.path('connector.key')]);
    config = await work(sealed, 4, 5);
    const [saved, keys] = [workspace.path('sealed.db'), workspace.path('keys.db')];
    expect((await cli('backup', saved)).err).to.include('backup --keys FILE');
    expect((await cli('backup', '--keys', keys)).code).to.equal(0);
    const { items } = JSON.parse((await cli('audit', 'list', '--json')).out);
    expect(items.slice(0, 2).map(({ action, on }: { action: string; on: string[] }) => [action, ...on])).to.deep.equal([
      ['backup', 'keys'],
      ['backup', 'database'],
    ]);

    const there = await cli('restore', saved, '--keys', keys, '--yes');
    expect(there.code).to.equal(1);
    expect(there.err).to.match(/^the store of keys \S+people\.db is there, and nothing was changed/);
    expect((await cli('restore', saved, '--keys', saved, '--yes')).err).to.include('no copy of the keys');

    for (const name of readdirSync(workspace.path('var'))) rmSync(workspace.path('var', name), { recursive: true });
    const back = await cli('restore', saved, '--keys', keys, '--yes');
    expect(back.code, back.err).to.equal(0);
    expect((await cli('events', 'show', '4', '--reveal')).out).to.include(surname(4));
  });

  for (const [keys, files] of [
    ['without keys', {}],
    ['that was made before there was a key', sealed],
  ] as const)
    it(`${keys} brings back nobody who was forgotten since, nor the number of an act`, async () => {
      if (files === sealed) await command(['keys', 'new', workspace.path('connector.key')]);
      config = await work(files, 4, 5);
      expect((await cli('forget', 'applicant', '2', '--yes')).out).to.include('АКТ № 1 ');
      // Whoever comes with that id afterwards is somebody new, and not in the copy.
      const restored = await cli('restore', copy, '--yes');
      expect(restored.err).to.equal('');
      expect(restored.out).to.include('1 person(s) were forgotten after this copy was made');
      expect((await cli('export', 'applicant', '2')).code).to.equal(1);
      const [before = ''] = leftBeside();
      expect(filesWith(workspace.path('var'), personalOf(2)).filter((name) => !name.includes(before))).to.deep.equal(
        [],
      );
      expect((await cli('events', 'show', '2')).out).to.match(/the person was forgotten at [\d: -]+, act 1$/m);
      const act = await cli('forget', 'act', '1');
      expect(act.out).to.include('кандидат Хантфлоу № 2').and.include('restore');
      expect((await cli('audit', 'verify')).code).to.equal(0);
      expect((await cli('export', 'applicant', '3')).out).to.include(surname(3));
      expect((await cli('forget', 'applicant', '3', '--yes')).out).to.include('АКТ № 2 ');
      // Once more, from the same copy: both stay forgotten.
      expect((await cli('restore', copy, '--yes')).out).to.include('2 person(s) were forgotten after');
      for (const applicant of ['2', '3']) expect((await cli('export', 'applicant', applicant)).code).to.equal(1);
      expect((await cli('forget', 'act', '2')).out).to.include('кандидат Хантфлоу № 3');
    });
});
