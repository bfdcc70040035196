import { execFile } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { freshInstallation, project } from '../docs/installation.ts';
import { command } from '../support/serving.ts';
import { Workspace } from '../support/workspace.ts';

const run = promisify(execFile);
const env = { HUNTFLOW_CONNECTOR_CONFIG: '' };

/** What the compiler has to say of the folder of adapters. */
async function types(folder: string): Promise<string> {
  const tsc = join(project, 'node_modules', '.bin', 'tsc');
  const { stdout } = await run(tsc, ['-p', join(folder, 'my-adapters')]).catch(
    (error: { readonly stdout: string }) => error,
  );
  return stdout;
}

const pageCommands = [
  'adapter new pass-office',
  'adapter test pass-office',
  'check',
  'check --live',
  'deliveries list',
  'deliveries show 1',
  'deliveries replay 1',
];

/** What a page tells whoever begins an adapter to run, in that order. */
function commandsOf(page: string): readonly string[] {
  const text = readFileSync(join(project, 'docs', page), 'utf8');
  const [section = ''] = /^## (?:An adapter of your own|Свой адаптер)\n[^]*?^## /m.exec(text) ?? [];
  return [...section.matchAll(/^npx huntflow-connector (.+)$/gm)].map(([, line = '']) => line);
}

/** As step 2 and 3 of what the command prints say. */
function settle(config: string, said: string, beside: string): void {
  const [line = ''] = /^ {2}pass-office: .*$/m.exec(said) ?? [];
  writeFileSync(config, readFileSync(config, 'utf8').replace(/^targets:.*$/m, `targets:\n${line}`));
  appendFileSync(join(beside, '.env'), 'PASS_OFFICE_TOKEN=made-up\n');
}

describe('adapter new', function () {
  this.timeout(120_000);

  it('writes what works in a folder of init, where nothing is installed', async () => {
    const workspace = new Workspace();
    const folder = workspace.path('мой коннектор');
    expect(
      (await command(['init', folder, '--port', '18120'], { ...env, XDG_CONFIG_HOME: workspace.folder })).code,
    ).to.equal(0);
    for (const page of ['adapters.md', 'adapters.ru.md']) expect(commandsOf(page), page).to.deep.equal(pageCommands);
    const [write = [], tryOut = [], check = []] = pageCommands.map((line) => line.split(' '));
    const made = await command(write, { ...env, LC_ALL: 'ru_RU.UTF-8' }, folder);
    expect([made.code, made.err]).to.deep.equal([0, '']);
    expect(made.out).to.match(/^Создано в /);
    expect(readFileSync(join(folder, 'my-adapters', 'pass-office.ts'), 'utf8')).to.match(/Один сотрудник на кандидата/);

    const own = /^import \{ strict as assert \}.*?(?=^```)/ms;
    const test = join(folder, 'my-adapters', 'pass-office.test.ts');
    const [english, russian] = ['adapters.md', 'adapters.ru.md'].map(
      (page) => own.exec(readFileSync(join(project, 'docs', page), 'utf8'))?.[0] ?? '',
    );
    expect(english?.split('\n').length, 'the test of the page').to.equal(15);
    expect(english).to.equal(russian);
    appendFileSync(test, russian ?? '');
    const [tried, faults] = await Promise.all([command(tryOut, env, folder), types(folder)]);
    expect(faults).to.equal('');
    expect([tried.code, tried.err]).to.deep.equal([0, '']);
    expect(tried.out).to.match(
      /✔ what was created is changed five minutes later\n\n72 passed, 0 failed, 0 not tried\n$/,
    );

    settle(join(folder, 'connector.yaml'), made.out, folder);
    const checked = await command(check, env, folder);
    expect([checked.code, checked.out]).to.deep.equal([0, 'All is well: 2 mapping(s)\n']);

    const again = await command(['adapter', 'new', 'pass-office', folder], env);
    expect(again.code).to.equal(1);
    expect(again.err).to.include('is there already and was left as it is');
    workspace.remove();
  });

  it('writes what works in a checkout, and in English', async () => {
    const workspace = freshInstallation();
    mkdirSync(workspace.path('node_modules', '@types'), { recursive: true });
    symlinkSync(project, workspace.path('node_modules', 'huntflow-connector'));
    for (const name of ['yup', 'axios', '@types/node'])
      symlinkSync(join(project, 'node_modules', name), workspace.path('node_modules', name));
    writeFileSync(workspace.path('package.json'), '{ "name": "ours" }');
    const made = await command(['adapter', 'new', 'pass-office'], env, workspace.folder);
    expect([made.code, made.err]).to.deep.equal([0, '']);
    expect(made.out).to.match(/^Made in /);
    expect(await types(workspace.folder)).to.equal('');
    settle(workspace.path('config', 'connector.yaml'), made.out, workspace.path('config'));
    const checked = await command(['check'], env, workspace.folder);
    expect([checked.code, checked.out.split('\n').at(-2)]).to.deep.equal([0, 'All is well: 2 mapping(s)']);
    expect(checked.err, 'of a package.json without a type').to.not.include('TYPELESS');

    const below = workspace.path('mine');
    await command(['init', below, '--port', '18121'], { ...env, XDG_CONFIG_HOME: workspace.folder });
    const there = await command(['adapter', 'new', 'pass-office', below], env, workspace.folder);
    expect([there.code, there.err]).to.deep.equal([0, '']);
    expect(readFileSync(join(below, 'my-adapters', 'tsconfig.json'), 'utf8')).to.not.include('"paths"');
    expect(await types(below)).to.equal('');
    workspace.remove();
  });

  it('tests in the language of the reader, with what is wrong and where right below each fact', async () => {
    const workspace = new Workspace();
    const folder = workspace.path('own');
    await command(['init', folder, '--port', '18122'], { ...env, XDG_CONFIG_HOME: workspace.folder });
    await command(['adapter', 'new', 'pass-office', folder], env);
    const file = join(folder, 'my-adapters', 'pass-office.ts');
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(
        '    this.#http =',
        "    throw new Error('нет файла ca.pem');\n    this.#http =",
      ),
    );
    const tried = await command(['--lang', 'ru', 'adapter', 'test', 'pass-office', folder], env);
    expect(tried.out).to.equal(`
pass-office: договор адаптеров
  ✖ у класса есть type, и он принимает свои settings
      Класс не создаётся: Error: нет файла ca.pem
      ${file}:37:11
  ﹣ ещё 12: не испытано: пробовать нечего

pass-office: ничего не теряет и не удваивает после
  ﹣ ещё 58: не испытано: пробовать нечего

прошло 0, не прошло 1, не испытано 70
`);
    expect([tried.code, tried.err]).to.deep.equal([1, 'тест pass-office не прошёл\n']);
    workspace.remove();
  });

  it('refuses what is no name, and a folder that is none', async () => {
    for (const name of ['Pass', 'pass office', '../x', 'rest', '-x', 'a'.repeat(61)]) {
      const { code, err } = await command(['adapter', 'new', '--', name], env);
      expect([name, code]).to.deep.equal([name, 1]);
      expect(err).to.include('is no name for an adapter');
    }
    const workspace = new Workspace();
    const { code, err } = await command(['adapter', 'new', 'x', workspace.folder], env);
    expect([code, err]).to.deep.equal([
      1,
      `there is no connector.yaml in ${workspace.folder}: make the folder by huntflow-connector init, or name it\n`,
    ]);
    workspace.remove();
  });
});
