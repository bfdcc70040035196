import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer, type Server as SecureServer } from 'node:https';
import { join } from 'node:path';
import { expect } from 'chai';
import { Attachments } from '../../src/attachments/attachments.ts';
import type { Composition } from '../../src/container.ts';
import { copyBeforeUpgrade } from '../../src/database/sqlite/upgrade-copy.ts';
import { Drafts } from '../../src/mapping/store/drafts.ts';
import { hireOf, personalOf, surname } from '../support/hires.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { type PostgresDatabases, sharedPostgres } from '../support/postgres.ts';
import { raw } from '../support/procedures.ts';
import { hireToCsv, Service, writeFiles } from '../support/service.ts';
import { command } from '../support/serving.ts';
import { engines } from '../support/stores.ts';
import { until } from '../support/until.ts';
import { postWebhook } from '../support/webhook.ts';
import { Workspace } from '../support/workspace.ts';

const isSoak = process.env['SOAK'] !== undefined;
const people = isSoak ? 1000 : 6;
/** So many of them are forgotten, the first ones. */
const forgotten = isSoak ? 100 : 2;
const tls = (name: string) => readFileSync(new URL(`../fixtures/tls/self-signed.${name}`, import.meta.url), 'utf8');

/** One target takes a hire, one refuses it and says of whom, one is not asked yet. */
const mappings = Object.fromEntries(
  ['staff-csv', 'refusing', 'waiting'].map((target) => [
    `${target}.yaml`,
    target === 'staff-csv'
      ? hireToCsv
      : `mapping: to-${target}
on: { event: APPLICANT, type: STATUS, action: ADD, stage: hired }
to: ${target}
key: =applicant.email
once: =applicant.email
record: { path: /people, body: { name: =applicant.last_name, mail: =applicant.email, phone: =applicant.phone } }
`,
  ]),
);

/** In a process of its own: whoever closes a file of a database takes all locks on it from the process that serves it. */
function searched(folders: readonly string[], texts: readonly string[]): string[] {
  const hires = new URL('../support/hires.ts', import.meta.url).href;
  const script = `const { filesWith } = await import('${hires}');
    const { folders, texts } = JSON.parse((await import('node:fs')).readFileSync(0, 'utf8'));
    console.log(JSON.stringify(folders.flatMap((folder) => filesWith(folder, texts))))`;
  const input = JSON.stringify({ folders, texts });
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], { input, encoding: 'utf8' }));
}

