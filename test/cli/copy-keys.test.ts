import { expect } from 'chai';
import { KeyStore } from '../../src/people/key-store.ts';
import { hireOf, surname } from '../support/hires.ts';
import { sharedPostgres } from '../support/postgres.ts';
import { Service, writeFiles } from '../support/service.ts';
import { command, failingServe } from '../support/serving.ts';
import { postWebhook } from '../support/webhook.ts';
import { Workspace } from '../support/workspace.ts';

describe('a sealed database that moves to PostgreSQL', function () {
  this.timeout(120_000);
  let workspace: Workspace;

  before(() => {
    workspace = new Workspace();
  });
  after(() => workspace.remove());

  const copy = (from: string, to: string) =>
    command(['copy', '--from', from, '--to', to, '--json'], {}, workspace.folder);

  it('takes its keys along, sealed as they are, and comes back with them', async () => {
    const server = await sharedPostgres();
    const [url, store] = [await server.createDatabase(), await server.createDatabase()];
    const here = {
      url: `sqlite:${workspace.path('var', 'connector.db')}`,
      store: `sqlite:${workspace.path('var', 'people.db')}`,
    };
    await command(['keys', 'new', workspace.path('connector.key')]);
    const keyFile = '../connector.key';
    const service = await Service.start({ config: { privacy: { keyFile } } }, {}, workspace);
    for (let number = 1; number < 4; number += 1) await postWebhook(service.url, hireOf(number));
    await service.app.drain();
    await service.app.stop();

    // Cut after the first keys: nobody takes it for a store, and the next copy goes on.
    const [from, half] = [new KeyStore(here.store), new KeyStore(store)];
    await half.prepare();
    const keys = await from.behind(0, 100);
    await half.add(keys);
    expect(keys).to.have.length(100);
    expect((await copy(here.url, url)).code).to.equal(0);
    const there = writeFiles(workspace, { config: { database: { url }, privacy: { keyFile, store } } });
    const refused = await failingServe(there);
    expect([refused.code, refused.err]).to.have.nested.property('[1]').that.includes('run the same copy again');
    const all = await copy(here.store, store);
    expect([all.err, JSON.parse(all.out)]).to.deep.equal(['', { keys: await from.count() }]);
    expect(JSON.parse((await copy(here.store, store)).out), 'again').to.deep.equal({ keys: await from.count() });
    const exported = await command(['export', 'applicant', '2', '--config', there]);
    expect(exported.out).to.include(surname(2));
    expect((await command(['forget', 'applicant', '2', '--yes', '--config', there])).code).to.equal(0);

    // Beside the data, into another store, and what somebody works with.
    expect((await copy(store, url)).err).to.include('cannot lie in the database of the events');
    await command(['keys', 'new', workspace.path('other.key')]);
    const strange = workspace.path('strange', 'connector.db');
    const config = { database: { url: `sqlite:${strange}` }, privacy: { keyFile: '../other.key' } };
    await command(['keys', 'rotate', '--config', writeFiles(workspace, { config })]);
    expect((await copy(store, `sqlite:${workspace.path('strange', 'people.db')}`)).err).to.include('of another store');

    const back = `sqlite:${workspace.path('back', 'people.db')}`;
    expect(JSON.parse((await copy(store, back)).out)).to.deep.equal({ keys: (await from.count()) - 1 });
    await from.close();
    await half.close();
  });
});
