import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { DamagedLockError, ServingLock } from '../../src/database/sqlite/serving-lock.ts';
import { Workspace } from '../support/workspace.ts';

describe('the lock of a served file', () => {
  let workspace: Workspace;
  let file: string;

  beforeEach(() => {
    workspace = new Workspace();
    file = workspace.path('var', 'connector.db');
  });
  afterEach(() => workspace.remove());

  it('is held by one, however often others try, until it is released', () => {
    const lock = ServingLock.take(file);
    expect(lock).to.be.instanceOf(ServingLock);
    for (let time = 0; time < 3; time += 1) expect(ServingLock.take(file)).to.equal(undefined);
    lock?.release();
    const next = ServingLock.take(file);
    expect(next).to.be.instanceOf(ServingLock);
    next?.release();
  });

  it('that is damaged is not taken for a living owner: a sentence says what to do', () => {
    mkdirSync(workspace.path('var'));
    writeFileSync(`${file}.lock`, 'x'.repeat(5000));
    expect(() => ServingLock.take(file))
      .to.throw(DamagedLockError)
      .with.property('message')
      .that.matches(/connector\.db\.lock: .*nobody holds it.*SQLITE_NOTADB.*delete it and start again/);
  });

  it('of another user is not called free: nobody is told to delete it', function () {
    if (process.getuid?.() !== 0) this.skip();
    mkdirSync(workspace.path('var'));
    writeFileSync(`${file}.lock`, '', { mode: 0o600 });
    chmodSync(workspace.folder, 0o755);
    process.seteuid?.(65_534);
    try {
      expect(() => ServingLock.take(file))
        .to.throw(DamagedLockError)
        .with.property('message')
        .that.matches(/connector\.db\.lock: .*belongs to another user.*start as the user of the service/);
    } finally {
      process.seteuid?.(0);
    }
  });

  it('whose place something else has taken is told in the same words', () => {
    mkdirSync(`${file}.lock`, { recursive: true });
    expect(() => ServingLock.take(file)).to.throw(DamagedLockError, 'connector.db.lock');
    rmSync(`${file}.lock`, { recursive: true });
    symlinkSync(workspace.path('nowhere', 'at', 'all'), `${file}.lock`);
    expect(() => ServingLock.take(file)).to.throw(DamagedLockError, 'connector.db.lock');
  });
});