for (const engine of engines)
  describe(`a sealed installation at rest (${engine})`, function () {
    this.timeout(isSoak ? 1_800_000 : 180_000);
    plainNetwork();
    let workspace: Workspace;
    let service: Service | undefined;
    let target: Server;
    let answer = 422;
    let files: SecureServer;
    let server: PostgresDatabases | undefined;
    const all = Array.from({ length: people }, (_, number) => personalOf(number)).flat();

    before(async () => {
      workspace = new Workspace();
      mkdirSync(workspace.path('backup'));
      target = createServer((request, response) => {
        request.pipe(response.writeHead(answer, { 'content-type': 'application/json' }));
      });
      files = createSecureServer({ cert: tls('crt'), key: tls('key') }, (_request, response) => {
        response.end(all.join('\n').repeat(20));
      });
      for (const each of [target, files])
        await new Promise<void>((resolve) => void each.listen(0, '127.0.0.1', () => resolve()));
      if (engine === 'postgres') server = await sharedPostgres();
    });
    after(async () => {
      await service?.app.stop();
      for (const each of [target, files]) each.close();
      workspace.remove();
    });

    const portOf = (listening: Server | SecureServer) => Number(Object(listening.address()).port);
    const path = () => workspace.path('var', 'connector.db');
    const configOf = (url: string, store: string | undefined) => ({
      database: { url },
      privacy: { keyFile: '../connector.key', ...(store !== undefined && { store }) },
      retention: { delivered: '90d', skipped: '30d', dead: 'never', attachments: '30d' },
      targets: {
        'staff-csv': {
          adapter: 'csv',
          settings: { folder: '../drop', create: true, name: 'hires.csv', encoding: 'utf-8' },
        },
        ...Object.fromEntries(
          ['refusing', 'waiting'].map((name) => [
            name,
            { adapter: 'rest', settings: { baseUrl: `http://127.0.0.1:${portOf(target)}` }, concurrency: 8 },
          ]),
        ),
      },
    });
    const cli = (...args: readonly string[]) =>
      command([...args, '--config', workspace.path('config', 'connector.yaml')]);

    /** What lies in the folders of the installation and of the server. */
    async function found(texts: readonly string[], databases: readonly string[]): Promise<string[]> {
      const folders = [workspace.path('var'), workspace.path('backup')];
      if (server !== undefined) {
        await server.query('checkpoint');
        for (const url of databases) {
          const name = new URL(url).pathname.slice(1);
          const [row] = await server.query(
            `select current_setting('data_directory') as data, oid from pg_database where datname = '${name}'`,
          );
          folders.push(join(String(Object(row).data), 'base', String(Object(row).oid)));
        }
      }
      return searched(folders, texts);
    }

    /** Everything else that somebody may have kept about a person. */
    async function fill({ database, seals, now, outbox, states }: Composition): Promise<void> {
      await new Drafts(database, seals, now).save('hire-to-csv', 'anna', `given: ${surname(1)}`, null);
      const [delivered] = await outbox.list({ state: 'delivered', limit: 1 });
      const [dead] = await outbox.list({ state: 'dead', limit: 1 });
      const record = workspace.path('record.json');
      writeFileSync(record, JSON.stringify({ path: '/people', body: { name: surname(2) } }));
      const edited = await cli('deliveries', 'edit', String(dead?.id), '--record', record, '--reason', surname(3));
      expect(edited.err).to.equal('');
      rmSync(record);
      if (delivered !== undefined)
        await outbox
          .references(delivered)
          .keep({ kind: 'applicant', id: 5, set: 'people' }, surname(4), { text: surname(4) });
      await states.pause('staff-csv', now(), undefined, surname(5));
      const attachments = new Attachments({
        folder: () => workspace.path('var', 'attachments'),
        rules: {
          hosts: ['127.0.0.1'],
          private: true,
          limit: 10_000_000,
          port: portOf(files),
          timeout: 5000,
          ca: tls('crt'),
        },
        seals,
        isSigned: true,
        now,
        failed: (error) => expect.fail(String(error)),
      });
      const file = `https://127.0.0.1:${portOf(files)}/${encodeURIComponent(surname(0))}.pdf`;
      await attachments.want('scope', { cv: { file } }, {}, delivered?.person ?? null);
      await attachments.idle();
      expect((await attachments.find('scope', file)).size).to.be.above(1000);
      await attachments.stop();
      if (engine === 'sqlite') copyBeforeUpgrade(path(), '0001-road', Date.now());
    }

    it(`holds nothing readable of ${people} hires, forgets some, and a restored copy brings none of them back`, async () => {
      const url = (await server?.createMigrated()) ?? `sqlite:${path()}`;
      const store = await server?.createDatabase();
      const databases = store === undefined ? [] : [url, store];
      await command(['keys', 'new', workspace.path('connector.key')]);
      service = await Service.start({ config: configOf(url, store), mappings }, {}, workspace);
      const { composition } = service.app;
      await composition.states.pause('waiting', composition.now());
      for (let number = 0; number < people; number += 1)
        expect((await postWebhook(service.url, hireOf(number))).status).to.equal(200);
      await postWebhook(service.url, new Uint8Array(Buffer.from(`{ "last_name": "${surname(0)}", this is no JSON`)));
      const count = async (state: 'delivered' | 'dead' | 'pending') =>
        (await composition.outbox.list({ state })).length;
      await until(
        'all are delivered, refused or waiting',
        async () =>
          (await Promise.all([count('delivered'), count('dead'), count('pending')])).every((n) => n === people),
        isSoak ? 600_000 : 60_000,
      );
      await fill(composition);
      expect(await found(all, databases)).to.deep.equal([]);
      expect(all.filter((text) => service?.log.some((line) => line.includes(text)))).to.deep.equal([]);
      expect((await found(['to-refusing'], databases)).length, 'the search finds what is there').to.be.above(0);

      // Last week's backup.
      await service.app.stop();
      const backup = workspace.path('backup', 'connector.db');
      let copied = url;
      if (server === undefined) {
        expect((await cli('backup', backup)).code).to.equal(0);
      } else {
        copied = url.replace(/[^/]*$/, (name) => `${name}_copy`);
        await server.query(`create database ${copied.split('/').at(-1)} template ${url.split('/').at(-1)}`);
      }
      expect(await found(all, [...databases, copied])).to.deep.equal([]);

      service = await Service.start({ config: configOf(url, store), mappings }, {}, workspace);
      const actor = service.app.composition.audit.actor('anna', 'cli');
      const keys: number[] = [];
      for (let number = 0; number < forgotten; number += 1) {
        const { people: known, forgetting, database } = service.app.composition;
        const [person] = await known.find(String(number));
        if (person === undefined) return expect.fail(`applicant ${number} is not known`);
        for (const row of await raw(database.reads, `select key from people where id in (${person.ids.join()})`))
          keys.push(Number(Object(row).key));
        expect(await forgetting.mark(person, actor, true)).to.have.property('done', true);
      }
      await service.app.composition.forgetting.finishAll();
      const gone = service.app.composition;
      expect((await gone.sealing.ring?.findAll(keys))?.size, 'keys').to.equal(0);
      const left = await raw(gone.database.reads, 'select count(*) as n from people where applicant is not null');
      expect(Number(Object(left[0]).n)).to.equal(people - forgotten);
      await nothingOf(gone);
      await service.app.stop();

      // Restored with today's keys.
      writeFiles(workspace, { config: configOf(copied, store), mappings });
      const restored = await cli('restore', ...(server === undefined ? [backup] : []), '--yes');
      expect(restored.err).to.equal('');
      expect(restored.out).to.include(`${forgotten} person(s) have no key any more and stay forgotten`);
      service = await Service.start({ config: configOf(copied, store), mappings }, {}, workspace);
      await nothingOf(service.app.composition);
      expect(await found(all, [...databases, copied])).to.deep.equal([]);
      const exported = await cli('export', 'applicant', String(people - 1));
      expect(exported.out).to.include(surname(people - 1));
      // What is owed goes out for whoever is known, and what nobody can read does not stand in its way.
      const { outbox, states } = service.app.composition;
      answer = 200;
      for (const name of ['staff-csv', 'refusing', 'waiting']) await states.resume(name);
      outbox.wake();
      await until(
        'what was owed is delivered',
        async () =>
          (await outbox.list({ state: 'pending' })).length === 0 &&
          (await outbox.list({ state: 'delivered', target: 'waiting' })).length === people - forgotten,
        isSoak ? 300_000 : 30_000,
      );
    });

    async function nothingOf({ people: known, inbox, outbox, database }: Composition): Promise<void> {
      const first = Array.from({ length: forgotten }, (_, number) => number);
      for (const [, mail = ''] of first.map(personalOf)) expect(await known.search(mail), mail).to.deep.equal([]);
      const texts: string[] = [];
      for (const row of await raw(database.reads, 'select id from events where person is not null')) {
        const body = (await inbox.find(Number(Object(row).id)))?.body;
        if (body) texts.push(Buffer.from(body).toString());
      }
      expect(texts, 'the others can be read').to.have.length(people - forgotten);
      for (const delivery of await outbox.list({}))
        texts.push(JSON.stringify([await outbox.record(delivery.id), await outbox.attempts(delivery.id)]));
      const all = texts.join();
      expect(first.filter((number) => all.includes(`tarabukin.${number}@`))).to.deep.equal([]);
      expect(all).to.include(`tarabukin.${forgotten}@`);
    }
  });
