import BetterSqlite from 'better-sqlite3';
import { expect } from 'chai';
import { Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { Database } from '../../src/database/database.ts';
import * as road from '../../src/database/migrations/0001-road.ts';
import { sqliteDialect } from '../../src/database/sqlite/dialect.ts';
import { openToWrite } from '../../src/database/sqlite/open.ts';
import { filesWith, hireOf } from '../support/hires.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { sharedPostgres } from '../support/postgres.ts';
import { writeFiles } from '../support/service.ts';
import { command, Serving } from '../support/serving.ts';
import { engines } from '../support/stores.ts';
import { until } from '../support/until.ts';
import { postWebhook } from '../support/webhook.ts';
import { Workspace } from '../support/workspace.ts';

const isSoak = process.env['SOAK'] !== undefined;
const count = isSoak ? 100_000 : 600;
/** Killed when so much is sealed. */
const kills = isSoak ? [0.05, 0.5] : [0.3];
const word = 'Тарабукинёнок';

/** An event, a delivered delivery and its attempt of each hire, as the first version kept them. */
function rows(engine: 'sqlite' | 'postgres'): string[] {
  const text = JSON.stringify(hireOf(7)).replaceAll("'", "''").replaceAll('Тарабукинс', `${word}@@`);
  const whole = `replace(replace('${text}', '"id":7,', '"id":' || i || ','), '@@', cast(i as text))`;
  const bytes = engine === 'sqlite' ? `cast(${whole} as blob)` : `convert_to(${whole}, 'UTF8')`;
  const numbers = `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})`;
  return [
    `insert into events (source, scope, event, type, action, state, received_at, finished_at, body, body_size, headers)
      ${numbers} select 'huntflow', 'huntflow.example/14', 'APPLICANT', 'STATUS', 'ADD', 'mapped', 1700000000000 + i,
        1700000000000 + i, ${bytes}, 3000, '{"x-huntflow-event":"APPLICANT"}' from n`,
    `insert into event_keys (key, variant, event_id) ${numbers}
      select '["huntflow","huntflow.example","14","APPLICANT","event","old-' || i || '"]', '["' || i || '","ADD"]', i from n`,
    `insert into lanes (target, key, head, tail, due_at) ${numbers} select 'staff-csv', 'a' || i, 2, 1, null from n`,
    'delete from lanes',
    `insert into deliveries (lane_id, pos, event_id, mapping, mapping_hash, target, key, scope, state, record,
        idempotency_key, created_at, finished_at, attempts)
      ${numbers} select i, 1, i, 'hire-to-csv', 'hash', 'staff-csv', 'applicant/' || i, 'huntflow.example/14', 'delivered',
        '{"Фамилия":"${word}' || i || '"}', 'key' || i, 1700000000000 + i, 1700000000000 + i, 1 from n`,
    `insert into attempts (delivery_id, number, started_at, finished_at, outcome, summary, exchanges, warnings)
      ${numbers} select i, 1, 1700000000000 + i, 1700000000000 + i, 'delivered',
        '{"ru":"${word}' || i || '","en":""}',
        '[{"sent":"${word}' || i || '"}]', '[]' from n`,
  ];
}

// On PostgreSQL in the long form alone: its statements wait for the network one by one.
for (const engine of isSoak ? engines : engines.slice(0, 1))
  describe(`an upgrade from the first schema with ${count} deliveries (${engine})`, function () {
    this.timeout(3_600_000);
    plainNetwork();
    let workspace: Workspace;
    let serving: Serving | undefined;

    beforeEach(() => {
      workspace = new Workspace();
    });
    afterEach(async () => {
      await serving?.stop();
      workspace.remove();
    });

    /** Makes the tables of the first version and fills them; how to ask the database something. */
    async function first(url: string): Promise<(text: string) => Promise<readonly unknown[]>> {
      const database = new Database(url);
      const path = workspace.path('var', 'connector.db');
      const queries =
        engine === 'sqlite'
          ? new Kysely<unknown>({ dialect: sqliteDialect(() => openToWrite(path)) })
          : database.queries;
      const { error } = await new Migrator({
        db: queries,
        provider: { getMigrations: async () => ({ '0001-road': road }) },
      }).migrateToLatest();
      expect(error).to.equal(undefined);
      if (engine === 'sqlite') for (const text of rows(engine)) await sql.raw(text).execute(queries);
      if (engine === 'sqlite') await queries.destroy();
      await database.close();
      const ask = async (text: string) => {
        if (engine === 'sqlite') {
          const file = new BetterSqlite(path, { readonly: true });
          try {
            return file.prepare(text).all();
          } finally {
            file.close();
          }
        }
        const client = new pg.Client({ connectionString: url });
        await client.connect();
        try {
          return (await client.query(text)).rows;
        } finally {
          await client.end();
        }
      };
      if (engine === 'postgres') for (const text of rows(engine)) await ask(text);
      return ask;
    }

    it('seals all of it beside the service, goes on after kills, and names whom it is about', async () => {
      const server = await sharedPostgres();
      const url =
        engine === 'sqlite' ? `sqlite:${workspace.path('var', 'connector.db')}` : await server.createDatabase();
      const store = engine === 'sqlite' ? undefined : await server.createDatabase();
      expect((await command(['keys', 'new', workspace.path('connector.key')])).code).to.equal(0);
      const config = writeFiles(workspace, {
        config: { database: { url }, privacy: { keyFile: '../connector.key', ...(store !== undefined && { store }) } },
      });
      const ask = await first(url);
      const number = async (text: string) => Number(Object.values(Object((await ask(text))[0]))[0]);
      const cleaned = async (value: string) =>
        (await number(`select count(*) from privacy where name = 'cleaned' and value = '${value}'`)) === 1;
      const isLarge = isSoak && engine === 'sqlite';

      const began = performance.now();
      serving = await new Serving(config).ready(600_000);
      const ready = performance.now();
      const open = `select count(*) from events where seal is null`;
      const seals = async (share: number) =>
        until(`${share} of all are sealed`, async () => (await number(open)) <= count * (1 - share), 1_200_000);
      for (const share of kills) {
        await seals(share);
        await serving.kill();
        serving = await new Serving(config).ready(600_000);
        expect((await postWebhook(serving.url, hireOf(count + share * 100))).status).to.equal(200);
      }
      await until('all is sealed and cleaned', () => cleaned(isLarge ? 'at start' : 'done'), 1_800_000);
      const end = performance.now();
      if (isSoak)
        process.stdout.write(
          `      ready after ${((ready - began) / 1000).toFixed(1)} s, sealed after ` +
            `${((end - began) / 1000).toFixed(1)} s with ${kills.length} kills\n`,
        );
      if (isLarge) {
        await serving.stop();
        const again = performance.now();
        serving = await new Serving(config).ready(600_000);
        process.stdout.write(`      written anew by a start of ${((performance.now() - again) / 1000).toFixed(1)} s\n`);
        expect(await cleaned('done')).to.equal(true);
      }
      expect(await number(open)).to.equal(0);
      expect(await number('select count(*) from deliveries where seal is null')).to.equal(0);
      expect(await number(`select count(*) from people where key is not null`)).to.equal(count + kills.length);
      const inText = (column: string) => `${column} like '%${word}%'`;
      expect(await number(`select count(*) from deliveries where ${inText('record')}`)).to.equal(0);
      expect(
        await number(`select count(*) from attempts where ${inText('summary')} or ${inText('exchanges')}`),
      ).to.equal(0);
      expect(filesWith(workspace.path('var'), [word])).to.deep.equal([]);
      for (const applicant of [1, count]) {
        const { out } = await command(['export', 'applicant', String(applicant), '--config', config]);
        expect(out.split(`${word}${applicant}`).length, `of ${applicant}`).to.be.above(3);
      }
    });
  });
