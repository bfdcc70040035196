import { expect } from 'chai';
import { sql } from 'kysely';
import { Database } from '../../src/database/database.ts';
import { Inbox } from '../../src/inbox/inbox.ts';
import { Outbox } from '../../src/outbox/outbox.ts';
import { TargetStates } from '../../src/targets/target-state.ts';
import { makeKeyFile } from '../../src/people/key-file.ts';
import { Instance } from './instance.ts';
import { copyMigrated } from './migrated.ts';
import { type PostgresDatabases, sharedPostgres } from './postgres.ts';
import { writeFiles } from './service.ts';
import type { Sink } from './sink.ts';
import type { Engine } from './stores.ts';
import { until } from './until.ts';
import { hire, postWebhook } from './webhook.ts';
import { Workspace } from './workspace.ts';
import { pause } from './pause.ts';

export interface FleetPlan {
  readonly engine: Engine;
  readonly sinks: Readonly<Record<string, Sink>>;
  readonly instances?: number;
  /** Milliseconds. */
  readonly leaseTime?: number;
  /** Milliseconds by which the wall clock of each instance is ahead (negative: behind). */
  readonly ahead?: readonly number[];
  /** The database as the instances reach it: through a proxy, perhaps. */
  readonly through?: (url: string) => string;
  /** False: without a key; each keeps what is about people sealed otherwise. */
  readonly sealed?: boolean;
  /** Put over what each target has. */
  readonly target?: object;
  /** Where its PostgreSQL database is made; the server of the run unless named. */
  readonly server?: PostgresDatabases;
}

/** Applicants over which webhooks are spread: each sends its own in order. */
const applicants = 12;

/** Serving processes over one database, those who send to them, and the sinks that they deliver to. */
export class Fleet {
  readonly workspace = new Workspace();
  readonly instances: Instance[] = [];
  readonly plan: FleetPlan;
  readonly database: Database;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly states: TargetStates;
  /** Hires by number, with the event that each was answered with. */
  readonly answered = new Map<number, number>();
  readonly config: string;
  #sent = 0;

  private constructor(plan: FleetPlan, url: string, store: string) {
    this.plan = plan;
    const own = plan.engine === 'sqlite' ? `sqlite:${this.workspace.path('var', 'connector.db')}` : url;
    const targets = Object.fromEntries(
      Object.entries(plan.sinks).map(([name, sink]) => [
        name,
        {
          adapter: 'rest',
          settings: { baseUrl: sink.url },
          concurrency: 8,
          timeout: '2s',
          retry: { schedule: ['50ms', '200ms'] },
          breaker: { after: 1000 },
          ...plan.target,
        },
      ]),
    );
    const keyFile = this.workspace.path('connector.key');
    if (plan.sealed !== false) makeKeyFile(keyFile);
    const privacy = { keyFile, ...(store !== '' && { store }) };
    this.config = writeFiles(this.workspace, {
      config: { database: { url: plan.through?.(own) ?? own }, targets, ...(plan.sealed !== false && { privacy }) },
      mappings: Object.fromEntries(Object.keys(plan.sinks).map((name) => [`${name}.yaml`, hireTo(name)])),
    });
    this.database = new Database(own);
    this.inbox = new Inbox(this.database);
    this.outbox = new Outbox(this.database);
    this.states = new TargetStates(this.database);
  }

  /** Of PostgreSQL. */
  async databaseName(): Promise<string> {
    const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(this.database.queries);
    return rows[0]?.name ?? '';
  }

  static async start(plan: FleetPlan): Promise<Fleet> {
    const { engine, instances = 1 } = plan;
    const server = engine === 'sqlite' ? undefined : (plan.server ?? (await sharedPostgres()));
    // Who starts several at once, starts them on nothing.
    const url = (await (instances === 0 ? server?.createDatabase() : server?.createMigrated())) ?? '';
    const fleet = new Fleet(plan, url, plan.sealed === false ? '' : ((await server?.createDatabase()) ?? ''));
    if (engine === 'sqlite' && instances > 0) await copyMigrated(fleet.workspace.path('var', 'connector.db'));
    for (let index = 0; index < instances; index += 1) await fleet.begin(index);
    return fleet;
  }

  /** Starts the instance of this number, again if it has ended. */
  async begin(index: number): Promise<void> {
    this.instances[index] = await Instance.start(this.config, this.plan.leaseTime ?? 15_000, this.plan.ahead?.[index]);
  }

  instance(index: number): Instance {
    const found = this.instances[index];
    if (found === undefined) throw new Error(`there is no instance ${index}`);
    return found;
  }

  /** As Huntflow does: until it is answered 200, each time with other bytes. Whom it asks goes round. */
  async send(number: number): Promise<void> {
    for (let retry = 0; ; retry += 1) {
      const { url } = this.instance((number + retry) % this.instances.length);
      const answer = await Promise.race([
        postWebhook(url, hire(number, { key: number % applicants, retry: retry % 4 }), {
          delivery: `${number}-${retry}`,
        }).catch(() => undefined),
        pause(3000),
      ]);
      if (answer?.status === 200) {
        this.answered.set(number, Number(Reflect.get(Object(answer.json), 'event')));
        return;
      }
      expect(answer?.status, 'an answer that is neither 200 nor 503').to.be.oneOf([undefined, 503]);
      await pause(20);
    }
  }

