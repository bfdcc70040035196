import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { Csv } from '../../adapters/csv.ts';
import { OnecXml } from '../../adapters/onec-xml.ts';
import { adapterErrorKind, UnavailableError } from '../../src/adapter.ts';
import { WrittenFolder } from '../../src/targets/written-folder.ts';
import { failureOf } from '../conformance/adapter.ts';
import { deliveryOf, toolsIn } from '../support/delivery-context.ts';
import type { TestTools } from '../support/delivery-context.ts';

describe('a folder on a share', () => {
  let tools: TestTools;

  beforeEach(() => {
    tools = toolsIn();
    mkdirSync(tools.resolvePath('proc'));
    mkdirSync(tools.resolvePath('share'));
  });

  afterEach(() => tools.dispose());

  const disk = '1 0 8:1 / / rw - ext4 /dev/sda1 rw';
  const table = (...lines: readonly string[]) =>
    writeFileSync(tools.resolvePath('proc/mountinfo'), `${[disk, ...lines].join('\n')}\n`);
  const share = (source = '//server/hr', device = '0:51', type = 'cifs') =>
    `2 1 ${device} / ${tools.resolvePath('share')} rw - ${type} ${source} rw`;
  const folder = (path = 'share', create = false) =>
    new WrittenFolder({
      target: 'staff-csv',
      folder: tools.resolvePath(path),
      create,
      stateFolder: tools.stateFolder,
      proc: tools.resolvePath('proc'),
    });
  async function refusal(of: WrittenFolder): Promise<string> {
    const error = await failureOf(of.open());
    expect(adapterErrorKind(error)).to.equal('unavailable');
    expect((await of.problem())?.en).to.equal(error.text.en);
    return error.text.en;
  }

  it('is remembered, and the bare disk under its mount point takes nothing', async () => {
    table(share());
    await folder().open();
    table();
    expect(await refusal(folder())).to.match(
      /the disk here was \/\/server\/hr \(cifs, .*share\), and now it is \/dev\/sda1 \(ext4, \/\)\..* targets confirm staff-csv/,
    );
    table(share('//server/hr', '0:99'));
    await folder().open();
  });

  it('is another one by source or type, until a person confirms it', async () => {
    table(share());
    await folder().open();
    for (const other of [share('//other/hr'), share('//server/hr', '0:51', 'nfs4')]) {
      table(other);
      await refusal(folder());
    }
    expect((await folder().confirm())?.type).to.equal('nfs4');
    await folder().open();
  });

  it('is not made on the disk below while it is away', async () => {
    table(share());
    await folder('share/drop', true).open();
    expect(existsSync(tools.resolvePath('share/drop'))).to.equal(true);
    rmSync(tools.resolvePath('share/drop'), { recursive: true });
    table();
    await refusal(folder('share/drop', true));
    expect(existsSync(tools.resolvePath('share/drop'))).to.equal(false);
  });

  it('is noted at the start, before anything is written', async () => {
    table(share());
    await folder().remember();
    table();
    await refusal(folder());
    await folder('not-there').remember();
  });

  it('waits for the automounter', async () => {
    table(`2 1 0:50 / ${tools.resolvePath('share')} rw - autofs systemd-1 rw`);
    expect(await refusal(folder())).to.include('did not get mounted');
  });

  it('is asked about when what was remembered cannot be read', async () => {
    table(share());
    await folder().open();
    writeFileSync(join(tools.stateFolder(), 'mount.json'), '{"point":');
    expect(await refusal(folder())).to.include('targets confirm staff-csv');
    await folder().confirm();
    await folder().open();
  });

  it('is not judged where the system tells of no mounts', async () => {
    await folder().open();
    expect(await folder().confirm()).to.equal(undefined);
    expect(existsSync(join(tools.stateFolder(), 'mount.json'))).to.equal(false);
  });
});

describe('a share that drops off under an adapter', function () {
  this.timeout(20_000);
  let tools: TestTools;
  const mount = (...args: readonly string[]) => spawnSync('mount', args).status === 0;
  const unmount = () => spawnSync('umount', [tools.resolvePath('share')]).status === 0;

  beforeEach(function () {
    tools = toolsIn();
    mkdirSync(tools.resolvePath('share'));
    // Mounting asks for root; where it is not allowed the table above stands in.
    if (!mount('-t', 'tmpfs', 'hr-share', tools.resolvePath('share'))) this.skip();
  });

  afterEach(() => {
    while (unmount());
    tools.dispose();
  });

  it('is full, which check says', async function () {
    if (!mount('-o', 'remount,size=64k', tools.resolvePath('share'))) this.skip();
    const folder = new WrittenFolder({
      target: 'staff-csv',
      folder: tools.resolvePath('share'),
      create: false,
      stateFolder: tools.stateFolder,
    });
    expect(await folder.problem()).to.equal(undefined);
    writeFileSync(tools.resolvePath('share/filler'), Buffer.alloc(64 * 1024));
    expect((await folder.problem())?.en)
      .to.include('the disk is full')
      .and.include('ENOSPC');
  });

  const adapters = {
    csv: (settings: Readonly<Record<string, unknown>>) =>
      new Csv(Csv.settings.cast({ folder: 'share', name: 'rows.csv', ...settings }), tools),
    'onec-xml': (settings: Readonly<Record<string, unknown>>) =>
      new OnecXml(OnecXml.settings.cast({ folder: 'share', name: '{id}.xml', ...settings }), tools),
  };
  const records = { csv: { n: 'ROW' }, 'onec-xml': { root: 'Hire', content: { n: 'ROW' } } };

  for (const name of ['csv', 'onec-xml'] as const) {
    for (const settings of [{}, { folder: 'share/drop', create: true }]) {
      it(`${name} ${JSON.stringify(settings)}: nothing is written below, and all goes on when it is back`, async () => {
        const adapter = adapters[name](settings);
        const put = async (id: number) => Reflect.apply(adapter.deliver, adapter, [records[name], deliveryOf(id)]);
        try {
          await put(1);
          expect(unmount()).to.equal(true);
          const error: unknown = await put(2).catch((reason: unknown) => reason);
          expect(error).to.be.instanceOf(UnavailableError);
          expect(readdirSync(tools.resolvePath('share'))).to.deep.equal([]);
          mount('-t', 'tmpfs', 'hr-share', tools.resolvePath('share'));
          await put(2);
          const drop = tools.resolvePath(settings.folder ?? 'share');
          const written = readdirSync(drop).map((file) => readFileSync(join(drop, file), 'utf8'));
          expect(written.join('').match(/ROW/g)).to.have.length(1);
        } finally {
          await adapter.close();
        }
      });
    }
  }
});
