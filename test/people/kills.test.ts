import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { deserialize } from 'node:v8';
import { expect } from 'chai';
import { readKeyFile } from '../../src/people/key-file.ts';
import { Spool } from '../../src/spool/spool.ts';
import { Chance } from '../support/chance.ts';
import { dying } from '../support/dying.ts';
import { plainNetwork } from '../support/plain-network.ts';
import { Service } from '../support/service.ts';
import { command } from '../support/serving.ts';
import { until } from '../support/until.ts';
import { hire, postWebhook, withValue } from '../support/webhook.ts';
import { Workspace } from '../support/workspace.ts';

const isSoak = process.env['SOAK'] !== undefined;
/** Steps at which a piece of work is killed: so many, evenly spread. */
const most = isSoak ? Number(process.env['KILLS'] ?? 60) : 1;
const count = 6;
const word = (number: number) => `Тарабукин${'абвгде'[number]}`;
const chance = new Chance(Math.floor(Date.now() / 1000));

describe('killed at any step', function () {
  this.timeout(3_600_000);
  plainNetwork();
  let workspace: Workspace;
  let folder: string;

  before(async () => {
    workspace = new Workspace();
    await prepare('template', { privacy: { keyFile: '../connector.key' } });
  });
  after(() => workspace.remove());

  /** An installation that took some hires and delivered them, stopped. */
  async function prepare(name: string, config: object): Promise<void> {
    const made = new Workspace();
    expect((await command(['keys', 'new', made.path('connector.key')])).code).to.equal(0);
    const retention = { delivered: '30d', skipped: '30d', dead: 'never', attachments: '30d' };
    const service = await Service.start({ config: { ...config, retention } }, {}, made);
    for (let number = 0; number < count; number += 1) {
      const body = withValue(hire(number), ['event', 'applicant', 'last_name'], word(number));
      expect((await postWebhook(service.url, body)).status).to.equal(200);
    }
    const { outbox } = service.app.composition;
    await until('all is delivered', async () => (await outbox.list({ state: 'delivered' })).length === count);
    const [first] = await outbox.list({});
    if (first !== undefined)
      await outbox.references(first).keep({ kind: 'applicant', id: 5, set: 'people' }, word(5), { text: word(5) });
    await service.app.stop();
    cpSync(made.folder, workspace.path(name), { recursive: true });
    made.remove();
  }

  const path = (...parts: readonly string[]) => join(folder, ...parts);
  const config = () => path('config', 'connector.yaml');
  const cli = (...args: readonly string[]) => command([...args, '--config', config()]);
  const database = () => path('var', 'connector.db');
  async function exported(number: number): Promise<string | undefined> {
    const { code, out } = await cli('export', 'applicant', String(number));
    return code === 0 ? out : undefined;
  }
  function sound(file: string): void {
    const opened = new BetterSqlite(file);
    expect(opened.pragma('quick_check', { simple: true })).to.equal('ok');
    opened.close();
  }
  function filesWith(text: string): string[] {
    return readdirSync(path('var'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(text))
      .map(({ name }) => name);
  }

  /** Kills `work` before each step that is chosen, each time over a fresh copy of the template, and looks afterwards. */
  async function killed(
    work: () => readonly string[],
    {
      prepared = async () => {},
      looked,
      template = 'template',
      about,
    }: {
      readonly prepared?: () => Promise<void>;
      readonly looked: (death: { readonly out: string; readonly at: string }) => Promise<void>;
      readonly template?: string;
      /** How many steps it has, roughly: the short form does not count them. */
      readonly about: number;
    },
  ): Promise<void> {
    const fresh = async () => {
      folder = workspace.path('work');
      rmSync(folder, { recursive: true, force: true });
      cpSync(workspace.path(template), folder, { recursive: true });
      await prepared();
    };
    let steps = about;
    if (isSoak) {
      await fresh();
      const whole = await dying(work(), Infinity, folder);
      expect(whole.code, whole.err).to.equal(0);
      ({ steps } = whole);
    }
    const shift = isSoak ? 0 : chance.below(about);
    const some = Math.min(steps, most);
    let deaths = 0;
    for (let number = 0; number < some; number += 1) {
      await fresh();
      const at = 1 + ((Math.floor((number * steps) / some) + shift) % steps);
      const death = await dying(work(), at, folder);
      if (death.code === null) deaths += 1;
      await looked({ out: death.out, at: `killed at ${at} of ${steps}: ${death.err}` });
    }
    if (isSoak) process.stdout.write(`      ${steps} steps, killed at ${deaths}\n`);
    if (isSoak) expect(deaths).to.be.above(some * 0.9);
  }

  it('a rotation loses no key, and the next one ends it', async () => {
    await killed(() => ['keys', 'rotate', '--config', config()], {
      about: 289,
      looked: async ({ at }) => {
        for (const number of [0, 5]) expect(await exported(number), at).to.include(word(number));
        const again = await cli('keys', 'rotate');
        expect(again.code, `${at} ${again.err}`).to.equal(0);
        expect(readKeyFile(path('connector.key')).length, at).to.be.within(2, 2);
        for (const number of [0, 5]) expect(await exported(number), at).to.include(word(number));
        const store = new BetterSqlite(path('var', 'people.db'), { readonly: true });
        expect(store.prepare('select count(distinct kek) as keks from person_keys').get(), at).to.deep.equal({
          keks: 1,
        });
        store.close();
      },
    });
  });

  it('an erasure is not begun, or ended by the next one', async () => {
    await killed(() => ['forget', 'applicant', '3', '--yes', '--config', config()], {
      about: 50,
      looked: async ({ at }) => {
        const other = await cli('forget', 'applicant', '4', '--yes');
        expect(other.code, `${at} ${other.err}`).to.equal(0);
        const left = await exported(3);
        if (left !== undefined) {
          expect(left, at).to.include(word(3));
          expect((await cli('forget', 'applicant', '3', '--yes')).code, at).to.equal(0);
        }
        expect(await exported(3), at).to.equal(undefined);
        const file = new BetterSqlite(database(), { readonly: true });
        expect(file.prepare('select count(*) as open from forgettings where finished_at is null').get()).to.deep.equal({
          open: 0,
        });
        expect(file.prepare('select count(*) as n from events where body is null').get()).to.deep.equal({ n: 2 });
        expect(file.prepare('select count(*) as n from people where applicant is null').get()).to.deep.equal({ n: 2 });
        file.close();
        for (const number of [0, 5]) expect(await exported(number), at).to.include(word(number));
        expect((await cli('audit', 'verify')).code, at).to.equal(0);
      },
    });
  });

  it('a restore leaves the base of before or that of the copy, with every target paused', async () => {
    const copy = () => path('copy.db');
    await killed(() => ['restore', copy(), '--yes', '--config', config()], {
      about: 70,
      prepared: async () => {
        expect((await cli('backup', copy())).code).to.equal(0);
        expect((await cli('forget', 'applicant', '3', '--yes')).code).to.equal(0);
      },
      looked: async ({ at }) => {
        sound(database());
        expect(await exported(3), at).to.equal(undefined);
        for (const number of [0, 5]) expect(await exported(number), at).to.include(word(number));
        const again = await cli('restore', copy(), '--yes');
        expect(again.code, `${at} ${again.err}`).to.equal(0);
        expect(JSON.parse((await cli('targets', 'list', '--json')).out).items[0], at).to.have.property(
          'state',
          'paused',
        );
        expect(await exported(3), at).to.equal(undefined);
        expect(
          readdirSync(path('var')).filter((name) => name.includes('.restored')),
          at,
        ).to.deep.equal([]);
      },
    });
  });

  it('a copy is not served before it is whole, and is ended by the next one', async () => {
    const to = () => `sqlite:${path('var', 'other.db')}`;
    await killed(() => ['copy', '--from', `sqlite:${database()}`, '--to', to()], {
      about: 245,
      looked: async ({ at }) => {
        const again = await command(['copy', '--from', `sqlite:${database()}`, '--to', to(), '--json']);
        expect(again.code, `${at} ${again.err}`).to.equal(0);
        sound(path('var', 'other.db'));
        const [one, two] = [database(), path('var', 'other.db')].map((file) => {
          const opened = new BetterSqlite(file, { readonly: true });
          const rows = opened.prepare('select id, seal, state from events order by id').all();
          const attempts = opened.prepare('select count(*) as count from attempts').all();
          opened.close();
          return { rows, attempts };
        });
        expect(two, at).to.deep.equal(one);
      },
    });
  });

  it('a backup is whole or not there', async () => {
    const to = () => path('var', 'copy.db');
    await killed(() => ['backup', to(), '--config', config()], {
      about: 20,
      looked: async ({ at }) => {
        if (existsSync(to())) sound(to());
        else expect((await cli('backup', to())).code, at).to.equal(0);
        sound(database());
      },
    });
  });

  it('retention loses no row, and goes on', async () => {
    await killed(() => ['retain', config()], {
      about: 50,
      looked: async ({ at }) => {
        sound(database());
        const rows = () => {
          const opened = new BetterSqlite(database(), { readonly: true });
          const found = opened
            .prepare(
              `select (select count(*) from events) as events, (select count(*) from deliveries) as deliveries,
                (select count(*) from event_keys) as keys, (select count(*) from events where body is not null) as bodies,
                (select count(*) from deliveries where record is not null) as records,
                (select count(*) from attempts where delivery_id in (select id from deliveries where record is null)) as halves`,
            )
            .get();
          opened.close();
          return found;
        };
        expect(rows(), at).to.deep.include({ events: count, deliveries: count, keys: count, halves: 0 });
        const again = await dying(['retain', config(), '1'], Infinity, folder);
        expect(again.code, `${at} ${again.err}`).to.equal(0);
        expect(rows(), at).to.deep.include({ events: count, deliveries: count, keys: count, bodies: 0, records: 0 });
      },
    });
  });

  it('a spool has whatever it said it keeps and did not hand over, in order', async () => {
    await killed(() => ['spool', path('spool')], {
      about: 40,
      looked: async ({ out, at }) => {
        const said = out.split('\n').map((line) => line.split(' '));
        const numbers = (what: string) => said.filter(([first]) => first === what).map(([, number]) => Number(number));
        mkdirSync(path('spool'), { recursive: true });
        const spool = new Spool(path('spool'), Buffer.alloc(32, 7));
        await spool.open();
        const found: number[] = [];
        const take = async (entries: readonly Buffer[]) => {
          for (const entry of entries) found.push(Number(deserialize(entry)));
        };
        while (await spool.takeOldest(take));
        await spool.close();
        const [taken, kept] = [new Set(numbers('taken')), numbers('kept')];
        expect(
          kept.filter((number) => !taken.has(number) && !found.includes(number)),
          at,
        ).to.deep.equal([]);
        expect(found, at).to.deep.equal([...new Set(found)].toSorted((a, b) => a - b));
      },
    });
  });

  it('the sealing of what lay in clear goes on, and leaves nothing in clear', async () => {
    if (!existsSync(workspace.path('clear'))) await prepare('clear', {});
    const withKey = () => {
      const text: object = JSON.parse(readFileSync(config(), 'utf8'));
      return JSON.stringify({ ...text, privacy: { keyFile: '../connector.key' } });
    };
    await killed(() => ['seal', config()], {
      about: 365,
      template: 'clear',
      prepared: async () => {
        const { writeFileSync } = await import('node:fs');
        writeFileSync(config(), withKey());
      },
      looked: async ({ at }) => {
        const again = await dying(['seal', config()], Infinity, folder);
        expect(again.code, `${at} ${again.err}`).to.equal(0);
        for (let number = 0; number < count; number += 1) {
          expect(filesWith(word(number)), at).to.deep.equal([]);
          expect(await exported(number), at).to.include(word(number));
        }
      },
    });
  });
});
