import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { isOnlyPromised, mountOf } from '../../src/process/mount.ts';
import { Workspace } from '../support/workspace.ts';

describe('the mount under a folder', () => {
  let workspace: Workspace;
  let root: string;

  beforeEach(() => {
    workspace = new Workspace();
    root = workspace.folder;
    mkdirSync(workspace.path('proc'));
    mkdirSync(workspace.path('mnt', 'hr share', 'drop'), { recursive: true });
  });

  afterEach(() => workspace.remove());

  /** Lines are `id parent point type source`, with the blanks of a point written as the kernel does. */
  async function mounted(lines: readonly string[], folder = workspace.path('mnt', 'hr share', 'drop')) {
    const table = lines.map((line) => {
      const [id, parent, point, type, source] = line.split(' ');
      return `${id} ${parent} 0:${id} / ${point} rw,relatime shared:1 master:2 - ${type} ${source} rw`;
    });
    writeFileSync(workspace.path('proc', 'mountinfo'), `${table.join('\n')}\n`);
    return mountOf(folder, workspace.path('proc'));
  }

  const escaped = (path: string) => `${root}${path}`.replaceAll(' ', '\\040');
  const disk = '1 0 / ext4 /dev/sda1';
  const share = () => `2 1 ${escaped('/mnt/hr share')} cifs //server/hr\\040files`;

  it('is the nearest one above it, by its decoded names', async () => {
    expect(await mounted([disk])).to.deep.equal({ point: '/', type: 'ext4', source: '/dev/sda1' });
    expect(await mounted([disk, share()])).to.deep.equal({
      point: `${root}/mnt/hr share`,
      type: 'cifs',
      source: '//server/hr files',
    });
    expect((await mounted([disk, `2 1 ${escaped('/mnt/hr')} cifs x`]))?.point).to.equal('/');
  });

  it('is the uppermost of a stack, and none that a later mount further up has hidden', async () => {
    const point = escaped('/mnt/hr share');
    expect((await mounted([disk, `2 1 ${point} autofs systemd-1`, `3 2 ${point} nfs4 server:/hr`]))?.type).to.equal(
      'nfs4',
    );
    expect((await mounted([disk, share(), `3 1 ${escaped('/mnt')} tmpfs hides`]))?.source).to.equal('hides');
    expect((await mounted([disk, `2 1 ${escaped('/mnt')} tmpfs below`, `3 2 ${point} cifs //a/b`]))?.type).to.equal(
      'cifs',
    );
  });

  it('may stand in a table whose root is a container, a changed root, or out of order', async () => {
    expect((await mounted([share(), '1 99 / overlay overlay']))?.type).to.equal('cifs');
    expect((await mounted(['1 99 / overlay overlay']))?.source).to.equal('overlay');
    expect(
      (await mounted([`7 5 ${escaped('/mnt')} ext4 /dev/sdb1`, `8 7 ${escaped('/mnt/hr share')} nfs4 s:/x`]))?.type,
    ).to.equal('nfs4');
  });

  it('is found through a link to the folder', async () => {
    symlinkSync(workspace.path('mnt', 'hr share'), workspace.path('link'));
    expect((await mounted([disk, share()], workspace.path('link', 'drop')))?.type).to.equal('cifs');
  });

  it('is but a promise while the automounter stands alone', async () => {
    const mount = await mounted([disk, `2 1 ${escaped('/mnt/hr share')} autofs /etc/auto.hr`]);
    expect(mount && isOnlyPromised(mount)).to.equal(true);
  });

  it('is not told by a system without such a table, nor by a table that is none', async () => {
    expect(await mountOf(root, workspace.path('no-proc'))).to.equal(undefined);
    expect(await mounted(['rubbish'])).to.equal(undefined);
  });

  it('is asked of a folder that has to be there', async () => {
    const failed = await mounted([disk], workspace.path('missing')).catch((error: unknown) => error);
    expect(failed).to.have.property('code', 'ENOENT');
  });
});
