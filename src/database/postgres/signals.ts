import pg from 'pg';
import type { Pooler } from './pooler.ts';
import { connectionOptions } from './dialect.ts';

/** What other processes are told: an event was kept, or a delivery may have become due. */
export type Signal = 'received' | 'due';

const channel = 'huntflow_connector';
const firstPause = 200;
const longestPause = 10_000;

/**
 * Wakes the other instances over LISTEN/NOTIFY. A signal that is lost costs time, never an event: loops poll as well.
 */
export class Signals {
  readonly #url: string;
  readonly #pooler: Pooler;
  readonly #hear: (signal: Signal) => void;
  #said: Promise<unknown> = Promise.resolve();
  readonly #pending = new Set<Signal>();
  #client: pg.Client | undefined;
  #pause = firstPause;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(url: string, pooler: Pooler, hear: (signal: Signal) => void) {
    this.#url = url;
    this.#pooler = pooler;
    this.#hear = hear;
  }

  /**
   * Returns at once; connects, and connects again, in the background. Behind a pooler, which loses a LISTEN, nobody is
   * heard.
   */
  start(): void {
    void this.#connect();
  }

  /** Tells the other instances; what is said again within a moment is said once, for a NOTIFY makes commits queue. */
  send(signal: Signal): void {
    if (this.#closed || this.#pending.has(signal)) return;
    this.#pending.add(signal);
    setTimeout(() => {
      this.#pending.delete(signal);
      // One after the other: a client that is asked while it is busy will refuse from pg 9 on.
      this.#said = this.#said
        .then(() => this.#client?.query('select pg_notify($1, $2)', [channel, signal]))
        .catch(() => undefined);
    }, 20).unref();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#client?.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    if (this.#pooler.present) return;
    const client = new pg.Client({ ...connectionOptions(this.#url), query_timeout: 5000 });
    let failed = false;
    const again = () => {
      if (failed) return;
      failed = true;
      if (this.#client === client) this.#client = undefined;
      void client.end().catch(() => undefined);
      if (this.#closed) return;
      this.#timer = setTimeout(() => void this.#connect(), this.#pause).unref();
      this.#pause = Math.min(this.#pause * 2, longestPause);
    };
    client.on('error', again);
    client.on('end', again);
    client.on('notification', ({ payload }) => {
      if (payload === 'received' || payload === 'due') this.#hear(payload);
    });
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
      this.#client = client;
      this.#pause = firstPause;
      // Whatever was said while nobody listened.
      this.#hear('received');
      this.#hear('due');
    } catch {
      again();
    }
    if (this.#closed) void client.end().catch(() => undefined);
  }
}
