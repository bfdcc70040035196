import { userInfo } from 'node:os';
import { expect } from 'chai';
import { Database } from '../../src/database/database.ts';
import { Outbox } from '../../src/outbox/outbox.ts';
import { writeFiles } from '../support/service.ts';
import { command } from '../support/serving.ts';
import { newDelivery } from '../support/stores.ts';
import { Workspace } from '../support/workspace.ts';

describe('audit of the commands', function () {
  this.timeout(60_000);
  let workspace: Workspace;
  let config: string;

  const run = (...args: readonly string[]) => command([...args, '--config', config], {}, workspace.folder);

  before(async () => {
    workspace = new Workspace();
    config = writeFiles(workspace);
    const database = new Database(`sqlite:${workspace.path('var', 'connector.db')}`);
    await database.migrate();
    await new Outbox(database).insert(
      [1, 2, 3].map((eventId) => newDelivery({ target: 'staff-csv', key: null, eventId })),
    );
    await database.close();
  });

  after(() => workspace.remove());

  it('names who did what to what, without any value, and its chain is verified', async () => {
    expect((await run('deliveries', 'retry', '1')).code).to.equal(0);
    expect((await run('deliveries', 'cancel', '2', '3', '--yes')).code).to.equal(0);
    expect((await run('deliveries', 'show', '1', '--reveal')).code).to.equal(0);
    expect((await run('targets', 'pause', 'staff-csv')).code).to.equal(0);
    expect((await run('targets', 'resume', 'staff-csv')).code).to.equal(0);
    const { items, next } = JSON.parse((await run('audit', 'list', '--json')).out);
    expect(next).to.equal(null);
    const { username } = userInfo();
    for (const item of items) expect(item).to.include({ who: username, from: 'cli' });
    expect(items.map(({ action, on }: { action: string; on: string[] }) => [action, ...on])).to.deep.equal([
      ['resume', 'target/staff-csv'],
      ['pause', 'target/staff-csv'],
      ['reveal', 'delivery/1'],
      ['cancel', 'bulk/2', 'delivery/2', 'delivery/3'],
      ['retry', 'bulk/1', 'delivery/1'],
    ]);
    const verified = JSON.parse((await run('audit', 'verify', '--json')).out);
    expect(verified).to.deep.include({ ok: true, entries: 5, problem: null });
    expect((await run('audit', '--on', 'delivery/3')).out).to.match(/^2 .* cancel/m);
    expect((await run('audit', '--lang', 'ru')).out).to.match(/^5 .* команда +снял\(а\) с паузы \(resume\) +target/m);
    expect((await run('audit', 'verify', '--head', `5:${'0'.repeat(64)}`)).code).to.equal(1);
    expect((await run('audit', 'verify', '--head', `9:${'0'.repeat(64)}`)).err).to.include('the last one is 5');
  });
});
