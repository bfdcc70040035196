import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
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
