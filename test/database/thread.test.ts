import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import { sql } from 'kysely';
import { Database } from '../../src/database/database.ts';
import { isOutage } from '../../src/database/outage.ts';
import { errorCode } from '../../src/process/error-code.ts';
import { Procedure } from '../../src/database/procedure.ts';
import { endThread, keepNumber, keepTwice, raw, runSql } from '../support/procedures.ts';
import { startTestWriter } from '../support/writer.ts';
import { Workspace } from '../support/workspace.ts';

describe('a database that is written in a thread of its own', function () {
  this.timeout(30_000);
  let workspace: Workspace;
  let database: Database;

  beforeEach(async () => {
    workspace = new Workspace();
    database = new Database(`sqlite:${workspace.path('thread.db')}`, { startWriter: startTestWriter });
    await database.call(runSql, 'create table kept (number int)');
    await database.call(runSql, 'create table single (number int unique)');
    await database.serve();
  });

  afterEach(async () => {
    await database.close();
    workspace.remove();
  });

  const kept = async () =>
    (await sql<{ number: number }>`select number from kept order by rowid`.execute(database.queries)).rows.map(
      ({ number }) => number,
    );
  const failure = (call: Promise<unknown>) =>
    call.then(
      () => expect.fail('it succeeded'),
      (error: unknown) => error,
    );

  it('does what is called in the order of the calls, and shows it to everybody once it resolves', async () => {
    const counts = await Promise.all([1, 2, 3, 4, 5].map((number) => database.call(keepNumber, number)));
    expect(counts).to.deep.equal([1, 2, 3, 4, 5]);
    expect(await kept()).to.deep.equal([1, 2, 3, 4, 5]);
  });

  it('leaves one file, whole, when it is closed', async () => {
    await database.call(keepNumber, 1);
    expect(await kept()).to.deep.equal([1]);
    await database.close();
    expect(readdirSync(workspace.folder)).to.deep.equal(['thread.db']);
  });

  it('fails alone what cannot be written, and writes what shared its transaction', async () => {
    const ends = await Promise.allSettled([1, -2, 3].map((number) => database.call(keepNumber, number)));
    expect(ends.map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected', 'fulfilled']);
    expect(await kept()).to.deep.equal([1, 3]);
  });

  it('tells the name and the code of an error', async () => {
    expect(await failure(database.call(keepNumber, -1))).to.include({ name: 'RangeError', message: 'not below zero' });
    expect(errorCode(await failure(database.call(keepTwice, 1)))).to.equal('SQLITE_CONSTRAINT_UNIQUE');
  });

  it('reads what the thread has committed over a connection that cannot write', async () => {
    await database.call(keepNumber, 1);
    expect(errorCode(await failure(raw(database.reads, 'insert into kept values (2)')))).to.equal('SQLITE_READONLY');
    expect(errorCode(await failure(sql`delete from kept`.execute(database.queries)))).to.equal('SQLITE_READONLY');
    expect(await kept()).to.deep.equal([1]);
  });

  it('refuses a procedure that its writer does not list, and values that cannot cross over, each alone', async () => {
    const stranger = new Procedure('stranger', async (_transaction, _values: unknown) => undefined);
    const ends = await Promise.allSettled([
      database.call(keepNumber, 1),
      database.call(stranger, () => undefined),
      database.call(stranger, 1),
      database.call(keepNumber, 2),
    ]);
    expect(ends.map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(await kept()).to.deep.equal([1, 2]);
  });

  it('takes what is asked in the next turn into the same commit', async () => {
    const first = database.call(keepNumber, 1);
    await new Promise((resolve) => setImmediate(resolve));
    const ends = await Promise.allSettled([first, database.call(endThread, 2)]);
    expect(ends.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected']);
    expect(await kept(), 'both or none').to.deep.equal([]);
  });

  it('calls it an outage when the thread dies, keeps nothing of what was under way, and goes on with another one', async () => {
    await database.call(keepNumber, 1);
    const ends = await Promise.allSettled([database.call(endThread, 2), database.call(keepNumber, 3)]);
    for (const end of ends) expect(end.status === 'rejected' && isOutage(end.reason)).to.equal(true);
    expect(await database.call(keepNumber, 4)).to.equal(2);
    expect(await kept()).to.deep.equal([1, 4]);
  });

  it('finishes what was called before it is closed, and refuses what is called after', async () => {
    const called = [1, 2, 3].map((number) => database.call(keepNumber, number));
    await database.close();
    expect(await Promise.all(called)).to.deep.equal([1, 2, 3]);
    expect(isOutage(await failure(database.call(keepNumber, 4)))).to.equal(true);
  });
});
