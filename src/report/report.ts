import type { Registry } from 'prom-client';
import { errorPlace } from '../process/error-place.ts';
import { type Fault, briefFault } from '../files/fault.ts';
import { DispatchReport } from './dispatch-report.ts';
import { IntakeReport } from './intake-report.ts';
import { LineAMinute } from './line-a-minute.ts';
import type { Log } from './log.ts';
import { MappingReport } from './mapping-report.ts';
import { Metrics } from './metrics.ts';
import type { ReportParts } from './report-parts.ts';
import type { Standing } from './standing-metrics.ts';
import { type Minute, Minutes, type Recalled } from './minutes.ts';
import type { TargetCount } from '../outbox/backlog.ts';
import type { Text } from '../text.ts';

/** One function per thing worth knowing: its log line and its metric together, so that they cannot drift apart. */
export class Report {
  readonly #log: Log;
  /** For what strangers can cause. */
  readonly #strangers = new LineAMinute();
  readonly #metrics = new Metrics();
  readonly #minutes = new Minutes();
  readonly #whyUnavailable: (error: unknown) => Text | undefined;
  /** What is said by the rooms of the road. */
  readonly intake: IntakeReport;
  readonly mapping: MappingReport;
  readonly dispatch: DispatchReport;

  /** `whyUnavailable`: what an error of the database means, and what to do. */
  constructor(
    log: Log,
    now: () => number = Date.now,
    whyUnavailable: (error: unknown) => Text | undefined = () => undefined,
  ) {
    this.#log = log;
    this.#whyUnavailable = whyUnavailable;
    const parts: ReportParts = {
      log,
      metrics: this.#metrics,
      minutes: this.#minutes,
      strangers: this.#strangers,
      now,
      whyUnavailable,
    };
    this.intake = new IntakeReport(parts);
    this.mapping = new MappingReport(parts);
    this.dispatch = new DispatchReport(parts);
  }

  /** For whoever reads the log; a person at a terminal is told by the command. */
  ready(webhooks: string, health: string, page: string): void {
    this.#log.info(`Ready: webhooks at ${webhooks}, health at ${health}, the console at ${page}`);
  }

  /** The last hour of this instance. */
  minutes(now: number): Minute[] {
    return this.#minutes.list(now);
  }

  /** The hour before this process, for its first screen. */
  recall(recalled: Recalled): void {
    this.#minutes.recall(recalled);
  }

  get registry(): Registry {
    return this.#metrics.registry;
  }

  /** What may happen to these is counted from 0 on. */
  expect(sources: readonly string[], targets: readonly string[]): void {
    this.#metrics.expect(sources, targets);
  }

  /** How things stand; no log line, as for the backlog. */
  standing(standing: Standing): void {
    this.#metrics.standing.set(standing);
  }

  /** What waits right now; no log line, for it is asked for with every scrape. */
  backlog({
    events,
    deliveries,
    now,
  }: {
    readonly events: { readonly count: number; readonly since: number | null };
    readonly deliveries: readonly TargetCount[];
    readonly now: number;
  }): void {
    this.#metrics.waitingEvents.set(events.count);
    this.#metrics.waitingEventsSeconds.set(events.since === null ? 0 : secondsSince(events.since, now));
    this.#metrics.openDeliveries.reset();
    this.#metrics.openDeliveriesSeconds.reset();
    for (const { target, state, count, since } of deliveries) {
      this.#metrics.openDeliveries.set({ target, state }, count);
      this.#metrics.openDeliveriesSeconds.set({ target, state }, secondsSince(since, now));
    }
  }

