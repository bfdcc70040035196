import { expect } from 'chai';
import { Database } from '../../src/database/database.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { type PostgresDatabases, sharedPostgres } from '../support/postgres.ts';
import { request } from '../support/request.ts';
import { Service, writeFiles } from '../support/service.ts';
import { command } from '../support/serving.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';
import { hire, postWebhook } from '../support/webhook.ts';
import { Workspace } from '../support/workspace.ts';

describe('a PostgreSQL server', function () {
  this.timeout(60_000);
  plainNetwork();
  let server: PostgresDatabases;

  before(async () => {
    server = await sharedPostgres();
  });

  const nameOf = (url: string) => new URL(url).pathname.slice(1);
  const ready = async (service: Service) =>
    String(
      Reflect.get(Object((await request(`${service.app.consoleUrl}/health/ready`, { method: 'GET' })).json), 'reason'),
    );

  it('whose database is not UTF-8 is refused at the start, with a sentence', async () => {
    const url = await server.createDatabase();
    const name = `${nameOf(url)}_ascii`;
    await server.query(`create database ${name} encoding 'SQL_ASCII' locale 'C' template template0`);
    const workspace = new Workspace();
    const config = writeFiles(workspace, { config: { database: { url: url.replace(nameOf(url), name) } } });
    const { code, err } = await command(['serve', '--config', config]);
    workspace.remove();
    expect([code, err.trim()]).to.deep.equal([
      1,
      'the encoding of the database is SQL_ASCII, and UTF8 is needed: create another one (CREATE DATABASE … ENCODING ' +
        "'UTF8' TEMPLATE template0) and name it in database.url",
    ]);
  });

  it('that can only be read is called so, at the start and while it serves', async () => {
    const url = await server.createDatabase();
    const service = await Service.start({ mappings: {}, config: { database: { url } } });
    expect((await postWebhook(service.url, hire(1))).status).to.equal(200);
    await server.query(`alter database ${nameOf(url)} set default_transaction_read_only = on`);
    await server.killBackends(url);
    try {
      expect((await postWebhook(service.url, hire(2))).status).to.equal(503);
      expect(await ready(service)).to.match(/^the database takes no events: this PostgreSQL database is read-only/);
      const late = new Database(url);
      const refusal = await late.serve().catch((error: unknown) => error);
      await late.close();
      expect(String(refusal)).to.equal('MigrationError: this PostgreSQL database is read-only');
    } finally {
      await service.stop();
    }
  });

  it('that says nothing any more lets a webhook wait no longer than 5 s, one after the other and together', async () => {
    const proxy = await TcpProxy.start(server.port);
    const url = (await server.createDatabase()).replace(`:${server.port}/`, `:${proxy.port}/`);
    const service = await Service.start({ mappings: {}, config: { database: { url } } });
    expect((await postWebhook(service.url, hire(1))).status).to.equal(200);
    proxy.silence(true);
    const timed = async (number: number) => {
      const began = performance.now();
      const { status } = await postWebhook(service.url, hire(number));
      return { status, soon: performance.now() - began < 5000 };
    };
    try {
      const refused = { status: 503, soon: true };
      expect(await Promise.all([2, 3, 4].map(timed))).to.deep.equal([refused, refused, refused]);
      expect(await timed(5)).to.deep.equal(refused);
      expect(await ready(service)).to.equal('the database does not answer');
    } finally {
      await proxy.stop();
      await service.stop();
    }
  });
});
