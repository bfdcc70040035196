import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'chai';
import { Csv } from '../../../adapters/csv.ts';
import { type Naming, placeFile } from '../../../adapters/drop/place-file.ts';
import { OnecXml } from '../../../adapters/onec-xml.ts';
import { adapterErrorKind } from '../../../src/adapter.ts';
import { failureOf } from '../../conformance/adapter.ts';
import { deliveryOf, toolsIn } from '../../support/delivery-context.ts';
import type { TestTools } from '../../support/delivery-context.ts';

const refusing = (code: string) => async (): Promise<never> => {
  throw Object.assign(new Error(code), { code });
};

describe('a share that cannot flush', () => {
  let tools: TestTools;
  let handles: object;
  const own: Readonly<Record<string, PropertyDescriptor | undefined>>[] = [];

  /** All handles of Node share one prototype: what it answers is what the share answers. */
  function answer(methods: Readonly<Record<string, () => Promise<never>>>): void {
    for (const [name, value] of Object.entries(methods)) {
      own.push({ [name]: Object.getOwnPropertyDescriptor(handles, name) });
      Object.defineProperty(handles, name, { value, configurable: true, writable: true });
    }
  }

  beforeEach(async () => {
    tools = toolsIn();
    const handle = await open(tools.root, 'r');
    handles = Object.getPrototypeOf(handle);
    await handle.close();
  });

  afterEach(() => {
    for (const kept of own.splice(0))
      for (const [name, descriptor] of Object.entries(kept))
        if (descriptor !== undefined) Object.defineProperty(handles, name, descriptor);
    tools.dispose();
  });

  const adapters = {
    'csv, append': () => new Csv(Csv.settings.cast({ folder: 'drop', create: true, name: 'rows.csv' }), tools),
    'csv, file': () => new Csv(Csv.settings.cast({ folder: 'drop', create: true, mode: 'file' }), tools),
    'onec-xml': () => new OnecXml(OnecXml.settings.cast({ folder: 'drop', create: true }), tools),
  };
  const record = { root: 'Hire', content: 'x' };
  const drop = () => path.join(tools.root, 'drop');
  const content = () => readdirSync(drop()).map((name) => readFileSync(path.join(drop(), name), 'utf8'));

  for (const [name, make] of Object.entries(adapters)) {
    for (const code of ['EINVAL', 'ENOTSUP', 'EPERM', 'EBADF', 'EISDIR', 'EACCES', 'ENOSYS', 'EIO']) {
      it(`a folder (${code}) has taken what it has: ${name}`, async () => {
        answer({ sync: refusing(code) });
        const adapter = make();
        for (const id of [1, 2]) await Reflect.apply(adapter.deliver, adapter, [record, deliveryOf(id)]);
        const before = content();
        expect((await Reflect.apply(adapter.deliver, adapter, [record, deliveryOf(2)])).summary).to.equal(
          'already there',
        );
        expect(content()).to.deep.equal(before);
        await adapter.close();
      });
    }

    it(`nor its files has taken them all the same: ${name}`, async () => {
      answer({ sync: refusing('EINVAL'), datasync: refusing('EINVAL') });
      const adapter = make();
      await Reflect.apply(adapter.deliver, adapter, [record, deliveryOf(1)]);
      expect(content()).to.have.length(1);
      await adapter.close();
    });
  }

  it('but says that it lost a file is believed', async () => {
    const adapter = adapters['onec-xml']();
    await adapter.deliver(record, deliveryOf(1));
    answer({ datasync: refusing('EIO') });
    expect(adapterErrorKind(await failureOf(adapter.deliver(record, deliveryOf(2))))).to.equal('unavailable');
    expect(readdirSync(drop())).to.deep.equal(['test-target-1.xml']);
    await adapter.close();
  });
});

describe('a name', () => {
  let tools: TestTools;
  let hidden: string;
  let file: string;

  beforeEach(() => {
    tools = toolsIn();
    mkdirSync(tools.resolvePath('drop'));
    hidden = tools.resolvePath('drop/.hidden');
    file = tools.resolvePath('drop/file');
    writeFileSync(hidden, 'ours');
  });

  afterEach(() => tools.dispose());

  const rename = async (from: string, to: string): Promise<void> => renameSync(from, to);
  const link = async (from: string, to: string): Promise<void> => linkSync(from, to);

  for (const code of ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL', 'EACCES', 'EMLINK']) {
    it(`is given, and never taken from another, where there are no hard links (${code})`, async () => {
      const system: Naming = { link: refusing(code), rename };
      expect(await placeFile(hidden, file, system)).to.equal('placed');
      expect(existsSync(hidden)).to.equal(false);
      writeFileSync(hidden, 'another');
      expect(await placeFile(hidden, file, system)).to.equal('taken');
      expect([readFileSync(file, 'utf8'), readFileSync(hidden, 'utf8')]).to.deep.equal(['ours', 'another']);
    });
  }

  it('is ours when the share says that it is there already, for it repeated the request itself', async () => {
    const twice: Naming = {
      link: async (from, to) => {
        linkSync(from, to);
        linkSync(from, to);
      },
      rename,
    };
    expect(await placeFile(hidden, file, twice)).to.equal('placed');
    expect(readdirSync(tools.resolvePath('drop'))).to.deep.equal(['file']);
  });

  it('is asked for again while another program holds the folder', async () => {
    let busy = 2;
    const system: Naming = {
      link: (from, to) => {
        busy -= 1;
        return busy >= 0 ? refusing('EBUSY')() : link(from, to);
      },
      rename,
    };
    expect(await placeFile(hidden, file, system)).to.equal('placed');
  });

  it('is not given when the disk is full or the share is gone', async () => {
    for (const code of ['ENOSPC', 'EROFS', 'ESTALE', 'EIO']) {
      const failed = await placeFile(hidden, file, { link: refusing(code), rename }).catch((error: unknown) => error);
      expect(failed).to.have.property('code', code);
    }
    expect(readdirSync(tools.resolvePath('drop'))).to.deep.equal(['.hidden']);
  });
});
