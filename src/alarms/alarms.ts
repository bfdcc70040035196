import type { Calendar } from './calendar.ts';
import type { Database } from '../database/database.ts';
import { Lease } from '../database/lease.ts';
import type { MappingEngine } from '../mapping/thread/engine.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { Loop } from '../process/loop.ts';
import type { Report } from '../report/report.ts';
import { wallTimeAt } from '../mapping/conversions/wall-time.ts';
import type { Text } from '../text.ts';
import { type Alarm, hour, mostAnHour, type Sighting } from './alarm.ts';
import { alarmDelivery } from './alarm-record.ts';
import { freshSightings, lastDigest, listAlarms, raisedSince, unsettledAlarms } from './alarm-store.ts';
import { digestText } from './digest.ts';
import { keepAlarm } from './keep-alarm.ts';
import { keepSightings, sightingTime } from './keep-sightings.ts';
import { isQuiet, minuteOfDay } from './quiet-hours.ts';
import type { AlarmRule } from './rule.ts';
import { type Telling, tellingsOf } from './telling.ts';
import { noteWebhooks, type WebhookWatch } from './webhook-watch.ts';

export interface AlarmsParts {
  readonly rules: readonly AlarmRule[];
  readonly database: Database;
  readonly outbox: Outbox;
  readonly engine: MappingEngine;
  readonly report: Report;
  readonly watch: WebhookWatch;
  readonly calendar: Calendar;
  readonly zone: string;
  readonly now: () => number;
  /** This process among those of the database. */
  readonly instance: string;
  /** What only this machine can see; `before`: causes that it saw at its last look. */
  readonly own: (before: ReadonlySet<string>) => Promise<readonly Sighting[]>;
  /** What stands in the database for all to see. */
  readonly shared: () => Promise<readonly Sighting[]>;
}

/** Milliseconds from one look to the next. */
const lookEvery = 5000;
/** Longer than a look takes: whoever dies is followed by another instance after that. */
const leaseTime = 30_000;
/** A digest that is late by more is for tomorrow; minutes. */
const digestLate = 180;

/** Looks what stands wrong and lets people hear of it, once for each cause; one instance tells for all. */
export class Alarms {
  readonly #parts: AlarmsParts;
  readonly #lease: Lease;
  readonly #loop: Loop;
  /** Looks follow each other, whoever wants them. */
  #looking: Promise<void> = Promise.resolve();
  /** Causes that this machine saw last. */
  #own: ReadonlySet<string> = new Set();

