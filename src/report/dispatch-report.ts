import type { Claim, Settlement } from '../outbox/delivery.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Minutes } from './minutes.ts';
import type { ReportParts } from './report-parts.ts';
import type { Text } from '../text.ts';

/** What is said and counted of targets and of attempts at them. */
export class DispatchReport {
  readonly #log: Log;
  readonly #metrics: Metrics;
  readonly #minutes: Minutes;

  constructor({ log, metrics, minutes }: ReportParts) {
    this.#log = log;
    this.#metrics = metrics;
    this.#minutes = minutes;
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

  adapterWarned(target: string, text: string, fields: Readonly<Record<string, string | number | boolean>>): void {
    this.#log.warn({ target, ...fields }, text);
  }

  targetsMissing(targets: readonly { readonly target: string; readonly count: number }[]): void {
    for (const { target, count } of targets)
      this.#log.warn(
        { target, count },
        'deliveries wait for a target that connector.yaml does not have: they are held until it is back, or ' +
          'cancelled by a person',
      );
  }
}
