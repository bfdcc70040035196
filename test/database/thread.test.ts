import { expect } from 'chai';
import { sql } from 'kysely';
import { Database } from '../../src/database/database.ts';
import { isOutage } from '../../src/database/outage.ts';
import { errorCode } from '../../src/process/error-code.ts';
import { endThread, keepNumber, keepTwice } from '../support/procedures.ts';
import { Workspace } from '../support/workspace.ts';

describe('a database that is written in a thread of its own', function () {
  this.timeout(30_000);
  let workspace: Workspace;
  let database: Database;

  beforeEach(async () => {
    workspace = new Workspace();
    database = new Database(`sqlite:${workspace.path('thread.db')}`);
    await sql`create table kept (number int)`.execute(database.queries);
    await sql`create table single (number int unique)`.execute(database.queries);
    database.serve();
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

  it('fails alone what cannot be written, and writes what shared its transaction', async () => {
    const ends = await Promise.allSettled([1, -2, 3].map((number) => database.call(keepNumber, number)));
    expect(ends.map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected', 'fulfilled']);
    expect(await kept()).to.deep.equal([1, 3]);
  });

  it('tells the name and the code of an error', async () => {
    expect(await failure(database.call(keepNumber, -1))).to.include({ name: 'RangeError', message: 'not below zero' });
    expect(errorCode(await failure(database.call(keepTwice, 1)))).to.equal('SQLITE_CONSTRAINT_UNIQUE');
  });

  it('takes turns with the transactions and the single statements of this thread: none is told that the file is locked', async () => {
    const works: Promise<unknown>[] = [];
    for (let number = 0; number < 40; number += 1) {
      works.push(database.call(keepNumber, number));
      works.push(
        database.transaction(async (transaction) => {
          await sql`insert into kept values (${100 + number})`.execute(transaction);
          await new Promise((resolve) => setImmediate(resolve));
          await sql`insert into kept values (${200 + number})`.execute(transaction);
        }),
      );
      works.push(sql`insert into kept values (${300 + number})`.execute(database.queries));
    }
    await Promise.all(works);
    expect((await kept()).toSorted((a, b) => a - b)).to.deep.equal(
      [0, 100, 200, 300].flatMap((from) => Array.from({ length: 40 }, (_, number) => from + number)),
    );
  });

  it('gives the turn back when a transaction or a statement of this thread fails', async () => {
    await database.call(keepNumber, 1);
    await failure(
      database.transaction(async (transaction) => {
        await sql`insert into kept values (2)`.execute(transaction);
        throw new Error('changed my mind');
      }),
    );
    await failure(sql`insert into nowhere values (3)`.execute(database.queries));
    await database.call(keepNumber, 4);
    expect(await kept()).to.deep.equal([1, 4]);
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
