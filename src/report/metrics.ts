import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { StandingMetrics } from './standing-metrics.ts';

/** What Prometheus reads; each is told of in report.ts, beside its log line. */
export class Metrics {
  readonly registry = new Registry();
  readonly standing = new StandingMetrics(this.registry);
  readonly webhooks = new Counter({
    name: 'huntflow_connector_webhooks_total',
    help: 'Webhook requests by source and answer',
    labelNames: ['source', 'answer'],
    registers: [this.registry],
  });
  readonly refused = new Counter({
    name: 'huntflow_connector_requests_refused_total',
    help: 'Requests that never became one: no HTTP, too long headers, too slow, one connection too many',
    labelNames: ['listener', 'reason'],
    registers: [this.registry],
  });
  readonly intakeSeconds = new Histogram({
    name: 'huntflow_connector_intake_seconds',
    help: 'From the first byte of a webhook to its answer',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5],
    registers: [this.registry],
  });
  readonly mapped = new Counter({
    name: 'huntflow_connector_events_mapped_total',
    help: 'Events by what mapping made of them',
    labelNames: ['state'],
    registers: [this.registry],
  });
  readonly attempts = new Counter({
    name: 'huntflow_connector_attempts_total',
    help: 'Attempts by target and outcome',
    labelNames: ['target', 'outcome'],
    registers: [this.registry],
  });
  readonly attemptSeconds = new Histogram({
    name: 'huntflow_connector_attempt_seconds',
    help: 'How long attempts took',
    labelNames: ['target'],
    buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 30, 120],
    registers: [this.registry],
  });
  readonly deliverySeconds = new Histogram({
    name: 'huntflow_connector_delivery_seconds',
    help: 'From the webhook, as soon as it was mapped, to its delivery',
    labelNames: ['target'],
    buckets: [0.1, 0.5, 1, 5, 30, 120, 600, 3600, 14_400, 86_400],
    registers: [this.registry],
  });
  readonly faults = new Gauge({
    name: 'huntflow_connector_mapping_faults',
    help: 'Faults in mapping files that are refused',
    registers: [this.registry],
  });

  readonly spooled = new Gauge({
    name: 'huntflow_connector_events_spooled',
    help: 'Events that wait on this machine for the database',
    registers: [this.registry],
  });
  readonly auditUnsent = new Gauge({
    name: 'huntflow_connector_audit_unsent',
    help: 'Entries of the audit that the SIEM does not have yet',
    registers: [this.registry],
  });
  readonly waitingEvents = new Gauge({
    name: 'huntflow_connector_events_waiting',
    help: 'Events that wait to be mapped',
    registers: [this.registry],
  });
  readonly waitingEventsSeconds = new Gauge({
    name: 'huntflow_connector_events_waiting_seconds',
    help: 'How long the oldest of them has waited',
    registers: [this.registry],
  });
  readonly openDeliveries = new Gauge({
    name: 'huntflow_connector_deliveries_open',
    help: 'Deliveries that are not done, by target and state',
    labelNames: ['target', 'state'],
    registers: [this.registry],
  });
  readonly openDeliveriesSeconds = new Gauge({
    name: 'huntflow_connector_deliveries_open_seconds',
    help: 'How old the oldest of them is',
    labelNames: ['target', 'state'],
    registers: [this.registry],
  });

  /**
   * What may happen stands at 0 before it does: a rate of Prometheus does not see a series begin, so the first refused
   * webhook after a start would alarm nobody.
   */
  expect(sources: readonly string[], targets: readonly string[]): void {
    for (const source of sources) {
      for (const answer of ['accepted', '401', '503']) this.webhooks.inc({ source, answer }, 0);
      this.standing.repeated.inc({ source }, 0);
    }
    for (const state of ['mapped', 'skipped', 'failed']) this.mapped.inc({ state }, 0);
    for (const target of targets)
      for (const outcome of ['delivered', 'retry', 'dead', 'unknown']) this.attempts.inc({ target, outcome }, 0);
  }
}
