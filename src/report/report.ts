import type { Registry } from 'prom-client';
import { errorPlace } from '../process/error-place.ts';
import { type Fault, briefFault } from '../files/fault.ts';
import { fewFaults } from '../files/few-faults.ts';
import { LineAMinute } from './line-a-minute.ts';
import type { Log } from './log.ts';
import { Metrics } from './metrics.ts';
import type { Standing } from './standing-metrics.ts';
import { type Minute, Minutes, type Recalled } from './minutes.ts';
import { type RefusedRequest, refusedHint } from './refused-request.ts';
import type { Sender } from './sender.ts';
import type { Claim, Settlement } from '../outbox/delivery.ts';
import type { TargetCount } from '../outbox/backlog.ts';
import type { Text } from '../text.ts';

/** Faults of one mapping file and of all of them that have lines of their own. */
const shownFaults = 20;
const shownOfAllFiles = 200;

/** One function per thing worth knowing: its log line and its metric together, so that they cannot drift apart. */
export class Report {
  readonly #log: Log;
  /** For what strangers can cause. */
  readonly #strangers = new LineAMinute();
  readonly #metrics = new Metrics();
  readonly #minutes = new Minutes();
  readonly #now: () => number;
  readonly #whyUnavailable: (error: unknown) => Text | undefined;

