import { errorPlace } from '../process/error-place.ts';
import type { LineAMinute } from './line-a-minute.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Minutes } from './minutes.ts';
import { type RefusedRequest, refusedHint } from './refused-request.ts';
import type { ReportParts } from './report-parts.ts';
import type { Sender } from './sender.ts';
import type { Text } from '../text.ts';

/** What is said and counted of webhooks on their way in. */
export class IntakeReport {
  readonly #log: Log;
  readonly #metrics: Metrics;
  readonly #minutes: Minutes;
  readonly #strangers: LineAMinute;
  readonly #now: () => number;
  readonly #whyUnavailable: (error: unknown) => Text | undefined;

  constructor({ log, metrics, minutes, strangers, now, whyUnavailable }: ReportParts) {
    this.#log = log;
    this.#metrics = metrics;
    this.#minutes = minutes;
    this.#strangers = strangers;
    this.#now = now;
    this.#whyUnavailable = whyUnavailable;
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
  signatureRefused(
    source: string,
    present: boolean,
    sender: Sender,
    became: 'refused' | 'kept apart' = 'refused',
  ): void {
    const signature = present ? 'wrong' : 'missing';
    const then = became === 'refused' ? 'refused' : 'answered 200 and put into quarantine (events verify takes it in)';
    this.#strangers.say(`signature ${source} ${became}`, (count) =>
      this.#log.warn(
        { source, signature, count, ...sender },
        `webhook ${then}: its signature does not fit; if it came from Huntflow, the secret in connector.yaml ` +
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

  /** Huntflow had sent it before, as it says. */
  webhookRepeated(source: string): void {
    this.#metrics.standing.repeated.inc({ source });
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
}
