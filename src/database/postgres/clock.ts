import { sql } from 'kysely';
import type { Database } from '../database.ts';

/** By how many milliseconds this machine's clock may be off before somebody should know. */
const notable = 5000;

export interface DatabaseClockParts {
  readonly database: () => Database;
  /**
   * Told how many seconds this machine's own clock is ahead of the database's (negative: behind), when that is notable
   * and again when it has notably changed.
   */
  readonly differs: (seconds: number) => void;
  /** This machine's own clock, which people and NTP set; milliseconds since 1970. */
  readonly wall?: () => number;
  /** Milliseconds since any moment, by a clock that nobody sets. */
  readonly ticks?: () => number;
  /** Milliseconds from one sample to the next; a quartz drifts by about one in ten seconds. */
  readonly every?: number;
}

/**
 * The time of the PostgreSQL server. Instances compare each other's leases, due times and rests, but the clocks of
 * their machines need not agree: one an hour ahead would take what others hold, and hold for an hour what it died with.
 * Between samples it goes on by the ticks of this process, so that a leap of the wall clock changes nothing. (They
 * stand still while a machine sleeps: then it is behind until the next sample.)
 */
export class DatabaseClock {
  readonly #parts: Required<DatabaseClockParts>;
  /** The server's time less the ticks; undefined before the first sample. */
  #offset: number | undefined;
  /** The difference that was last told, milliseconds. */
  #told = 0;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(parts: DatabaseClockParts) {
    this.#parts = { wall: () => Date.now(), ticks: () => performance.now(), every: 10_000, ...parts };
  }

  /** Whole milliseconds since 1970; this machine's own before the first sample. */
  readonly now = (): number =>
    Math.round(this.#offset === undefined ? this.#parts.wall() : this.#parts.ticks() + this.#offset);

  /** Seconds that this machine's own clock is ahead of the server's; undefined before the first sample. */
  get ahead(): number | undefined {
    return this.#offset === undefined ? undefined : Math.round((this.#parts.wall() - this.now()) / 1000);
  }

  /**
   * Samples now and every ten seconds; rejects when the first sample fails, for nobody is to hold leases by a clock of
   * his own.
   */
  async start(): Promise<void> {
    await this.sample();
    this.#tell();
    this.#sampleLater();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  /**
   * Asks the server once; when that fails, nothing changes. It looked at its clock some time between question and
   * answer: at first the middle is taken, later the offset moves only as far as it must to lie between them, so that a
   * slow round trip proves little and moves nothing. A correction is applied at once: most are what drift makes of ten
   * seconds, nothing to a lease of fifteen, and whoever is wrong by more is not to stay so.
   */
  async sample(): Promise<void> {
    const { database, ticks } = this.#parts;
    const asked = ticks();
    const {
      rows: [row],
    } = await sql<{ time: number }>`select (extract(epoch from clock_timestamp()) * 1000)::float8 as time`.execute(
      database().queries,
    );
    const answered = ticks();
    if (row === undefined) return;
    const [least, most] = [row.time - answered, row.time - asked];
    this.#offset = this.#offset === undefined ? (least + most) / 2 : Math.min(Math.max(this.#offset, least), most);
  }

  #sampleLater(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(async () => {
      await this.sample()
        .then(() => this.#tell())
        .catch(() => undefined);
      this.#sampleLater();
    }, this.#parts.every).unref();
  }

  #tell(): void {
    const difference = this.#parts.wall() - this.now();
    if (this.#stopped || Math.abs(difference - this.#told) <= notable) return;
    this.#told = difference;
    this.#parts.differs(Math.round(difference / 1000));
  }
}
