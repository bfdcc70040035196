import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { Workspace } from '../support/workspace.ts';
import { project } from './installation.ts';

const run = promisify(execFile);

describe('the adapter, tsconfig and test of docs/adapters.md', function () {
  this.timeout(60_000);
  const workspace = new Workspace();
  const page = readFileSync(join(project, 'docs', 'adapters.md'), 'utf8');

  before(() => {
    for (const [, file = '', code = ''] of page.matchAll(/```ts\n\/\/ (\S+)\n(.*?)```/gs)) {
      mkdirSync(dirname(workspace.path(file)), { recursive: true });
      writeFileSync(workspace.path(file), code);
    }
    const [, tsconfig = ''] = /```json\n(\{\n {2}"compilerOptions".*?)```/s.exec(page) ?? [];
    writeFileSync(workspace.path('tsconfig.json'), tsconfig);
    // A checkout without a build, as npm link would have it.
    mkdirSync(workspace.path('node_modules', '@types'), { recursive: true });
    symlinkSync(project, workspace.path('node_modules', 'huntflow-connector'));
    for (const name of ['yup', '@types/node'])
      symlinkSync(join(project, 'node_modules', name), workspace.path('node_modules', name));
  });

  after(() => workspace.remove());

  it('have no fault of types as printed, in a checkout without a build', async () => {
    const { stdout } = await run(join(project, 'node_modules', '.bin', 'tsc'), ['-p', workspace.folder]).catch(
      (error: { readonly stdout: string }) => error,
    );
    expect(stdout).to.equal('');
  });

  it('pass', async () => {
    const { stdout } = await run(process.execPath, ['--test', 'my-adapters/pass-office.test.ts'], {
      cwd: workspace.folder,
    });
    expect(stdout).to.match(/pass 1\b/);
  });
});
