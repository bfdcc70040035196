import { expect } from 'chai';
import { App } from '../../src/app.ts';
import { Audit } from '../../src/audit/audit.ts';
import { readKey } from '../../src/audit/key-file.ts';
import { copyDatabase } from '../../src/database/copy/database-copy.ts';
import { HalfCopyError } from '../../src/database/copy/half-copy.ts';
import { Database } from '../../src/database/database.ts';
import { Outbox } from '../../src/outbox/outbox.ts';
import { sharedPostgres } from '../support/postgres.ts';
import { hireToCsv, Service, writeFiles } from '../support/service.ts';
import { command } from '../support/serving.ts';
import { newDelivery } from '../support/stores.ts';
import { hire, postWebhook } from '../support/webhook.ts';
import { Workspace } from '../support/workspace.ts';

const key = 'ab'.repeat(32);

describe('a copy of the database', function () {
  this.timeout(120_000);
  let workspace: Workspace;
  let file: string;
  let server: string;

  const copy = (from: string, to: string) =>
    command(['copy', '--from', from, '--to', to, '--json'], {}, workspace.folder);

  before(async () => {
    workspace = new Workspace();
    server = await (await sharedPostgres()).createDatabase();
    file = `sqlite:${workspace.path('var', 'connector.db')}`;
    const service = await Service.start({ mappings: { 'hire.yaml': hireToCsv } }, {}, workspace);
    for (let number = 1; number <= 30; number += 1)
      expect((await postWebhook(service.url, hire(number))).status).to.equal(200);
    await service.app.drain();
    await service.app.stop();
    const database = new Database(file);
    const audit = new Audit(database, { current: () => key, known: () => [key] }, Date.now);
    for (let number = 1; number <= 3; number += 1)
      await audit.add(audit.actor('anna', 'cli'), { action: 'reveal', on: [`event/${number}`] });
    await database.close();
  });

  after(() => workspace.remove());

  it('has the same rows and hashes, goes to PostgreSQL and back, and gives out no id twice', async () => {
    const there = await copy(file, server);
    expect(there.err).not.to.include('nobody foresaw');
    const whole = JSON.parse(there.out);
    expect([there.code, whole.rows > 100]).to.deep.equal([0, true]);
    const again = await copy(file, server);
    expect([again.code, again.err]).to.have.nested.property('[1]').that.includes('holds data already');
    const database = new Database(server);
    const own = readKey(workspace.path('var', 'audit.key')) ?? '';
    const audit = new Audit(database, { current: () => key, known: () => [key, own] }, Date.now);
    expect((await audit.verify()).problem).to.equal(undefined);
    expect(await audit.list({ action: 'copy' })).to.have.length(1);
    const next = await new Outbox(database).insert([newDelivery()]);
    expect(next).to.deep.equal([31]);
    await database.close();
    const back = `sqlite:${workspace.path('back', 'connector.db')}`;
    const returned = await copy(server, back);
    expect([returned.code, JSON.parse(returned.out || '{"rows":0}').rows]).to.deep.equal([0, whole.rows + 2]);
  });

  it('goes on where it was cut off, from the same source alone', async () => {
    const served = new Workspace();
    const url = `sqlite:${workspace.path('half', 'connector.db')}`;
    const to = new Database(url);
    const from = new Database(file);
    await to.migrate();
    const parts = { from, to, source: 7 };
    let failed = false;
    await copyDatabase({
      ...parts,
      told: (table) => {
        if (table === 'events') throw new Error('killed');
      },
    }).catch(() => (failed = true));
    expect(failed).to.equal(true);
    const half = writeFiles(served, { config: { database: { url } } });
    const listed = await command(['events', 'list', '--config', half]);
    expect([listed.code, listed.err]).to.have.nested.property('[1]').that.includes('run the same copy again');
    const app = await App.create(half);
    const start = await app.start().catch((error: unknown) => error);
    await app.stop();
    expect(start).to.be.instanceOf(HalfCopyError);
    let refused = '';
    await copyDatabase({ ...parts, source: 8, told: () => undefined }).catch(
      (error: Error) => (refused = error.message),
    );
    expect(refused).to.include('another database');
    const counts = await copyDatabase({ ...parts, told: () => undefined });
    expect(counts.find(({ table }) => table === 'events')?.rows).to.equal(30);
    expect(await to.queries.selectFrom('cursors').selectAll().where('name', '=', 'copy').execute()).to.deep.equal([]);
    await from.close();
    await to.close();
    served.remove();
  });

  it('is refused while a service works with either', async () => {
    const service = await Service.start({ mappings: {} }, {}, workspace);
    const refused = await copy(file, `sqlite:${workspace.path('other.db')}`);
    expect([refused.code, refused.err]).to.have.nested.property('[1]').that.includes('a service works');
    await service.app.stop();
  });
});
