import { expect } from 'chai';
import { GroupCommit } from '../../src/database/group-commit.ts';
import { ServingLock } from '../../src/database/sqlite/serving-lock.ts';
import { Workspace } from '../support/workspace.ts';

describe('a group commit', () => {
  it('writes together what comes in one turn, in order, and what comes meanwhile next', async () => {
    const batches: number[][] = [];
    const commits = new GroupCommit<number, string>(
      async (items) => {
        batches.push([...items]);
        await new Promise((resolve) => setImmediate(resolve));
        return items.map(String);
      },
      true,
      4,
    );
    const first = [1, 2, 3, 4, 5].map((item) => commits.add(item));
    await first[0];
    expect(await Promise.all([...first, commits.add(6)])).to.deep.equal(['1', '2', '3', '4', '5', '6']);
    expect(batches[0]).to.deep.equal([1, 2, 3, 4]);
    expect(batches.flat()).to.deep.equal([1, 2, 3, 4, 5, 6]);
  });

  it('fails alone what cannot be written, and goes on afterwards', async () => {
    const commits = new GroupCommit<number, number>(async (items) => {
      if (items.includes(3)) throw new Error('not three');
      return [...items];
    });
    const settled = await Promise.allSettled([1, 2, 3, 4].map((item) => commits.add(item)));
    expect(settled.map(({ status }) => status)).to.deep.equal(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(await commits.add(5)).to.equal(5);
  });

  it('writes nothing for whoever has gone before it was begun', async () => {
    const written: number[] = [];
    const commits = new GroupCommit<number, number>(async (items) => {
      written.push(...items);
      return items;
    });
    const leaving = new AbortController();
    const settled = Promise.allSettled([commits.add(1), commits.add(2, leaving.signal), commits.add(3)]);
    leaving.abort(new Error('gone'));
    expect((await settled).map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected', 'fulfilled']);
    expect(written).to.deep.equal([1, 3]);
  });

  it('asks a locked database once for all of them', async () => {
    let asked = 0;
    const commits = new GroupCommit<number, number>(async () => {
      asked += 1;
      throw Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' });
    });
    const settled = await Promise.allSettled([1, 2, 3, 4].map((item) => commits.add(item)));
    expect([asked, settled.every(({ status }) => status === 'rejected')]).to.deep.equal([1, true]);
  });

  it('asks over one new connection when the old one was cut, and not for each item when the database is away', async () => {
    for (const [outages, expected] of [
      [1, 'fulfilled'],
      [99, 'rejected'],
    ] as const) {
      let asked = 0;
      const commit = new GroupCommit<number, number>(async (items) => {
        asked += 1;
        if (asked <= outages) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
        return items;
      });
      const ends = await Promise.allSettled([1, 2, 3, 4, 5].map((item) => commit.add(item)));
      expect(ends.map(({ status }) => status)).to.deep.equal([1, 2, 3, 4, 5].map(() => expected));
      expect(asked).to.equal(2);
    }
  });

  it('rejects rather than answers for an item that has no result', async () => {
    const commits = new GroupCommit<number, number>(async (items) => items.slice(1));
    expect((await Promise.allSettled([commits.add(1), commits.add(2)])).map(({ status }) => status)).to.deep.equal([
      'fulfilled',
      'rejected',
    ]);
  });
});

describe('the serving lock', () => {
  it('is held by one at a time, refused at once, and free after release', () => {
    const workspace = new Workspace();
    const path = workspace.path('deep', 'connector.db');
    const first = ServingLock.take(path);
    const began = performance.now();
    expect(ServingLock.take(path)).to.equal(undefined);
    expect(performance.now() - began, 'no wait for the holder').to.be.below(4_000);
    first?.release();
    const second = ServingLock.take(path);
    expect(second).not.to.equal(undefined);
    second?.release();
    workspace.remove();
  });
});
