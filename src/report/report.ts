import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { errorPlace } from '../process/error-place.ts';
import { type Fault, briefFault } from '../files/fault.ts';
import { LineAMinute } from './line-a-minute.ts';
import type { Log } from './log.ts';
import { type RefusedRequest, refusedHint } from './refused-request.ts';
import type { Sender } from './sender.ts';
import type { Claim, Settlement } from '../outbox/delivery.ts';
import type { TargetCount } from '../outbox/backlog.ts';

/** One function per thing worth knowing: its log line and its metric together, so that they cannot drift apart. */
export class Report {
  readonly registry = new Registry();
  readonly #log: Log;
  /** For what strangers can cause. */
  readonly #strangers = new LineAMinute();
  readonly #webhooks = new Counter({
    name: 'huntflow_connector_webhooks_total',
    help: 'Webhook requests by source and answer',
    labelNames: ['source', 'answer'],
    registers: [this.registry],
  });
  readonly #refused = new Counter({
    name: 'huntflow_connector_requests_refused_total',
    help: 'Requests that never became one: no HTTP, too long headers, too slow, one connection too many',
    labelNames: ['listener', 'reason'],
    registers: [this.registry],
  });
  readonly #intakeSeconds = new Histogram({
    name: 'huntflow_connector_intake_seconds',
    help: 'From the first byte of a webhook to its answer',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5],
    registers: [this.registry],
  });
  readonly #mapped = new Counter({
    name: 'huntflow_connector_events_mapped_total',
    help: 'Events by what mapping made of them',
    labelNames: ['state'],
    registers: [this.registry],
  });
  readonly #attempts = new Counter({
    name: 'huntflow_connector_attempts_total',
    help: 'Attempts by target and outcome',
    labelNames: ['target', 'outcome'],
    registers: [this.registry],
  });
  readonly #attemptSeconds = new Histogram({
    name: 'huntflow_connector_attempt_seconds',
    help: 'How long attempts took',
    labelNames: ['target'],
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 30, 120],
    registers: [this.registry],
  });
  readonly #resting = new Gauge({
    name: 'huntflow_connector_target_resting',
    help: '1 while the breaker of a target rests',
    labelNames: ['target'],
    registers: [this.registry],
  });
  readonly #faults = new Gauge({
    name: 'huntflow_connector_mapping_faults',
    help: 'Faults in mapping files that are refused',
    registers: [this.registry],
  });

  readonly #waitingEvents = new Gauge({
    name: 'huntflow_connector_events_waiting',
    help: 'Events that wait to be mapped',
    registers: [this.registry],
  });
  readonly #waitingEventsSeconds = new Gauge({
    name: 'huntflow_connector_events_waiting_seconds',
    help: 'How long the oldest of them has waited',
    registers: [this.registry],
  });
  readonly #openDeliveries = new Gauge({
    name: 'huntflow_connector_deliveries_open',
    help: 'Deliveries that are not done, by target and state',
    labelNames: ['target', 'state'],
    registers: [this.registry],
  });
  readonly #openDeliveriesSeconds = new Gauge({
    name: 'huntflow_connector_deliveries_open_seconds',
    help: 'How old the oldest of them is',
    labelNames: ['target', 'state'],
    registers: [this.registry],
  });

  constructor(log: Log) {
    this.#log = log;
  }

  webhookAnswered(source: string, answer: string, seconds: number): void {
    this.#webhooks.inc({ source, answer });
    this.#intakeSeconds.observe(seconds);
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
    this.#refused.inc({ listener, reason });
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
        { source, error: what, count },
        'webhook answered 503: the database did not take it, Huntflow will send it again',
      ),
    );
  }

  eventsMapped(events: readonly { readonly state: 'mapped' | 'skipped' | 'failed' }[]): void {
    for (const { state } of events) this.#mapped.inc({ state });
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
  }: {
    readonly claim: Claim;
    readonly settlement: Settlement;
    readonly settled: boolean;
  }): void {
    const milliseconds = Math.max(0, settlement.finishedAt - settlement.startedAt);
    this.#attempts.inc({ target: claim.target, outcome: settlement.outcome });
    this.#attemptSeconds.observe({ target: claim.target }, milliseconds / 1000);
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
      this.#log.warn(
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
    this.#waitingEvents.set(events.count);
    this.#waitingEventsSeconds.set(events.since === null ? 0 : secondsSince(events.since, now));
    this.#openDeliveries.reset();
    this.#openDeliveriesSeconds.reset();
    for (const { target, state, count, since } of deliveries) {
      this.#openDeliveries.set({ target, state }, count);
      this.#openDeliveriesSeconds.set({ target, state }, secondsSince(since, now));
    }
  }

  targetResting(target: string, failures: number, rest: number): void {
    this.#resting.set({ target }, 1);
    this.#log.warn({ target, failures, rest }, 'target cannot be reached: it rests before one delivery probes it');
  }

  /** The target asked for it; `wait`: milliseconds. */
  targetHeld(target: string, wait: number): void {
    this.#resting.set({ target }, 1);
    this.#log.warn({ target, wait }, 'target asks to be left alone: what is owed to it is held and costs no attempts');
  }

  /** No name in the log: it may be somebody's address. */
  nameHeld(target: string, wait: number): void {
    this.#log.warn(
      { target, wait },
      'target asks to be left alone by what goes to one of its addressees: that is held, the rest goes on',
    );
  }

  targetBack(target: string): void {
    this.#resting.set({ target }, 0);
    this.#log.info({ target }, 'target can be reached again');
  }

  leasesRecovered(count: number): void {
    this.#log.warn(
      { count },
      'attempts of a process that died were recorded as unknown; what follows is said by unknown of their targets',
    );
  }

  mappingsLoaded(count: number, faults: readonly Fault[]): void {
    this.#faults.set(faults.filter((fault) => fault.level === 'error').length);
    for (const fault of faults)
      this.#log[fault.level === 'error' ? 'error' : 'warn'](
        { fault: briefFault(fault, 'en') },
        fault.level === 'error' ? 'mapping file refused' : 'mapping file',
      );
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
    this.#log.error({ loop, error: errorPlace(error) }, 'a loop met an error and goes on');
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
