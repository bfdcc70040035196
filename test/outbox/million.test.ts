import { expect } from 'chai';
import { Bulks } from '../../src/bulk/bulks.ts';
import { digestText } from '../../src/alarms/digest.ts';
import { blockedSightings } from '../../src/alarms/outbox-sightings.ts';
import { Database } from '../../src/database/database.ts';
import { Outbox } from '../../src/outbox/outbox.ts';
import type { DeliveryFilter } from '../../src/outbox/filter.ts';
import { fillDeliveries, firstMade } from '../support/many-deliveries.ts';
import { sharedPostgres } from '../support/postgres.ts';
import { engines, newDelivery } from '../support/stores.ts';
import { Workspace } from '../support/workspace.ts';
import { startTestWriter } from '../support/writer.ts';
import { pause } from '../support/pause.ts';

const soak = process.env['SOAK'] !== undefined;
const count = soak ? 1_000_000 : 10_000;
const rounds = soak ? 40 : 5;
/** Milliseconds at the 95th percentile. The short form shows that all of it works beside a load; how fast it is, is for the long one to say. */
const most = soak ? 100 : 10_000;
/** Arrivals a second while it is measured. */
const arrivals = 200;

const middle = firstMade + (count / 2) * 1000;
const filters: Readonly<Record<string, DeliveryFilter>> = {
  all: {},
  'a target': { target: 'target-1' },
  'a mapping': { mapping: 'mapping-1' },
  'a rare mapping': { mapping: 'rare' },
  delivered: { state: 'delivered' },
  dead: { state: 'dead' },
  'dead of a target': { state: 'dead', target: 'target-1' },
  pending: { state: 'pending' },
  sending: { state: 'sending' },
  blocked: { state: 'blocked' },
  cancelled: { state: 'cancelled' },
  'a reason': { reason: 'rejected' },
  'a reason that nothing has': { reason: 'mapping failed' },
  'a cause': { cause: 'cause3' },
  'an applicant': { applicant: '777' },
  'a vacancy': { vacancy: '77' },
  'a key': { key: 'applicant/777' },
  'a key that nothing has': { key: 'applicant/none' },
  'a person': { people: [777, 778] },
  'an event': { event: 777 },
  attention: { attention: 'open' },
  'an hour long ago': { from: middle, to: middle + 3_600_000 },
  'since long ago': { from: middle },
  'until long ago': { to: middle },
  'dead of an hour long ago': { state: 'dead', from: middle, to: middle + 3_600_000 },
  'a target and a rare mapping': { target: 'target-2', mapping: 'rare' },
};

/** What the console asks of the outbox for its first screen. */
const first = (outbox: Outbox) =>
  Promise.all([
    outbox.openAtAGlance(),
    outbox.attentionAtAGlance(),
    outbox.flowOf(['target-0', 'target-1', 'target-2']),
    outbox.heldUp(),
    outbox.causes(),
  ]);

