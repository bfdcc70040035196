import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, type Registry } from 'prom-client';

/** How things stand at a scrape. Times are milliseconds since 1970. */
export interface Standing {
  /** Since when something was last taken of each source. */
  readonly webhooks: readonly { readonly source: string; readonly lastAt: number | null }[];
  readonly resting: readonly { readonly target: string; readonly rests: boolean; readonly paused: boolean }[];
  readonly attention: ReadonlyMap<string, number>;
  readonly refusedMappings: number;
  /** Open alarms by kind. */
  readonly alarms: ReadonlyMap<string, number>;
  readonly disks: readonly { readonly folder: string; readonly free: number }[];
}

/** Of a second; Node samples its loop so often. */
const resolution = 20;
const quantiles = [0.5, 0.99, 1];

/** What is looked up when somebody asks, and what the process itself knows. */
export class StandingMetrics {
  readonly repeated: Counter<'source'>;
  readonly #lastWebhook: Gauge<'source'>;
  readonly #resting: Gauge<'target'>;
  readonly #paused: Gauge<'target'>;
  readonly #attention: Gauge<'target'>;
  readonly #refusedMappings: Gauge;
  readonly #alarms: Gauge<'kind'>;
  readonly #free: Gauge<'folder'>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.repeated = new Counter({
      name: 'huntflow_connector_webhooks_repeated_total',
      help: 'Webhooks that Huntflow had to send again, as meta.retry says',
      labelNames: ['source'],
      registers,
    });
    this.#lastWebhook = new Gauge({
      name: 'huntflow_connector_webhook_last_timestamp_seconds',
      help: 'When the last webhook of a source was taken',
      labelNames: ['source'],
      registers,
    });
    this.#resting = new Gauge({
      name: 'huntflow_connector_target_resting',
      help: '1 while the breaker of a target rests, or the target asked to be left alone',
      labelNames: ['target'],
      registers,
    });
    this.#paused = new Gauge({
      name: 'huntflow_connector_target_paused',
      help: '1 while a person has paused a target',
      labelNames: ['target'],
      registers,
    });
    this.#attention = new Gauge({
      name: 'huntflow_connector_attention_open',
      help: 'Deliveries with findings that nobody has seen',
      labelNames: ['target'],
      registers,
    });
    this.#refusedMappings = new Gauge({
      name: 'huntflow_connector_mappings_refused',
      help: 'Mapping files that are refused',
      registers,
    });
    this.#alarms = new Gauge({
      name: 'huntflow_connector_alarms_open',
      help: 'Alarms that stand, by kind',
      labelNames: ['kind'],
      registers,
    });
    this.#free = new Gauge({
      name: 'huntflow_connector_disk_free_bytes',
      help: 'Bytes free in the folders that the service writes to',
      labelNames: ['folder'],
      registers,
    });
    const loopDelay = monitorEventLoopDelay({ resolution });
    registry.registerMetric(
      new Gauge({
        name: 'huntflow_connector_event_loop_delay_seconds',
        help: 'How late the event loop was since the last scrape, by quantile',
        labelNames: ['quantile'],
        registers: [],
        collect() {
          // From the first scrape on: nobody else pays for it.
          loopDelay.enable();
          for (const quantile of quantiles) {
            const delay = quantile === 1 ? loopDelay.max : loopDelay.percentile(quantile * 100);
            this.set(
              { quantile: String(quantile) },
              Math.max(0, (Number.isFinite(delay) ? delay : 0) / 1e9 - resolution / 1000),
            );
          }
          loopDelay.reset();
        },
      }),
    );
    registry.registerMetric(
      new Gauge({
        name: 'huntflow_connector_memory_bytes',
        help: 'Memory of the process that is really there (RSS)',
        registers: [],
        collect() {
          this.set(process.memoryUsage.rss());
        },
      }),
    );
  }

  set({ webhooks, resting, attention, refusedMappings, alarms, disks }: Standing): void {
    for (const { source, lastAt } of webhooks) if (lastAt !== null) this.#lastWebhook.set({ source }, lastAt / 1000);
    for (const { target, rests, paused } of resting) {
      this.#resting.set({ target }, rests ? 1 : 0);
      this.#paused.set({ target }, paused ? 1 : 0);
    }
    this.#attention.reset();
    for (const [target, count] of attention) this.#attention.set({ target }, count);
    this.#refusedMappings.set(refusedMappings);
    this.#alarms.reset();
    for (const [kind, count] of alarms) this.#alarms.set({ kind }, count);
    for (const { folder, free } of disks) this.#free.set({ folder }, free);
  }
}
