import { execFile, type ExecFileOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { project } from '../docs/installation.ts';
import { freePort } from '../support/postgres.ts';
import { Serving } from '../support/serving.ts';
import { until } from '../support/until.ts';
import { hire, postWebhook } from '../support/webhook.ts';
import { wireBytes } from '../../src/huntflow/wire.ts';
import { Workspace } from '../support/workspace.ts';

const run = promisify(execFile);

const adapter = `import { mixed, object, string } from 'yup';
import { appendFileSync } from 'node:fs';
import { type Adapter, type AdapterClass, RejectedError } from 'huntflow-connector/adapter';

class Notes implements Adapter<unknown> {
  static readonly type = 'notes';
  static readonly settings = object({ file: string().required() });
  static readonly record = mixed();
  readonly #file: string;

  constructor({ file }: { readonly file: string }) {
    this.#file = file;
  }

  async deliver(record: unknown) {
    if (record === null) throw new RejectedError('no record');
    appendFileSync(this.#file, JSON.stringify(record) + '\\n');
    return { summary: 'noted' };
  }
}

export default Notes satisfies AdapterClass;
`;

/** What each thread and process of its own is asked for: a pattern, a dictionary of 100 KB, and a body of 200 KB. */
const mapping = `mapping: notes
on: { event: APPLICANT, type: STATUS, action: ADD }
to: notes
record:
  id: =applicant.id
  phone: { from: '="8 912 345-67-89"', as: phone }
  code: { from: '="k9000"', lookup: codes }
  letter: '=$match("ABC", /[A-Z]/)[0].match'
`;

/** Packed once, unpacked beside the dependencies of this checkout: what an installation without a network has. */
describe('the installed package', function () {
  this.timeout(180_000);
  const workspace = new Workspace();
  const built = existsSync(join(project, 'dist'));
  const app = workspace.path('app');
  const inPackage = (...path: readonly string[]) => join(app, 'node_modules', 'huntflow-connector', ...path);
  const bin = inPackage('bin', 'huntflow-connector.js');
  const people = [join(project, 'mappings', 'of-people.yaml'), join(project, 'config', '.env')];
  const env = { XDG_CONFIG_HOME: workspace.path('home'), LC_ALL: 'C' };
  const connector = (...args: readonly string[]) =>
    run(process.execPath, [bin, ...args], { cwd: app, env: { ...process.env, ...env } } satisfies ExecFileOptions);

  before(async () => {
    for (const file of people) writeFileSync(file, 'secret: of people\n', { flag: 'wx' });
    try {
      await run('npm', ['pack', '--pack-destination', workspace.folder], { cwd: project });
    } finally {
      for (const file of people) rmSync(file);
    }
    mkdirSync(inPackage(), { recursive: true });
    const [packed = ''] = readdirSync(workspace.folder).filter((name) => name.endsWith('.tgz'));
    await run('tar', ['-xzf', workspace.path(packed), '-C', inPackage(), '--strip-components=1']);
    const { dependencies }: { readonly dependencies: Readonly<Record<string, string>> } = JSON.parse(
      readFileSync(join(project, 'package.json'), 'utf8'),
    );
    for (const name of Object.keys(dependencies)) {
      mkdirSync(dirname(join(app, 'node_modules', name)), { recursive: true });
      symlinkSync(join(project, 'node_modules', name), join(app, 'node_modules', name));
    }
    // as `npm init -y` writes it
    writeFileSync(join(app, 'package.json'), '{ "name": "app", "version": "1.0.0", "type": "commonjs" }');
  });

  after(() => {
    workspace.remove();
    if (!built) rmSync(join(project, 'dist'), { recursive: true, force: true });
  });

  it('is built in a checkout as well, where a service goes on from it as the same process', async function onLinux() {
    if (process.platform !== 'linux') this.skip();
    const { MALLOC_TRIM_THRESHOLD_: _set, ...unset } = process.env;
    const folder = workspace.path('checkout');
    await connector('init', folder, '--port', String(await freePort()));
    const child = spawn(
      process.execPath,
      [join(project, 'src/main.ts'), 'serve', '--config', join(folder, 'connector.yaml')],
      { env: { ...unset, ...env }, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let log = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
    const ended = once(child, 'exit');
    await until('it serves', () => log.includes('webhooks at'), 60_000);
    const program = readFileSync(`/proc/${child.pid}/cmdline`, 'utf8').split('\0')[1];
    child.kill('SIGTERM');
    expect([program, ...(await ended)]).to.deep.equal([join(project, 'dist/src/main.js'), 0, null]);
  });

  it('takes nobody along: no config, no .env, no mappings of people', () => {
    const files = readdirSync(inPackage(), { recursive: true, encoding: 'utf8' });
    expect(files.filter((file) => /of-people|\.env$|^config|^var|^drop|^test/.test(file))).to.deep.equal([]);
    expect(files).to.include.members(['mappings/hire-to-csv.yaml', 'docs/operations.md', 'README.ru.md']);
  });

  it('brings the licences of the packages that its files are made of', () => {
    const licences = readFileSync(inPackage('dist', 'licenses.txt'), 'utf8');
    for (const name of ['koa', 'kysely', 'inversify', 'yaml', 'pg', 'pino'])
      expect(licences).to.match(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, 'm'));
  });

  it('writes an adapter into a folder below, whose types and test are right, and nobody is warned of it', async () => {
    const types = join(app, 'node_modules', '@types');
    mkdirSync(types, { recursive: true });
    symlinkSync(join(project, 'node_modules', '@types', 'node'), join(types, 'node'));
    await connector('init', 'mine', '--port', String(await freePort()));
    const mine = join(app, 'mine');
    const made = await connector('adapter', 'new', 'pass-office', mine);
    expect(made.stdout).to.include('my-adapters/tsconfig.json');
    expect(readFileSync(join(mine, 'my-adapters', 'tsconfig.json'), 'utf8')).not.to.include(workspace.folder);
    const compiler = join(project, 'node_modules', '.bin', 'tsc');
    await run(compiler, ['-p', join(mine, 'my-adapters')]).catch((error: unknown) => {
      throw new Error(error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error));
    });
    const tried = await connector('adapter', 'test', 'pass-office', mine);
    expect(tried.stderr).to.equal('');
    expect(tried.stdout).to.match(/\n[1-9]\d* passed, 0 failed/);
  });

  it('is no trouble for npx, which runs its prepare', async () => {
    const { stdout, stderr } = await run(process.execPath, [inPackage('tools', 'console-page', 'prepare.js')]);
    expect([stdout, stderr]).to.deep.equal(['', '']);
  });

  it('makes a folder, checks it, and serves a class of their own, below "type": "commonjs"', async () => {
    await connector('init', '.', '--port', String(await freePort()));
    mkdirSync(join(app, 'my-adapters'));
    writeFileSync(join(app, 'my-adapters', 'notes.ts'), adapter);
    const config = join(app, 'connector.yaml');
    const target = '  notes: { adapter: ./my-adapters/notes.ts, settings: { file: ./notes.txt } }\n';
    writeFileSync(config, readFileSync(config, 'utf8').replace(/^targets:\n/m, `targets:\n${target}`));
    writeFileSync(join(app, 'mappings', 'notes.yaml'), mapping);
    const lines = Array.from({ length: 10_000 }, (_, number) => `k${number};v${number}`);
    writeFileSync(join(app, 'mappings', 'dictionaries', 'codes.csv'), ['key;value', ...lines].join('\n'));
    const { stdout } = await connector('check');
    expect(stdout).to.match(/^All is well: 2 mapping\(s\)$/m);

    const secret = /^HUNTFLOW_SECRET=(.+)$/m.exec(readFileSync(join(app, '.env'), 'utf8'))?.[1] ?? '';
    const serving = await new Serving(config, env, { program: bin, cwd: app }).ready();
    try {
      const large = { ...hire(1), more: 'x'.repeat(200_000) };
      expect((await postWebhook(serving.url, large, { secret })).status).to.equal(200);
      const notes = () => (existsSync(join(app, 'notes.txt')) ? readFileSync(join(app, 'notes.txt'), 'utf8') : '');
      await until('the class has its record', () => notes().endsWith('\n'), 60_000);
      expect(notes()).to.equal('{"id":1,"phone":"+79123456789","code":"v9000","letter":"A"}\n');
      writeFileSync(join(app, 'event.json'), wireBytes(hire(2)));
      expect((await connector('send', 'event.json')).stdout).to.match(/^200 .*accepted/);
      expect((await connector('--version')).stdout).to.match(/^\d+\.\d+\.\d+\n$/);
    } finally {
      expect(await serving.stop()).to.equal(0);
    }
    expect(existsSync(inPackage('node_modules')), 'nothing is written into the package').to.equal(false);
  });
});