for (const engine of engines)
  describe(`${count} deliveries on ${engine}`, function () {
    this.timeout(soak ? 900_000 : 60_000);
    let workspace: Workspace;
    let database: Database;
    let outbox: Outbox;
    let bulks: Bulks;
    let arriving: NodeJS.Timeout | undefined;
    let arrived = 0;

    before(async () => {
      workspace = new Workspace();
      const url =
        engine === 'postgres' ? await (await sharedPostgres()).createDatabase() : `sqlite:${workspace.path('many.db')}`;
      database = new Database(url, { startWriter: startTestWriter });
      await database.migrate();
      await fillDeliveries(url, count);
      await database.serve();
      outbox = new Outbox(database);
      bulks = new Bulks(database, outbox, () => middle);
      arriving = setInterval(() => {
        const made = Array.from({ length: arrivals / 10 }, () => {
          arrived += 1;
          return newDelivery({
            target: 'target-9',
            key: `applicant/new-${arrived}`,
            eventId: arrived,
            createdAt: middle,
          });
        });
        void outbox.insert(made);
      }, 100);
    });

    after(async () => {
      clearInterval(arriving);
      await database.close();
      workspace.remove();
    });

    /** Milliseconds at the 95th percentile, and of this process's processors on an average. */
    async function slowest(work: () => Promise<unknown>): Promise<{ readonly time: number; readonly cpu: number }> {
      const times: number[] = [];
      await work();
      const before = process.cpuUsage();
      for (let round = 0; round < rounds; round += 1) {
        const began = performance.now();
        await work();
        times.push(performance.now() - began);
        await pause(soak ? 20 : 0);
      }
      const { user, system } = process.cpuUsage(before);
      return {
        time: times.toSorted((a, b) => a - b)[Math.floor(rounds * 0.95)] ?? 0,
        cpu: (user + system) / 1000 / rounds,
      };
    }

    it(`are searched, listed and counted within ${most} ms while ${arrivals} a second arrive`, async () => {
      const { queries } = database;
      const works: [string, () => Promise<unknown>][] = [
        ...Object.entries(filters).map(([name, filter]): [string, () => Promise<unknown>] => [
          `list of ${name}`,
          () => outbox.list({ ...filter, limit: 50 }),
        ]),
        ['an older page', () => outbox.list({ state: 'dead', before: count / 2, limit: 50 })],
        ['causes', () => outbox.causes()],
        ['causes, what is new', () => outbox.causes(middle)],
        ['blocked', () => outbox.blocked(50)],
        ['attention', () => outbox.attention()],
        ['held up', () => outbox.heldUp()],
        ['owed', () => outbox.openAtAGlance()],
        ['latest of each target', () => outbox.flowOf(['target-0', 'target-1', 'target-2'])],
        ['the first screen', () => first(outbox)],
        ['alarms: blocked', () => blockedSightings(queries, firstMade * 2)],
        ['alarms: digest', () => digestText(queries, [], firstMade * 2)],
      ];
      const slow: string[] = [];
      for (const [name, work] of works) {
        const { time, cpu } = await slowest(work);
        if (soak) process.stdout.write(`${engine}: ${name}: ${time.toFixed(1)} ms, processor ${cpu.toFixed(1)} ms\n`);
        if (time > most) slow.push(`${name}: ${Math.round(time)} ms`);
      }
      expect(arrived).to.be.greaterThan(0);
      expect(slow).to.deep.equal([]);
    });

    it('are found by any two filters together', async () => {
      const held = (rows: readonly { readonly id: number }[]) => new Set(rows.map(({ id }) => id));
      const found = new Map<string, ReadonlySet<number>>();
      for (const [name, filter] of Object.entries(soak ? {} : filters))
        found.set(name, held(await outbox.list({ ...filter })));
      for (const [name, one] of Object.entries(filters))
        for (const [other, two] of Object.entries(filters)) {
          if (Object.keys(one).some((key) => Object.hasOwn(two, key))) continue;
          const began = performance.now();
          const both = await outbox.list({ ...one, ...two, limit: 50 });
          const time = performance.now() - began;
          if (soak && time > most) process.stdout.write(`${engine}: ${name} + ${other}: ${time.toFixed(1)} ms\n`);
          const misses = (set: ReadonlySet<number> | undefined, id: number) => set !== undefined && !set.has(id);
          const missing = both.find(({ id }) => misses(found.get(name), id) || misses(found.get(other), id));
          // What arrives meanwhile is in neither.
          if (missing !== undefined && missing.id <= count) expect.fail(`${name} + ${other}: ${missing.id}`);
        }
    });

    it('count no further than 1,001 in a preview', async () => {
      const preview = await bulks.preview({
        action: 'retry',
        filter: { state: 'delivered', target: 'target-1' },
        by: 'me',
      });
      expect(preview.deliveries).to.equal(1001);
      expect(preview.total).to.be.greaterThan(1001);
      expect((await bulks.find(preview.bulk))?.total).to.equal(preview.total);
    });
  });
