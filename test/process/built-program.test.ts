import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { builtProgram, fileMark, recordOfBuild } from '../../src/process/built-program.ts';
import { Workspace } from '../support/workspace.ts';

describe('the built program of a checkout', () => {
  let workspace: Workspace;
  let source: string;

  beforeEach(() => {
    workspace = new Workspace();
    source = workspace.path('app.ts');
    mkdirSync(workspace.path('dist'));
    writeFileSync(source, 'one');
    writeFileSync(workspace.path(recordOfBuild), JSON.stringify({ 'app.ts': fileMark(source) }));
  });

  afterEach(() => workspace.remove());

  const built = (): string | undefined => builtProgram(workspace.folder);

  it('stands for its sources while none of them has changed', () => {
    expect(built()).to.equal(workspace.path('dist', 'src', 'main.js'));
  });

  it('does not once a source is written, even to an older time, or is gone', () => {
    utimesSync(source, 1, 1);
    expect(built()).to.equal(undefined);
    rmSync(source);
    expect(built()).to.equal(undefined);
  });

  it('does not where it was never built, or the record of that is torn', () => {
    writeFileSync(workspace.path(recordOfBuild), '{ "app.ts": ');
    expect(built()).to.equal(undefined);
    rmSync(workspace.path(recordOfBuild));
    expect(built()).to.equal(undefined);
  });
});
