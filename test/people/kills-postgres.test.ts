import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readKeyFile } from '../../src/people/key-file.ts';
import { Chance } from '../support/chance.ts';
import { dying } from '../support/dying.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { type PostgresDatabases, sharedPostgres } from '../support/postgres.ts';
import { Service } from '../support/service.ts';
import { command } from '../support/serving.ts';
import { until } from '../support/until.ts';
import { hire, postWebhook, withValue } from '../support/webhook.ts';
import { Workspace } from '../support/workspace.ts';

const isSoak = process.env['SOAK'] !== undefined;
/** Steps at which a piece of work is killed: so many, evenly spread. */
const most = isSoak ? Number(process.env['KILLS'] ?? 20) : 1;
const count = 4;
const word = (number: number) => `Тарабукин${'абвгде'[number]}`;
const chance = new Chance(Math.floor(Date.now() / 1000));
/** The short form kills one of the works, another each time: every look costs processes. */
const chosen = chance.below(5);
let number = 0;
function fact(title: string, work: () => Promise<void>): void {
  if (isSoak || number === chosen) it(title, work);
  number += 1;
}
const privacy = (store: string) => ({ keyFile: '../connector.key', store });

describe('killed at any step on PostgreSQL', function () {
  this.timeout(3_600_000);
  plainNetwork();
  let server: PostgresDatabases;
  let workspace: Workspace;
  let folder: string;
  let made: { readonly url: string; readonly store: string };
  const templates = new Map<string, { readonly url: string; readonly store: string }>();

  before(async () => {
    server = await sharedPostgres();
    workspace = new Workspace();
  });
  after(() => workspace.remove());

  const nameOf = (url: string) => new URL(url).pathname.slice(1);
  const path = (...parts: readonly string[]) => join(folder, ...parts);
  const config = () => path('config', 'connector.yaml');
  const cli = (...args: readonly string[]) => command([...args, '--config', config()]);
  async function exported(number: number): Promise<string | undefined> {
    const { code, out } = await cli('export', 'applicant', String(number));
    return code === 0 ? out : undefined;
  }
  /** Each counted by a query of its own. */
  async function numbers(queries: readonly string[], url = made.url): Promise<number[]> {
    const columns = queries.map((query, at) => `(${query}) as number${at}`);
    const [row] = await server.query(`select ${columns.join(', ')}`, nameOf(url));
    return Object.values(Object(row)).map(Number);
  }

  /** An installation that took some hires and delivered them, stopped; its databases are what others are copied of. */
  async function prepare(name: 'sealed' | 'clear'): Promise<void> {
    const place = new Workspace();
    const databases = { url: await server.createMigrated(), store: await server.createDatabase() };
    expect((await command(['keys', 'new', place.path('connector.key')])).code).to.equal(0);
    const retention = { delivered: '30d', skipped: '30d', dead: 'never', attachments: '30d' };
    const database = { url: databases.url };
    const files = { ...(name === 'sealed' && { privacy: privacy(databases.store) }), database, retention };
    const service = await Service.start({ config: files }, {}, place);
    for (let number = 0; number < count; number += 1) {
      const body = withValue(hire(number), ['event', 'applicant', 'last_name'], word(number));
      expect((await postWebhook(service.url, body)).status).to.equal(200);
    }
    const { outbox } = service.app.composition;
    await until('all is delivered', async () => (await outbox.list({ state: 'delivered' })).length === count);
    await service.app.stop();
    for (const url of [databases.url, databases.store]) await server.endBackends(url);
    templates.set(name, databases);
    cpSync(place.folder, workspace.path(name), { recursive: true });
    place.remove();
  }

  async function databaseLike(url: string): Promise<string> {
    const copy = await server.createDatabase();
    await server.query(`drop database ${nameOf(copy)}`);
    await server.query(`create database ${nameOf(copy)} template ${nameOf(url)} strategy file_copy`);
    return copy;
  }

  /** An installation of its own, with databases of its own. */
  async function fresh(name: 'sealed' | 'clear'): Promise<void> {
    if (!existsSync(workspace.path(name))) await prepare(name);
    const { url = '', store = '' } = templates.get(name) ?? {};
    folder = workspace.path('work');
    rmSync(folder, { recursive: true, force: true });
    cpSync(workspace.path(name), folder, { recursive: true });
    made = { url: await databaseLike(url), store: await databaseLike(store) };
    const text: object = JSON.parse(readFileSync(config(), 'utf8'));
    writeFileSync(config(), JSON.stringify({ ...text, database: { url: made.url }, privacy: privacy(made.store) }));
  }

  async function dropped(): Promise<void> {
    for (const url of [made.url, made.store]) await server.query(`drop database ${nameOf(url)} with (force)`);
  }

  /** Kills `work` before each step that is chosen, each time over fresh databases, and looks afterwards. */
  async function killed(
    work: () => readonly string[],
    about: number,
    looked: (at: string) => Promise<void>,
    name: 'sealed' | 'clear' = 'sealed',
    begun: () => Promise<void> = async () => undefined,
  ): Promise<void> {
    let steps = about;
    if (isSoak) {
      await fresh(name);
      await begun();
      const whole = await dying(work(), Infinity, folder);
      expect(whole.code, whole.err).to.equal(0);
      ({ steps } = whole);
      await dropped();
    }
    const shift = isSoak ? 0 : chance.below(about);
    const some = Math.min(steps, most);
    let deaths = 0;
    for (let number = 0; number < some; number += 1) {
      await fresh(name);
      await begun();
      const at = 1 + ((Math.floor((number * steps) / some) + shift) % steps);
      const death = await dying(work(), at, folder);
      if (death.code === null) deaths += 1;
      await looked(`killed at ${at} of ${steps}: ${death.err}`);
      await dropped();
    }
    if (!isSoak) return;
    process.stdout.write(`      ${steps} steps, killed at ${deaths}\n`);
    expect(deaths).to.be.above(some * 0.9);
  }

  fact('a rotation loses no key, and the next one ends it', () =>
    killed(
      () => ['keys', 'rotate', '--config', config()],
      280,
      async (at) => {
        for (const number of [0, 3]) expect(await exported(number), at).to.include(word(number));
        const again = await cli('keys', 'rotate');
        expect(again.code, `${at} ${again.err}`).to.equal(0);
        expect(readKeyFile(path('connector.key')).length, at).to.equal(2);
        for (const number of [0, 3]) expect(await exported(number), at).to.include(word(number));
        expect(await numbers(['select count(distinct kek) from person_keys'], made.store), at).to.deep.equal([1]);
      },
    ),
  );

  fact('an erasure is not begun, or ended by the next one', () =>
    killed(
      () => ['forget', 'applicant', '2', '--yes', '--config', config()],
      45,
      async (at) => {
        const other = await cli('forget', 'applicant', '1', '--yes');
        expect(other.code, `${at} ${other.err}`).to.equal(0);
        const left = await exported(2);
        if (left !== undefined) {
          expect(left, at).to.include(word(2));
          expect((await cli('forget', 'applicant', '2', '--yes')).code, at).to.equal(0);
        }
        expect(await exported(2), at).to.equal(undefined);
        const rest = await numbers([
          'select count(*) from forgettings where finished_at is null',
          'select count(*) from events where body is null',
          'select count(*) from people where applicant is null',
        ]);
        expect(rest, at).to.deep.equal([0, 2, 2]);
        for (const number of [0, 3]) expect(await exported(number), at).to.include(word(number));
        expect((await cli('audit', 'verify')).code, at).to.equal(0);
      },
    ),
  );

  fact('retention loses no row, and goes on', () =>
    killed(
      () => ['retain', config()],
      40,
      async (at) => {
        const rows = () =>
          numbers([
            'select count(*) from events',
            'select count(*) from deliveries',
            'select count(*) from event_keys',
            'select count(*) from attempts where delivery_id in (select id from deliveries where record is null)',
            'select count(*) from events where body is not null',
            'select count(*) from deliveries where record is not null',
          ]);
        expect((await rows()).slice(0, 4), at).to.deep.equal([count, count, count, 0]);
        const again = await dying(['retain', config(), '1'], Infinity, folder);
        expect(again.code, `${at} ${again.err}`).to.equal(0);
        expect(await rows(), at).to.deep.equal([count, count, count, 0, 0, 0]);
      },
    ),
  );

  fact('a copy is not served before it is whole, and is ended by the next one', async () => {
    let to = '';
    await killed(
      () => ['copy', '--from', made.url, '--to', to],
      200,
      async (at) => {
        const again = await command(['copy', '--from', made.url, '--to', to, '--json']);
        expect(again.code, `${at} ${again.err}`).to.equal(0);
        const hash = ['select count(*) from events', 'select sum(id * seal % 1000003) from events'];
        expect(await numbers(hash, to), at).to.deep.equal(await numbers(hash));
        await server.query(`drop database ${nameOf(to)} with (force)`);
      },
      'sealed',
      // Of what nobody has copied to: the next one ends what the last began.
      async () => void (to = await server.createDatabase()),
    );
  });

  fact('the sealing of what lay in clear goes on, and leaves nothing in clear', () =>
    killed(
      () => ['seal', config()],
      330,
      async (at) => {
        const again = await dying(['seal', config()], Infinity, folder);
        expect(again.code, `${at} ${again.err}`).to.equal(0);
        const clear = await numbers(['select count(*) from events where seal is null']);
        expect(clear, at).to.deep.equal([0]);
        const words = await numbers([
          `select count(*) from deliveries where record like '%Тарабукин%'`,
          `select count(*) from attempts where exchanges like '%Тарабукин%'`,
        ]);
        expect(words, at).to.deep.equal([0, 0]);
        for (let number = 0; number < count; number += 1) expect(await exported(number), at).to.include(word(number));
      },
      'clear',
    ),
  );
});