  /** `seconds`: how far this machine's clock is ahead of the database's, by which everything but the log goes. */
  clockDiffers(seconds: number): void {
    if (Math.abs(seconds) < 5) this.#log.info({ seconds }, "this machine's clock agrees with the database's again");
    else
      this.#log.warn(
        { seconds },
        "this machine's clock differs from the database's: everything goes by the database's, but the times in this log do not; set the one that is wrong",
      );
  }

  /** `seconds`: by how much, negative: it was set back. */
  clockLeapt(seconds: number): void {
    this.#log.warn(
      { seconds },
      'the clock was set: what waits goes by how long it was to wait, nothing is lost and nothing waits longer',
    );
  }

  poolerFound(): void {
    this.#log.warn(
      'the database is reached through a pooler: nothing is kept on its connections, which costs some speed; ' +
        'say so with ?pooled=true in its URL, or ?pooled=false if the pooler is in session mode',
    );
  }

  configWarning(fault: Fault): void {
    this.#log.warn({ fault: briefFault(fault, 'en') }, 'connector.yaml');
  }

  listening(name: string, url: string): void {
    this.#log.info({ url }, `${name} listens`);
  }

  overtaken(): void {
    this.#log.error(
      'another huntflow-connector serves this database since this process stood still (stopped, frozen, its machine ' +
        'halted): this one has written and sent nothing after that, and ends',
    );
  }

  stopping(): void {
    this.#log.info('stopping: nothing new is taken, what is in flight is finished or given back');
  }

  stopped(): void {
    this.#strangers.flush();
    this.#log.info('stopped');
  }

  /** Thrown where nobody waits for it, by an adapter of somebody's own most likely: what it cost is not known. */
  strayError(error: unknown): void {
    this.#log.error(
      { error: errorPlace(error) },
      'an error was thrown where nobody waits for it, most likely by an adapter of your own; the service goes on',
    );
  }

  loopFailed(loop: string, error: unknown): void {
    const what = { loop, error: errorPlace(error), why: this.#whyUnavailable(error)?.en };
    // On a full disk every loop meets it several times a second, and the log would take what is left.
    // Those of deliveries are of one kind.
    this.#strangers.say(`loop ${loop.replaceAll(/\d+/g, '')} ${what.error}`, (count) =>
      this.#log.error({ ...what, count }, 'a loop met an error and goes on'),
    );
  }

  /** How many of each kind went because they were older than they are to be kept. */
  putBack(text: string): void {
    this.#log.warn(text);
  }

  cleanedAtNextStart(): void {
    this.#log.warn('all is sealed; what lay in clear may stand between rows of this large file until the next start');
  }

  retentionCleared(counts: Readonly<Record<string, number>>): void {
    this.#log.info({ counts }, 'what is older than it is to be kept was cleared away');
  }

  copiedBeforeUpgrade(copy: string): void {
    this.#log.info({ copy }, 'the database was copied before its schema is brought up to date');
  }

  /** The end of the audit's chain, to be compared by `audit verify --head`. */
  auditHead({ seq, hash }: { readonly seq: number; readonly hash: string }): void {
    this.#log.info({ head: `${seq}:${hash}` }, 'the audit ends here');
  }

  siemAway(error: unknown): void {
    this.#strangers.say('siem', (count) =>
      this.#log.warn(
        { error: errorPlace(error), count },
        'the SIEM does not take the audit: it waits, nothing is lost',
      ),
    );
  }

  siemBack(): void {
    this.#log.info('the SIEM takes the audit again');
  }

  auditUnsent(count: number): void {
    this.#metrics.auditUnsent.set(count);
  }

  /** Without the name: people type their password into the wrong field. */
  loginFailed(from: string): void {
    this.#strangers.say('login', (count) =>
      this.#log.warn({ from, count }, 'a login to the console failed: the name or the password is wrong'),
    );
  }

  /** While a request was answered. */
  requestFailed(listener: string, error: unknown): void {
    const what = errorPlace(error);
    this.#strangers.say(`failed ${listener}`, (count) =>
      this.#log.error({ listener, error: what, count }, 'a request could not be answered'),
    );
  }
}

/** Nothing is younger than now: a clock that was ahead and is set back would say so. */
function secondsSince(time: number, now: number): number {
  return Math.max(0, now - time) / 1000;
}
