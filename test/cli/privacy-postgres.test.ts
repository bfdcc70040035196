import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { filesWith, hireOf, personalOf, surname } from '../support/hires.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { sharedPostgres } from '../support/postgres.ts';
import { type PostgresDatabases } from '../support/postgres.ts';
import { writeFiles } from '../support/service.ts';
import { command, Serving } from '../support/serving.ts';
import { until } from '../support/until.ts';
import { postWebhook } from '../support/webhook.ts';
import { Workspace } from '../support/workspace.ts';

const people = process.env['SOAK'] === undefined ? 20 : 1000;

/** What the server has of a database in its files: tables, indexes and what lies aside of them, dead rows included. */
async function folderOf(server: PostgresDatabases, url: string): Promise<string> {
  const [found] = await server.query(
    `select current_setting('data_directory') as data, oid from pg_database where datname = '${new URL(url).pathname.slice(1)}'`,
  );
  const { data, oid } = Object(found);
  return join(String(data), 'base', String(oid));
}

describe('sealed data of people in PostgreSQL', function () {
  this.timeout(600_000);
  plainNetwork();
  let workspace: Workspace;
  let serving: Serving | undefined;

  beforeEach(() => {
    workspace = new Workspace();
  });
  afterEach(async () => {
    await serving?.stop();
    serving = undefined;
    workspace.remove();
  });

  it('lies readable in no file of the server, and goes with its key', async () => {
    const server = await sharedPostgres();
    const [url, store] = [await server.createMigrated(), await server.createDatabase()];
    expect((await command(['keys', 'new', workspace.path('connector.key')])).code).to.equal(0);
    const sealed = writeFiles(workspace, {
      config: { database: { url }, privacy: { keyFile: '../connector.key', store } },
    });
    const cli = (...args: readonly string[]) => command([...args, '--config', sealed]);
    serving = await new Serving(sealed).ready();
    for (let number = 0; number < people; number += 1)
      expect((await postWebhook(serving.url, hireOf(number))).status).to.equal(200);
    const count = async () =>
      Object(
        (
          await server.query(
            `select count(*) from deliveries where state = 'delivered'`,
            new URL(url).pathname.slice(1),
          )
        )[0],
      ).count;
    await until('all are delivered', async () => Number(await count()) === people, 300_000);

    const all = Array.from({ length: people }, (_, number) => personalOf(number)).flat();
    const found = async (texts: readonly string[]) => {
      await server.query('checkpoint');
      const folders = [await folderOf(server, url), await folderOf(server, store), workspace.path('var')];
      return folders.flatMap((folder) => filesWith(folder, texts));
    };
    expect(await found(all)).to.deep.equal([]);
    expect(all.filter((text) => serving?.log.includes(text))).to.deep.equal([]);
    // The search finds what is there: a plain text, and what the server has of these hires besides.
    expect((await found(['hire-to-csv'])).length).to.be.above(0);
    expect((await cli('export', 'applicant', '3')).out).to.include(surname(3));

    const forgotten = await cli('forget', 'applicant', '3', '--yes');
    expect(forgotten.err).to.match(/^Earlier copies of the store of keys .* pg_dump on PostgreSQL.*\n$/);
    expect(await found(personalOf(3))).to.deep.equal([]);
    expect((await cli('export', 'applicant', '3')).code).to.equal(1);
    expect((await cli('export', 'applicant', '4')).out).to.include(surname(4));
    rmSync(workspace.path('drop'), { recursive: true, force: true });
    expect(filesWith(workspace.folder, all), 'in the whole installation').to.deep.equal([]);
  });
});
