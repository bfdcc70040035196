import { copyFileSync, cpSync, renameSync, rmSync } from 'node:fs';
import BetterSqlite from 'better-sqlite3';
import { expect } from 'chai';
import { isServedByAnother } from '../../src/database/sqlite/other-server.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { Service } from '../support/service.ts';
import { command, failingServe } from '../support/serving.ts';
import { hire, postWebhook } from '../support/webhook.ts';
import { Workspace } from '../support/workspace.ts';

/** Two services at one file are two rows, two chats, two hires of everything. */
describe('a service whose lock file somebody takes away', () => {
  plainNetwork();
  let service: Service;
  const file = (end = '') => service.workspace.path('var', `connector.db${end}`);
  const config = () => service.workspace.path('config', 'connector.yaml');

  beforeEach(async () => {
    // Its lease is renewed every second, which is what others wait for.
    service = await Service.start({ mappings: {} }, { leaseTime: 1000 });
  });

  afterEach(() => service.stop());

  const ways: Readonly<Record<string, () => void>> = {
    // What the first other one left behind is a lock file again, held by nobody.
    deleted: () => rmSync(file('.lock')),
    'replaced by a copy of itself': () => {
      copyFileSync(file('.lock'), file('.copy'));
      renameSync(file('.copy'), file('.lock'));
    },
  };

  for (const [name, take] of Object.entries(ways))
    it(`stays the only one at its database, however often another is started: ${name}`, async () => {
      take();
      for (let time = name === 'deleted' ? 0 : 1; time < 2; time += 1) {
        const { code, err } = await failingServe(config());
        expect([code, err]).to.deep.equal([1, err]);
        expect(err).to.include('another huntflow-connector serves this database already');
      }
      expect((await postWebhook(service.url, hire(1))).status).to.equal(200);
    });

  it('has no copy put in the place of its database', async () => {
    const saved = service.workspace.path('saved.db');
    expect((await command(['backup', saved, '--config', config()])).code).to.equal(0);
    rmSync(file('.lock'));
    const { code, err } = await command(['restore', saved, '--yes', '--config', config()]);
    expect([code, err]).to.deep.equal([1, err]);
    expect(err).to.include('the service works with this database');
  });

  it('is not in the way of a copy of its folder, lock and all', async () => {
    const copy = new Workspace();
    cpSync(service.workspace.folder, copy.folder, { recursive: true });
    const second = await Service.start({ mappings: {} }, {}, copy);
    expect((await postWebhook(second.url, hire(3))).status).to.equal(200);
    await second.stop();
  });
});

describe('an SQLite file that nobody serves', () => {
  let workspace: Workspace;
  let reader: BetterSqlite.Database;

  beforeEach(() => {
    workspace = new Workspace();
    reader = new BetterSqlite(workspace.path('connector.db'));
    reader.pragma('journal_mode = WAL');
    reader.exec('create table leases (name text primary key, holder text, until integer)');
  });
  afterEach(() => {
    reader.close();
    workspace.remove();
  });

  const served = () => isServedByAnother(workspace.path('connector.db'), 400);

  it('may be served at once when no service has left anything in it, whoever reads it', async () => {
    const began = performance.now();
    expect(await served()).to.equal(false);
    expect(performance.now() - began).to.be.below(400);
  });

  it('may be served soon after its service was killed, with a program beside it that stays', async () => {
    reader.prepare(`insert into leases values ('mapper', 'a', ?)`).run(Date.now() + 15_000);
    expect(await served()).to.equal(false);
  });

  it('may be served as soon as the program beside it ends', async () => {
    reader.prepare(`insert into leases values ('mapper', 'a', ?)`).run(Date.now() + 15_000);
    const asked = isServedByAnother(workspace.path('connector.db'), 60_000);
    reader.close();
    expect(await asked).to.equal(false);
  });

  it('is another case when its lease is renewed, by the same holder or by another', async () => {
    for (const holder of ['a', 'b']) {
      reader.exec(`insert or replace into leases values ('mapper', 'a', 1)`);
      const asked = isServedByAnother(workspace.path('connector.db'), 60_000);
      reader.exec(`insert or replace into leases values ('mapper', '${holder}', 2)`);
      expect(await asked).to.equal(true);
    }
  });
});
