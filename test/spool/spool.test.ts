import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { expect } from 'chai';
import { Spool } from '../../src/spool/spool.ts';
import { Workspace } from '../support/workspace.ts';

const key = Buffer.alloc(32, 7);

describe('the spool', () => {
  let workspace: Workspace;
  let spool: Spool;

  const opened = async (with32 = key) => {
    const made = new Spool(workspace.path('spool'), with32);
    await made.open();
    return made;
  };
  const files = () => readdirSync(workspace.path('spool'));
  const drained = async (from: Spool) => {
    const taken: string[] = [];
    while (await from.takeOldest(async (entries) => void taken.push(...entries.map(String))));
    return taken;
  };

  beforeEach(async () => {
    workspace = new Workspace();
    spool = await opened();
  });

  afterEach(async () => {
    await spool.close();
    workspace.remove();
  });

  it('gives back what it took, in order, over a restart, and holds none of it readable', async () => {
    for (let group = 0; group < 3; group += 1)
      await Promise.all(Array.from({ length: 5 }, (_, index) => spool.add(Buffer.from(`marker ${group}${index}`))));
    expect(spool.waiting).to.equal(15);
    for (const file of files()) expect(readFileSync(workspace.path('spool', file)).includes('marker')).to.equal(false);
    spool = await opened();
    expect(spool.waiting).to.equal(15);
    await spool.add(Buffer.from('later'));
    expect(await drained(spool)).to.deep.equal([
      ...Array.from({ length: 15 }, (_, index) => `marker ${Math.floor(index / 5)}${index % 5}`),
      'later',
    ]);
    expect([spool.isEmpty, spool.waiting, files()]).to.deep.equal([true, 0, []]);
  });

  it('keeps what could not be handed over, and takes more meanwhile', async () => {
    await spool.add(Buffer.from('one'));
    let failed = false;
    await spool
      .takeOldest(async () => {
        await spool.add(Buffer.from('two'));
        throw new Error('the database is away');
      })
      .catch(() => (failed = true));
    expect(failed).to.equal(true);
    expect(await drained(spool)).to.deep.equal(['one', 'two']);
  });

  it('leaves out an entry that was torn by a crash, and no other', async () => {
    await spool.add(Buffer.from('whole'));
    await spool.add(Buffer.from('torn'));
    await spool.close();
    const [file = ''] = files();
    const path = workspace.path('spool', file);
    truncateSync(path, readFileSync(path).length - 3);
    spool = await opened();
    expect(await drained(spool)).to.deep.equal(['whole']);
  });

  it('refuses what a full disk has no room for, keeps nothing half of it, and takes more when there is room', async () => {
    await spool.add(Buffer.from('before'));
    const handle = await open(workspace.path('any'), 'w');
    const owner: object = Object.getPrototypeOf(handle);
    await handle.close();
    const original: unknown = Reflect.get(owner, 'write');
    if (typeof original !== 'function') throw new Error('a file handle writes');
    let room = 10;
    // As a disk with ten bytes left takes them: some, then none.
    Reflect.set(owner, 'write', function (this: unknown, bytes: Buffer, from: number, length: number, at: number) {
      if (room === 0) return Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' }));
      const written = Math.min(room, length);
      room -= written;
      return Reflect.apply(original, this, [bytes, from, written, at]);
    });
    try {
      const refused = await Promise.allSettled([spool.add(Buffer.from('one')), spool.add(Buffer.from('two'))]);
      expect(refused.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected']);
    } finally {
      Reflect.set(owner, 'write', original);
    }
    await spool.add(Buffer.from('after'));
    await spool.close();
    spool = await opened();
    expect(await drained(spool)).to.deep.equal(['before', 'after']);
    expect(files()).to.deep.equal([]);
  });

  it('keeps a damaged file beside it', async () => {
    await spool.add(Buffer.from('good'));
    await spool.add(Buffer.from('changed'));
    await spool.close();
    const [file = ''] = files();
    const path = workspace.path('spool', file);
    const bytes = readFileSync(path);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    writeFileSync(path, bytes);
    spool = await opened();
    expect(await drained(spool)).to.deep.equal(['good']);
    expect(files()).to.deep.equal([`${file}.damaged`]);
  });
});