  /** `whyUnavailable`: what an error of the database means, and what to do. */
  constructor(
    log: Log,
    now: () => number = Date.now,
    whyUnavailable: (error: unknown) => Text | undefined = () => undefined,
  ) {
    this.#log = log;
    this.#now = now;
    this.#whyUnavailable = whyUnavailable;
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

  webhookAnswered(source: string, answer: string, seconds: number): void {
    this.#metrics.webhooks.inc({ source, answer });
    this.#metrics.intakeSeconds.observe(seconds);
    if (answer === 'accepted') this.#minutes.received(this.#now());
  }

  /**
   * A wrong signature may be junk, or a secret that no longer fits: four of these and Huntflow switches the webhook
   * off.
   */
  signatureRefused(source: string, present: boolean, sender: Sender): void {
    const signature = present ? 'wrong' : 'missing';
    this.#strangers.say(`signature ${source}`, (count) =>
      this.#log.warn(
        { source, signature, count, ...sender },
        'webhook refused: its signature does not fit; if it came from Huntflow, the secret in connector.yaml ' +
          'is not the one of the webhook',
      ),
    );
  }

  /** Behind a proxy everybody comes from the loopback, so a source without a secret would take anybody's hires. */
  forwardedRefused(source: string, header: string, sender: Sender): void {
    this.#strangers.say(`forwarded ${source}`, (count) =>
      this.#log.error(
        { source, header, count, ...sender },
        'webhook refused: it came through a proxy, and its source has no secret; set its secret in connector.yaml ' +
          '(is its environment variable spelt right?), or unsigned: true if anybody may send',
      ),
    );
  }

  /** A body that was too slow, or whose place was needed, when strangers fill the memory for bodies. */
  bodyDropped(source: string, why: string, sender: Sender): void {
    this.#strangers.say(`body ${source} ${why}`, (count) =>
      this.#log.warn({ source, why, count, ...sender }, 'webhook dropped before its body was whole'),
    );
  }

  /** Never seen by any route: what Node refuses itself, and connections that made room for others. */
  requestRefused(listener: string, reason: RefusedRequest, from: string | undefined): void {
    this.#metrics.refused.inc({ listener, reason });
    this.#strangers.say(`request ${listener} ${reason}`, (count) =>
      this.#log.warn({ listener, reason, count, from }, `request refused: ${refusedHint(reason)}`),
    );
  }

  eventUnreadable(source: string, event: number, why: string): void {
    this.#log.warn({ source, event, why }, 'webhook kept as failed: nobody can read its body');
  }

  duplicateDiffers(source: string, event: number): void {
    this.#log.warn(
      { source, event },
      'webhook repeats an event id with another log id or action: kept as an event of its own',
    );
  }

  eventNotKept(source: string, error: unknown): void {
    const what = errorPlace(error);
    this.#strangers.say(`not kept ${source}`, (count) =>
      this.#log.error(
        { source, error: what, why: this.#whyUnavailable(error)?.en, count },
        'webhook answered 503: the database did not take it, Huntflow will send it again',
      ),
    );
  }

  eventsMapped(events: readonly { readonly state: 'mapped' | 'skipped' | 'failed' }[]): void {
    for (const { state } of events) this.#metrics.mapped.inc({ state });
  }

  mappingFailed(mapping: string, event: number, why: string): void {
    this.#log.warn(
      { mapping, event, why },
      'mapping failed for an event: its delivery is a dead letter until somebody mends the mapping and retries it',
    );
  }

  attempted({
    claim,
    settlement,
    settled,
    held,
  }: {
    readonly claim: Claim;
    readonly settlement: Settlement;
    readonly settled: boolean;
    /** The whole target asked to be left alone, which has a line of its own: one for forty deliveries. */
    readonly held: boolean;
  }): void {
    const milliseconds = Math.max(0, settlement.finishedAt - settlement.startedAt);
    this.#metrics.attempts.inc({ target: claim.target, outcome: settlement.outcome });
    this.#metrics.attemptSeconds.observe({ target: claim.target }, milliseconds / 1000);
    if (settlement.outcome === 'delivered') {
      const took = Math.max(0, settlement.finishedAt - claim.createdAt);
      this.#metrics.deliverySeconds.observe({ target: claim.target }, took / 1000);
      this.#minutes.delivered(settlement.finishedAt, took);
    } else this.#minutes.failed(settlement.finishedAt);
    const fields = {
      target: claim.target,
      delivery: claim.id,
      attempt: claim.attempt,
      outcome: settlement.outcome,
      milliseconds,
    };
    if (!settled) this.#log.warn(fields, 'attempt ended after its lease was lost: nothing was settled');
    else if (settlement.outcome === 'delivered') this.#log.info(fields, 'delivered');
    else if (settlement.outcome === 'dead')
      this.#log.error(
        { ...fields, reason: settlement.reason, why: settlement.summary?.en },
        'dead letter: a person must retry or cancel it',
      );
    else
      this.#log[held ? 'debug' : 'warn'](
        { ...fields, dueAt: new Date(settlement.dueAt).toISOString(), why: settlement.summary?.en },
        'not delivered yet: tried again later',
      );
    if (settled && settlement.outcome === 'delivered' && settlement.warnings.length > 0) {
      this.#log.warn(
        { ...fields, warnings: settlement.warnings.map((warning) => warning.en) },
        'the target took the record, but not as it was sent',
      );
    }
  }

  /** Huntflow had sent it before, as it says. */
  webhookRepeated(source: string): void {
    this.#metrics.standing.repeated.inc({ source });
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

  targetResting(target: string, failures: number, rest: number): void {
    this.#log.warn({ target, failures, rest }, 'target cannot be reached: it rests before one delivery probes it');
  }

  /** The target asked for it, or said `why` it takes nothing now; `wait`: milliseconds. */
  targetHeld(target: string, wait: number, why: Text | null): void {
    this.#log.warn(
      { target, wait, why: why?.en },
      'target asks to be left alone: what is owed to it is held and costs no attempts',
    );
  }

  /** No name in the log: it may be somebody's address. */
  nameHeld(target: string, wait: number): void {
    this.#log.warn(
      { target, wait },
      'target asks to be left alone by what goes to one of its addressees: that is held, the rest goes on',
    );
  }

  targetBack(target: string): void {
    this.#log.info({ target }, 'target can be reached again');
  }

  /** Once for each; nothing can end it from outside, and it holds one of the places of its target. */
  attemptEndless({ id, target }: Claim, milliseconds: number): void {
    this.#log.warn(
      { delivery: id, target, seconds: Math.round(milliseconds / 1000) },
      'an attempt does not end: does its adapter await what never comes? It holds a place of its target until serve is ' +
        'restarted, which makes its outcome unknown',
    );
  }

  leasesRecovered(count: number): void {
    this.#log.warn(
      { count },
      'attempts of a process that died were recorded as unknown; what follows is said by unknown of their targets',
    );
  }

  mappingsLoaded(count: number, faults: readonly Fault[]): void {
    this.#metrics.faults.set(faults.filter((fault) => fault.level === 'error').length);
    const few = fewFaults(faults, shownFaults);
    for (const fault of few.slice(0, shownOfAllFiles))
      this.#log[fault.level === 'error' ? 'error' : 'warn'](
        { fault: briefFault(fault, 'en') },
        fault.level === 'error' ? 'mapping file refused' : 'mapping file',
      );
    if (few.length > shownOfAllFiles)
      this.#log.warn({ count: few.length - shownOfAllFiles }, 'more faults in mapping files: check lists them');
    this.#log.info({ count }, 'mappings loaded');
  }

  configWarning(fault: Fault): void {
    this.#log.warn({ fault: briefFault(fault, 'en') }, 'connector.yaml');
  }

  targetsMissing(targets: readonly { readonly target: string; readonly count: number }[]): void {
    for (const { target, count } of targets)
      this.#log.warn(
        { target, count },
        'deliveries wait for a target that connector.yaml does not have: they are held until it is back, or ' +
          'cancelled by a person',
      );
  }

  adapterWarned(target: string, text: string, fields: Readonly<Record<string, string | number | boolean>>): void {
    this.#log.warn({ target, ...fields }, text);
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
  cleanedAtNextStart(): void {
    this.#log.warn('all is sealed; what lay in clear may stand between rows of this large file until the next start');
  }

  retentionCleared(counts: Readonly<Record<string, number>>): void {
    this.#log.info({ counts }, 'what is older than it is to be kept was cleared away');
  }

  spoolBegun(error: unknown): void {
    this.#log.warn(
      { error: errorPlace(error) },
      'the database does not take events: they wait in the spool of this machine, and Huntflow gets 200',
    );
  }

  spoolEnded(): void {
    this.#log.info('the spool is empty: what waited there is in the database');
  }

  spooled(count: number): void {
    this.#metrics.spooled.set(count);
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