  constructor(parts: AlarmsParts) {
    this.#parts = parts;
    this.#lease = new Lease(parts.database, 'alarms', leaseTime);
    this.#loop = new Loop({
      round: async () => {
        await this.look();
        return lookEvery;
      },
      failed: (error) => {
        this.#lease.doubt();
        parts.report.loopFailed('alarms', error);
      },
      pause: lookEvery,
    });
  }

  start(): void {
    this.#loop.start();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
    await this.#lease.release().catch((error: unknown) => this.#parts.report.loopFailed('alarms', error));
  }

  /** Newest first. */
  list(limit?: number, before?: number): Promise<Alarm[]> {
    return listAlarms(this.#parts.database.queries, limit, before);
  }

  /** One look: what this machine sees is kept; the one that holds the lease tells what all of them see. */
  look(): Promise<void> {
    const look = this.#looking.then(() => this.#look());
    this.#looking = look.catch(() => undefined);
    return look;
  }

  async #look(): Promise<void> {
    const { database, watch, instance, now, outbox } = this.#parts;
    const notes = watch.take();
    if (notes.length > 0) await database.call(noteWebhooks, { notes, now: now() });
    const own = await this.#parts.own(this.#own);
    if (own.length > 0 || this.#own.size > 0) {
      await database.call(keepSightings, { instance, now: now(), sightings: own });
      this.#own = new Set(own.map(({ cause }) => cause));
    }
    if (!(await this.#lease.take(now()))) return;
    const seen = [...(await this.#parts.shared()), ...(await freshSightings(database.queries, now() - sightingTime))];
    if ((await this.#tellAll(seen)) + (await this.#tellDigest()) > 0) outbox.wake();
  }

  async #tellAll(seen: readonly Sighting[]): Promise<number> {
    const { database } = this.#parts;
    const standing = new Map(seen.map((sighting) => [sighting.cause, sighting]));
    let told = 0;
    for (const alarm of await unsettledAlarms(database.queries)) {
      const sighting = standing.get(alarm.cause);
      standing.delete(alarm.cause);
      told += await this.#follow(alarm, sighting);
    }
    for (const sighting of standing.values()) told += await this.#raise(sighting);
    return told;
  }

  async #raise(sighting: Sighting): Promise<number> {
    const now = this.#parts.now();
    return this.#tell({ ...sighting, raisedAt: now, overAt: null, settled: false, told: {} });
  }

  /** What stands goes on, also when it had been over and nobody has heard of that yet. */
  async #follow(alarm: Alarm, sighting: Sighting | undefined): Promise<number> {
    if (sighting === undefined) return this.#tell({ ...alarm, overAt: alarm.overAt ?? this.#parts.now() }, alarm);
    const { text, count } = sighting;
    return this.#tell({ ...alarm, text, count, overAt: null }, alarm);
  }

  async #tell(alarm: Omit<Alarm, 'id'> & { readonly id?: number }, before?: Alarm): Promise<number> {
    const { database, rules, zone } = this.#parts;
    const now = this.#parts.now();
    const since = now - hour;
    const unsteady = alarm.overAt === null && (await raisedSince(database.queries, alarm.cause, since)) >= mostAnHour;
    const { told, settled } = tellingsOf(alarm, rules, { now, zone, unsteady });
    const isSame =
      before !== undefined &&
      told.length === 0 &&
      before.overAt === alarm.overAt &&
      before.settled === settled &&
      before.count === alarm.count;
    if (!isSame) await this.#keep({ ...alarm, settled }, told, now);
    return told.length;
  }

  async #keep(
    alarm: Omit<Alarm, 'id'> & { readonly id?: number },
    tellings: readonly Telling[],
    now: number,
  ): Promise<void> {
    const { database, engine, zone } = this.#parts;
    const owed = await Promise.all(
      tellings.map(({ rule, state }) => alarmDelivery(engine, rule, alarm, state, { now, zone })),
    );
    const told = {
      ...alarm.told,
      ...Object.fromEntries(tellings.map(({ rule, state }) => [rule.id, { at: now, state }])),
    };
    await database.call(keepAlarm, { lease: this.#lease.hold(now), now, alarm: { ...alarm, told }, owed });
  }

  /** On working days, to whoever wants it and has not had it today. */
  async #tellDigest(): Promise<number> {
    const { database, rules, calendar, zone } = this.#parts;
    const now = this.#parts.now();
    const today = wallTimeAt(now, zone).slice(0, 10);
    const minute = minuteOfDay(now, zone);
    const due = rules.filter(
      (rule) =>
        rule.when.includes('digest') &&
        minute >= rule.digest &&
        minute < rule.digest + digestLate &&
        !isQuiet(rule.quiet, now, zone),
    );
    if (due.length === 0 || !calendar.works(today)) return 0;
    const last = await lastDigest(database.queries);
    const kept = last !== undefined && wallTimeAt(last.raisedAt, zone).slice(0, 10) === today ? last : undefined;
    const left = due.filter(({ id }) => kept?.told[id] === undefined);
    if (left.length === 0) return 0;
    const open = (await unsettledAlarms(database.queries)).filter(({ overAt }) => overAt === null);
    const text: Text | undefined = await digestText(database.queries, open, now);
    if (text === undefined) return 0;
    const base = {
      cause: 'digest',
      kind: 'digest',
      subject: null,
      count: open.length,
      raisedAt: now,
      told: {},
    } as const;
    await this.#keep(
      { ...base, ...kept, text, overAt: now, settled: true },
      left.map((rule) => ({ rule, state: 'raised' })),
      now,
    );
    return left.length;
  }
}
