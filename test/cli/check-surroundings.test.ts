import { createServer, type Server } from 'node:net';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { loadConfig } from '../../src/config/load-config.ts';
import { surroundingFaults } from '../../src/cli/surroundings.ts';
import { isSealedDatabase } from '../../src/database/sqlite/backup.ts';
import { makeKeyFile } from '../../src/people/key-file.ts';
import { until } from '../support/until.ts';
import { Service, writeFiles } from '../support/service.ts';
import { command } from '../support/serving.ts';
import { Workspace } from '../support/workspace.ts';

const adapterFile = `import { mixed, object, string } from 'yup';
import { type Adapter, type AdapterClass } from 'huntflow-connector/adapter';

class Own implements Adapter<unknown> {
  static readonly type = 'own';
  static readonly settings = object({ url: string().required() });
  static readonly record = mixed();

  constructor({ url }: { readonly url: string }) {
    if (url === 'bad') throw new Error('Петров Пётр');
  }

  deliver(): Promise<{ readonly summary: string }> {
    return Promise.resolve({ summary: 'done' });
  }
}

export default Own satisfies AdapterClass;
`;

describe('what a start needs of the machine', () => {
  const workspace = new Workspace();
  let holder: Server;

  after(() => {
    holder.close();
    workspace.remove();
  });

  async function faultsOf(config: Readonly<Record<string, unknown>>): Promise<string[]> {
    const { config: loaded, document } = loadConfig(writeFiles(workspace, { config, mappings: {} }), {});
    if (loaded === undefined) throw new Error('the config has faults');
    return (await surroundingFaults(loaded, document)).map(({ level, text }) => `${level} ${text.en}`);
  }

  it('is all there for a sound config', async () => {
    expect((await faultsOf({})).filter((text) => !text.includes('MB are free'))).to.deep.equal([]);
  });

  it('is named by check: the key of a database that is sealed', async () => {
    const folder = new Workspace();
    const config = { privacy: { keyFile: '../connector.key' } };
    makeKeyFile(folder.path('connector.key'));
    const service = await Service.start({ config }, {}, folder);
    await until('all is sealed', () => isSealedDatabase(folder.path('var', 'connector.db')));
    await service.app.stop();
    const faultsWith = async (given: Readonly<Record<string, unknown>>) => {
      const { config: loaded, document } = loadConfig(writeFiles(folder, { config: given, mappings: {} }), {});
      if (loaded === undefined) throw new Error('the config has faults');
      return (await surroundingFaults(loaded, document)).map(({ level, text }) => `${level} ${text.en}`).join('\n');
    };
    expect(await faultsWith({})).to.include(
      'error the data of this database is sealed, and privacy.keyFile is not set',
    );
    expect(await faultsWith(config)).not.to.include('keyFile');
    rmSync(folder.path('connector.key'));
    makeKeyFile(folder.path('connector.key'));
    expect(await faultsWith(config)).to.match(/^error the keys of privacy\.keyFile do not fit the key store/m);
    folder.remove();
  });

  it('is named by check: a port that another program has, an address of another machine, no place for the database', async () => {
    holder = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => holder.once('listening', resolve));
    const address = holder.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    writeFileSync(workspace.path('file'), '');
    const found = await faultsOf({
      server: { port },
      console: { host: '203.0.113.7', port: 18_081 },
      database: { url: `sqlite:${workspace.path('file', 'c.db')}` },
    });
    const all = found.join('\n');
    expect(all).to.match(new RegExp(`warning another program \\(.*\\) has port ${port} on 127\\.0\\.0\\.1`));
    expect(all).to.match(/warning this machine has no address or name 203\.0\.113\.7/);
    expect(all).to.match(/error \S+: the database cannot be written here \(ENOTDIR\)/);
  });
});

describe('a port that a huntflow-connector has', function () {
  this.timeout(30_000);

  it('is free for the folder it serves, and taken for any other', async () => {
    const service = await Service.start();
    const other = new Workspace();
    const config = (port: string) => ({ config: { server: { port: Number(port) } }, mappings: {} });
    const port = new URL(service.url).port;
    const warnings = async (workspace: Workspace): Promise<string[]> => {
      const { config: loaded, document } = loadConfig(writeFiles(workspace, config(port)), {});
      if (loaded === undefined) throw new Error('the config has faults');
      return (await surroundingFaults(loaded, document)).map(({ text }) => text.en).filter((text) => /port/.test(text));
    };
    expect(await warnings(service.workspace)).to.deep.equal([]);
    expect((await warnings(other)).join()).to.include('of another folder');
    await service.stop();
    other.remove();
  });
});

describe('a class of their own that throws', function () {
  this.timeout(60_000);
  const workspace = new Workspace();

  before(() => {
    mkdirSync(workspace.path('own'));
    writeFileSync(workspace.path('own', 'package.json'), '{ "type": "commonjs" }');
    writeFileSync(workspace.path('own', 'own.ts'), adapterFile);
    writeFileSync(workspace.path('own', 'loading.ts'), "throw new Error('Петров Пётр');\n");
  });
  after(() => workspace.remove());

  const targets = (list: Readonly<Record<string, object>>) =>
    writeFiles(workspace, { config: { targets: list }, mappings: {} });
  const own = (url: string) => ({ adapter: '../own/own.ts', settings: { url } });

  it('in its constructor is named with its file and target by check', async () => {
    const config = targets({ good: own('x'), passes: own('bad') });
    for (const args of ['check']) {
      const { code, out, err } = await command([args, '--config', config]);
      expect(code, args).to.equal(2);
      expect(out + err, args).to.match(/own\/own\.ts:10:\d+ target "passes": the class own threw in its constructor/);
      expect(out + err, args).not.to.match(/Петров|"good"/);
    }
  });

  it('while it is loaded is named with its file and target by check', async () => {
    const config = targets({ good: own('x'), passes: { adapter: '../own/loading.ts' } });
    for (const args of ['check']) {
      const { code, out, err } = await command([args, '--config', config]);
      expect(code, args).to.equal(2);
      expect(out + err, args).to.match(
        /target "passes": the adapter file cannot be loaded: \S+loading\.ts: Error at loading\.ts:1:7/,
      );
      expect(out + err, args).not.to.match(/Петров/);
    }
  });
});
