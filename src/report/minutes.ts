/** What happened in one minute of this instance. Times are milliseconds. */
export interface Minute {
  readonly at: number;
  readonly received: number;
  readonly delivered: number;
  readonly failed: number;
  /** From receipt to delivery, 95th percentile, exact to a fifth; null: nothing was delivered. */
  readonly p95: number | null;
}

/** Times are milliseconds. */
export interface Recalled {
  /** When webhooks were kept. */
  readonly received: readonly number[];
  readonly ended: readonly { readonly at: number; readonly delivered: boolean; readonly took: number }[];
}

interface Counted {
  received: number;
  delivered: number;
  failed: number;
  /** Deliveries by how long they took, four buckets to each doubling. */
  readonly buckets: number[];
}

const length = 60_000;
const kept = 60;

/** The last hour, minute by minute. */
export class Minutes {
  readonly #counted = new Map<number, Counted>();

  received(now: number): void {
    this.#at(now).received += 1;
  }

  /** `took`: from receipt to delivery. */
  delivered(now: number, took: number): void {
    const minute = this.#at(now);
    minute.delivered += 1;
    const bucket = Math.floor(Math.log2(Math.max(0, took) + 1) * 4);
    minute.buckets[bucket] = (minute.buckets[bucket] ?? 0) + 1;
  }

  failed(now: number): void {
    this.#at(now).failed += 1;
  }

  /** What others counted before: a process begins with the hour that its predecessor left. */
  recall({ received, ended }: Recalled): void {
    const all = [
      ...received.map((at) => ({ at, count: () => this.received(at) })),
      ...ended.map(({ at, delivered, took }) => ({
        at,
        count: () => (delivered ? this.delivered(at, took) : this.failed(at)),
      })),
    ];
    // In their order: a minute that begins takes those away that would lie ahead of it.
    for (const { count } of all.toSorted((a, b) => a.at - b.at)) count();
  }

  /** The hour that ends now, the oldest first, idle minutes too. */
  list(now: number): Minute[] {
    const last = Math.floor(now / length);
    return Array.from({ length: kept }, (_, place) => {
      const minute = last - kept + 1 + place;
      const found = this.#counted.get(minute);
      return {
        at: minute * length,
        received: found?.received ?? 0,
        delivered: found?.delivered ?? 0,
        failed: found?.failed ?? 0,
        p95: found === undefined ? null : p95Of(found),
      };
    });
  }

  #at(now: number): Counted {
    const minute = Math.floor(now / length);
    const found = this.#counted.get(minute);
    if (found !== undefined) return found;
    for (const old of this.#counted.keys()) if (old <= minute - kept || old > minute) this.#counted.delete(old);
    const fresh: Counted = { received: 0, delivered: 0, failed: 0, buckets: [] };
    this.#counted.set(minute, fresh);
    return fresh;
  }
}

function p95Of({ delivered, buckets }: Counted): number | null {
  let seen = 0;
  for (const [bucket, count = 0] of buckets.entries()) {
    seen += count;
    if (count > 0 && seen >= delivered * 0.95) return Math.round(2 ** ((bucket + 1) / 4) - 1);
  }
  return null;
}