  /** Sends so many more: those of one applicant one after another, twelve applicants at once. */
  async load(count: number, gap = 0): Promise<void> {
    const first = this.#sent + 1;
    this.#sent += count;
    await Promise.all(
      Array.from({ length: applicants }, async (_none, applicant) => {
        for (let number = first; number < first + count; number += 1) {
          if (number % applicants !== applicant) continue;
          await this.send(number);
          if (gap > 0) await pause(gap);
        }
      }),
    );
  }

  /** Events to map and deliveries to make. */
  async pending(): Promise<number> {
    const { count } = await this.inbox.backlog();
    return (await this.outbox.open()).reduce((sum, each) => sum + (each.state === 'pending' ? each.count : 0), count);
  }

  /** Waits until nothing is left to map or deliver. */
  async idle(milliseconds = 30_000): Promise<void> {
    await until(
      'everything is mapped and delivered',
      async () => (await this.pending().catch(() => 1)) === 0,
      milliseconds,
    ).catch(async (error: unknown) => {
      const left = (await this.outbox.list({ state: 'pending' })).map(
        ({ id, target, key, dueAt, attempts, blocked }) => ({ id, target, key, dueAt, attempts, blocked }),
      );
      const lanes = await this.database.queries.selectFrom('lanes').selectAll().execute();
      throw new Error(
        `${String(error)} (now ${Date.now()})\n${JSON.stringify({ backlog: await this.inbox.backlog(), open: await this.outbox.open(), left, lanes })}\n${this.instances.map(({ log }) => log.slice(-1500)).join('\n---\n')}`,
      );
    });
  }

  /**
   * The invariants of the design: all kept, once; all mapped, once; all delivered, once, in order; every try written
   * down.
   */
  async proof({
    doubles,
  }: {
    /** Whether a delivery may have reached the target more than once. */ readonly doubles: boolean;
  }): Promise<void> {
    const events = await this.inbox.list({});
    const numbers = [...this.answered.keys()].toSorted((a, b) => a - b);
    expect(numbers, 'answered').to.have.length(this.#sent);
    expect(events, 'one event each').to.have.length(this.#sent);
    expect(
      [...this.answered.values()].toSorted((a, b) => a - b),
      'what was answered is what is kept',
    ).to.deep.equal(events.map(({ id }) => id).toReversed());
    expect(
      events.filter(({ state }) => state !== 'mapped'),
      'all mapped',
    ).to.deep.equal([]);

    const deliveries = await this.outbox.list({});
    for (const [name, sink] of Object.entries(this.plan.sinks)) {
      const own = deliveries.filter(({ target }) => target === name);
      expect(
        own.map(({ eventId }) => Number(eventId)).toSorted((a, b) => a - b),
        'one delivery each',
      ).to.deep.equal(events.map(({ id }) => id).toReversed());
      expect(
        own.filter(({ state }) => state !== 'delivered'),
        'all delivered',
      ).to.deep.equal([]);
      expect(
        sink.effects.map(({ log }) => log - 100_000).toSorted((a, b) => a - b),
        'one effect each',
      ).to.deep.equal(numbers);
      for (let applicant = 0; applicant < applicants; applicant += 1) {
        const order = sink.effects.filter((effect) => effect.applicant === applicant).map(({ log }) => log);
        expect(order, `order of applicant ${applicant}`).to.deep.equal(order.toSorted((a, b) => a - b));
      }
      let tries = 0;
      for (const { id, attempts } of own) {
        const rows = await this.outbox.attempts(id);
        expect(
          rows.map(({ number }) => number),
          'attempts',
        ).to.deep.equal(Array.from({ length: attempts }, (_none, index) => index + 1));
        expect(
          rows.filter(({ outcome }) => outcome === 'delivered'),
          'delivered once',
        ).to.have.length(1);
        tries += attempts;
      }
      const arrived = [...sink.arrivals.values()].reduce((sum, count) => sum + count, 0);
      // A connection that was used before and closes without a byte of an answer is tried once more within the attempt.
      if (doubles) expect(arrived, 'every try is written down').to.be.at.most(tries + sink.dropped);
      else expect(arrived, 'nothing is sent twice').to.equal(this.#sent);
    }
  }

  async stop(): Promise<void> {
    for (const instance of this.instances) instance.thaw();
    await Promise.all(this.instances.map((instance) => instance.kill()));
    await this.database.close();
    this.workspace.remove();
  }
}

export function hireTo(target: string): string {
  return `mapping: hire-to-${target}
on: { event: APPLICANT, type: STATUS, action: ADD, stage: hired }
to: ${target}
record: { method: POST, path: /hires, body: { log: =log.id, applicant: =applicant.id } }
`;
}
