import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { isPassword } from '../../src/access/password.ts';
import { readUsers } from '../../src/access/users-file.ts';
import { writeFiles } from '../support/service.ts';
import { command } from '../support/serving.ts';
import { Database } from '../../src/database/database.ts';
import { Workspace } from '../support/workspace.ts';

describe('user', function () {
  this.timeout(60_000);
  let workspace: Workspace;
  let config: string;
  let file: string;

  const run = (...args: readonly string[]) => command(['user', ...args, '--config', config], {}, workspace.folder);

  before(async () => {
    workspace = new Workspace();
    config = writeFiles(workspace);
    file = workspace.path('config', 'users.yaml');
    const database = new Database(`sqlite:${workspace.path('var', 'connector.db')}`);
    await database.migrate();
    await database.close();
  });
  after(() => workspace.remove());

  const found = (name: string) => readUsers(file)?.find((user) => user.name === name);

  it('is added with a password that only its hash is kept of, in a file of its owner', async () => {
    writeFileSync(workspace.path('password'), 'correct horse battery\n');
    const { code, err } = await run('add', 'anna', '--role', 'operator', '--password-file', workspace.path('password'));
    expect([code, err]).to.deep.equal([0, '']);
    expect(found('anna')?.role).to.equal('operator');
    expect(await isPassword('correct horse battery', found('anna')?.password)).to.equal(true);
    expect(await isPassword('correct horse batterz', found('anna')?.password)).to.equal(false);
    expect(readFileSync(file, 'utf8')).not.to.include('correct horse');
    expect(statSync(file).mode & 0o077).to.equal(0);
  });

  it('gets a password made where nobody gives one', async () => {
    const { out } = await run('add', 'boris@firm.example', '--json');
    const made: { readonly name: string; readonly role: string; readonly password: string } = JSON.parse(out);
    expect([made.name, made.role, made.password.length > 15]).to.deep.equal(['boris@firm.example', 'viewer', true]);
    expect(await isPassword(made.password, found('boris@firm.example')?.password)).to.equal(true);
  });

  it('keeps its tokens when its role changes, and loses all with its removal', async () => {
    const { out } = await run('token', 'anna', '--name', 'nightly', '--json');
    const { token }: { readonly token: string } = JSON.parse(out);
    expect(readFileSync(file, 'utf8')).not.to.include(token);
    await run('add', 'anna', '--role', 'admin', '--sso');
    expect([found('anna')?.role, found('anna')?.password, found('anna')?.tokens.length]).to.deep.equal([
      'admin',
      undefined,
      1,
    ]);
    const list = await run('list', '--json');
    expect(JSON.parse(list.out)).to.have.nested.property('items[0].tokens[0].name', 'nightly');
    expect((await run('remove', 'anna')).code).to.equal(0);
    expect(found('anna')).to.equal(undefined);
    expect((await run('remove', 'anna')).code).to.equal(1);
  });

  it('is refused with a name or a password that will not do', async () => {
    for (const name of ['', 'a b', '../x', '__proto__', 'x'.repeat(101), 'a\nb'])
      expect([name, (await run('add', name, '--sso')).code]).to.deep.equal([name, 1]);
    writeFileSync(workspace.path('short'), 'short\n');
    expect((await run('add', 'vera', '--password-file', workspace.path('short'))).code).to.equal(1);
    expect((await run('add', 'vera', '--role', 'god', '--sso')).code).to.equal(1);
  });
});
