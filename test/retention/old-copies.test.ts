import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import BetterSqlite from 'better-sqlite3';
import { expect } from 'chai';
import { clearDraftsBeside, saveCopy } from '../../src/database/sqlite/backup.ts';
import { clearCopies, clearPlainCopies } from '../../src/retention/old-copies.ts';
import { Workspace } from '../support/workspace.ts';

const day = 86_400_000;
const id = '0b5c9a52-3c1e-4d0f-9d5e-6f2a3b4c5d6e';

describe('copies of a database beside it', () => {
  let workspace: Workspace;
  let file: string;

  beforeEach(() => {
    workspace = new Workspace();
    file = workspace.path('connector.db');
    database('connector.db');
  });
  afterEach(() => workspace.remove());

  function database(name: string, marks: Readonly<Record<string, string>> = {}): void {
    const made = new BetterSqlite(workspace.path(name));
    made.exec('create table privacy (name text, value text); create table events (id); create table deliveries (id)');
    for (const [mark, value] of Object.entries(marks))
      made.prepare('insert into privacy values (?, ?)').run(mark, value);
    made.close();
  }
  const rest = () => readdirSync(workspace.folder).toSorted();
  const named = (time: number) => new Date(time).toISOString().replaceAll(/[:.]/g, '-');

  it('go by when they were made, not by how old the data in them is', async () => {
    const now = Date.now();
    const [young, old] = [named(now - 2 * day), named(now - 40 * day)];
    const copies = [`before-restore-${young}`, `before-upgrade-0007-people-${young}`];
    const gone = [`before-restore-${old}`, `before-restore-${old}-wal`, `before-upgrade-0007-people-${old}`];
    for (const name of [...copies, ...gone]) writeFileSync(`${file}.${name}`, '');
    // Nobody had written to what was put aside for years; and what went through a backup of the folder is young again.
    for (const name of copies) utimesSync(`${file}.${name}`, 1, 1);
    expect(await clearCopies(file, now - 30 * day)).to.equal(3);
    expect(rest()).to.deep.equal(['connector.db', ...copies.map((name) => `connector.db.${name}`)]);
  });

  it('go when the database is sealed, unless all was sealed in them too', async () => {
    const sealed = { check: 'x', cleaned: 'done' };
    database('connector.db.before-upgrade-clear');
    database('connector.db.before-upgrade-begun', { check: 'x' });
    database('connector.db.before-restore-again', { check: 'x', cleaned: 'again' });
    database('connector.db.before-upgrade-sealed', sealed);
    database('connector.db.before-restore-large', { check: 'x', cleaned: 'at start' });
    writeFileSync(`${file}.before-restore-damaged`, 'no database');
    await clearPlainCopies(file);
    expect(rest()).to.deep.equal([
      'connector.db',
      'connector.db.before-restore-large',
      'connector.db.before-upgrade-sealed',
    ]);
  });

  it('that were left half made go at the next start, and those of a backup with the next one', () => {
    const half = ['restored', 'restored-wal', 'restored-shm'].map((end) => `connector.db.${id}.${end}`);
    const upgrade = `connector.db.before-upgrade-0007-people.${id}.part`;
    const backup = `connector.db.monday.${id}.part`;
    const others = ['connector.db.restored', `other.db.${id}.restored`, 'film.part', `notes.${id}.txt`];
    for (const name of [...half, upgrade, backup, ...others]) writeFileSync(workspace.path(name), '');
    clearDraftsBeside(file);
    expect(rest()).to.deep.equal(['connector.db', backup, ...others].toSorted());
    // One of today may be at work.
    saveCopy(file, workspace.path('tuesday.db'));
    expect(rest()).to.include(backup);
    utimesSync(workspace.path(backup), 1, 1);
    saveCopy(file, workspace.path('wednesday.db'));
    expect(rest()).to.deep.equal(['connector.db', 'tuesday.db', 'wednesday.db', ...others].toSorted());
  });
});
