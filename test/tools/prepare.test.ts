import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect } from 'chai';
import { Workspace } from '../support/workspace.ts';

/** What npm runs after an install in a clone, and before each npx there. */
describe('the preparing of the page', () => {
  let workspace: Workspace;

  beforeEach(() => {
    workspace = new Workspace();
    write('package.json', '{ "type": "module" }');
    write('package-lock.json', '{}');
    write('tools/console-page/build.ts', '');
    write('tools/console-page/main.ts', "console.log('built');");
    write('src/console/page/main.tsx', '');
    write('tools/build/main.ts', "console.log('program');");
    write('dist/program.json', '{}');
    copyFileSync('tools/console-page/prepare.js', workspace.path('tools', 'console-page', 'prepare.js'));
  });

  afterEach(() => workspace.remove());

  function write(path: string, text: string): void {
    const file = workspace.path(...path.split('/'));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    // A minute ago, so that what is changed later is later on any file system.
    utimesSync(file, Date.now() / 1000 - 60, Date.now() / 1000 - 60);
  }

  function built(): void {
    write(
      'dist/console/metafile.json',
      JSON.stringify({ inputs: { 'src/console/page/main.tsx': {}, 'node_modules/react/index.js': {} } }),
    );
    write('dist/console/licenses.txt', '');
    const file = workspace.path('dist', 'console', 'licenses.txt');
    utimesSync(file, Date.now() / 1000 - 30, Date.now() / 1000 - 30);
  }

  const changed = (path: string): void => utimesSync(workspace.path(...path.split('/')), new Date(), new Date());
  const { npm_command: _command, ...outside } = process.env;
  const prepare = (env: NodeJS.ProcessEnv = {}): string =>
    execFileSync(process.execPath, [workspace.path('tools', 'console-page', 'prepare.js')], {
      encoding: 'utf8',
      env: { ...outside, ...env },
    });

  it('builds where nothing was built, and is silent where nothing has changed since', () => {
    expect(prepare()).to.equal('built\n');
    built();
    expect(prepare()).to.equal('');
  });

  for (const path of ['src/console/page/main.tsx', 'package-lock.json', 'tools/console-page/build.ts'])
    it(`builds again after a change of ${path}`, () => {
      built();
      changed(path);
      expect(prepare()).to.equal('built\n');
    });

  it('builds again when a source is gone, or the record of the build is torn', () => {
    built();
    rmSync(workspace.path('src', 'console', 'page', 'main.tsx'));
    expect(prepare()).to.equal('built\n');
    built();
    write('src/console/page/main.tsx', '');
    write('dist/console/metafile.json', '{ "inputs": {');
    expect(prepare()).to.equal('built\n');
  });

  it('builds the program at an install, and otherwise only where it never was', () => {
    built();
    expect(prepare({ npm_command: 'ci' })).to.equal('program\n');
    rmSync(workspace.path('dist', 'program.json'));
    expect(prepare()).to.equal('program\n');
    write('tools/build/main.ts', "throw new Error('broken');");
    expect(prepare()).to.include('it starts from its sources');
  });

  it('fails no install: a missing bundler, or a faulty page, is a sentence', () => {
    write('tools/console-page/main.ts', "import 'no-such-bundler-of-ours';");
    expect(prepare()).to.include('npm run build:page builds it once the devDependencies are there');
    write('tools/console-page/main.ts', "throw new Error('broken');");
    expect(prepare()).to.include('everything else works');
  });
});
