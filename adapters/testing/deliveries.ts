import type { DeliveryContext, Exchange, References } from '../../src/adapter.ts';

interface SentExchange {
  readonly request: Exchange;
  response?: Exchange;
}

/** A delivery without a database, and what the adapter did with it. */
export interface TestDelivery extends DeliveryContext {
  /** What the adapter said it sent, in order. */
  readonly exchanges: readonly SentExchange[];
}

/** Deliveries to one target: what an adapter keeps (References, progress) is there at the next attempt. */
export class Deliveries {
  readonly #names = new Map<string, string>();
  readonly #notes = new Map<string, unknown>();
  readonly #progress = new Map<number, unknown>();
  readonly #attempts = new Map<number, number>();

  /** The next attempt of this delivery; `overrides` replace single members. */
  attempt(id: number, overrides: Partial<DeliveryContext> = {}): TestDelivery {
    const attempt = (this.#attempts.get(id) ?? 0) + 1;
    this.#attempts.set(id, attempt);
    const exchanges: SentExchange[] = [];
    return {
      id,
      idempotencyKey: `key-${id}`,
      attempt,
      key: `applicant/${id}`,
      scope: 'hunt.example/1',
      createdAt: Date.UTC(2026, 10, 21, 9, 0, 0),
      signal: new AbortController().signal,
      progress: this.#progress.get(id),
      saveProgress: async (value) => void this.#progress.set(id, structuredClone(value)),
      references: this.#references(),
      sent: (request) => {
        const exchange: SentExchange = { request };
        exchanges.push(exchange);
        return (response) => {
          exchange.response = response;
        };
      },
      exchanges,
      ...overrides,
    };
  }

  #references(): References {
    return {
      find: async (entity) => this.#names.get(JSON.stringify(entity)),
      keep: async (entity, name, note) => {
        this.#names.set(JSON.stringify(entity), name);
        if (note !== undefined) this.#notes.set(JSON.stringify(entity), structuredClone(note));
      },
      noteOf: async (entity) => this.#notes.get(JSON.stringify(entity)),
      survivorOf: async (_kind, id) => String(id),
      aliasesOf: async () => [],
    };
  }
}
