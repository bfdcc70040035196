import { readdirSync, statSync } from 'node:fs';
import BetterSqlite from 'better-sqlite3';
import { expect } from 'chai';
import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { Database } from '../../src/database/database.ts';
import { migrationNames } from '../../src/database/migrate.ts';
import * as road from '../../src/database/migrations/0001-road.ts';
import { contentsOf } from '../../src/database/sqlite/backup.ts';
import { sqliteDialect } from '../../src/database/sqlite/dialect.ts';
import { openToWrite } from '../../src/database/sqlite/open.ts';
import { copyBeforeUpgrade } from '../../src/database/sqlite/upgrade-copy.ts';
import { Service, writeFiles } from '../support/service.ts';
import { command } from '../support/serving.ts';
import { Workspace } from '../support/workspace.ts';

describe('the schema', function () {
  this.timeout(60_000);
  let workspace: Workspace;
  let config: string;
  let file: string;

  const run = (...args: readonly string[]) => command([...args, '--config', config], {}, workspace.folder);

  beforeEach(() => {
    workspace = new Workspace();
    config = writeFiles(workspace);
    file = workspace.path('var', 'connector.db');
  });

  afterEach(() => workspace.remove());

  async function make(): Promise<void> {
    const database = new Database(`sqlite:${file}`);
    await database.migrate();
    await database.close();
  }

  /** As the version before left it; whatever the last migration made stays, nobody looks. */
  function alter(statement: string): void {
    const database = new BetterSqlite(file);
    database.exec(statement);
    database.close();
  }

  it('is made by whoever comes first, and by no command that does without', async () => {
    expect((await run('test')).code).to.equal(0);
    expect(readdirSync(workspace.folder)).not.to.include('var');
    expect((await run('events', 'list', '--json')).out).to.equal('{"items":[],"next":null}\n');
  });

  it('of another version is left alone by commands, which say what they need', async () => {
    await make();
    const last = migrationNames.at(-1) ?? '';
    alter(`delete from kysely_migration where name = '${last}'`);
    const older = await run('events', 'list');
    expect(older.code).to.equal(1);
    expect(older.err).to.include(`this version needs the schema ${last}, and the database has`);
    alter(`insert into kysely_migration (name, timestamp) values ('9999-later', '')`);
    const newer = await run('events', 'list');
    expect(newer.code).to.equal(1);
    expect(newer.err).to.include('written by a newer version');
    const served = await run('serve');
    expect(served.code, 'systemd starts nothing again after it').to.equal(78);
    expect(served.err).to.include('written by a newer version');
  });

  it('is copied by the service before it is brought up to date, and two copies stay', async () => {
    const old = new Kysely<unknown>({ dialect: sqliteDialect(() => openToWrite(file)) });
    const { error } = await new Migrator({
      db: old,
      provider: { getMigrations: async () => ({ '0001-road': road }) },
    }).migrateToLatest();
    expect(error).to.equal(undefined);
    await old.destroy();
    for (const time of [1000, 2000]) copyBeforeUpgrade(file, '0000-none', time);
    const service = await Service.start({}, {}, workspace);
    await service.app.stop();
    expect((await run('events', 'list')).code).to.equal(0);
    const copies = readdirSync(workspace.path('var')).filter((name) => name.includes('.before-upgrade-'));
    expect(copies).to.have.length(2);
    expect(copies.some((name) => /^connector\.db\.before-upgrade-0001-road-\d{4}-/.test(name))).to.equal(true);
    for (const name of copies) {
      expect(statSync(workspace.path('var', name)).mode & 0o777).to.equal(0o600);
      expect(contentsOf(workspace.path('var', name)).events).to.equal(0);
    }
  });
});
