import {
  adapterErrorKind,
  type AdapterTools,
  type DeliveryContext,
  type EntityName,
  type Receipt,
  UnavailableError,
} from '../../../src/adapter.ts';
import { OnecOdata } from '../../../adapters/onec-odata.ts';
import type { OneCRecord } from '../../../adapters/onec/record.ts';
import { OnecStandIn, type StandInOptions } from '../../../stand-ins/onec/stand-in.ts';
import { deliveryOf, type NotedDelivery, type TestTools, toolsIn } from '../../support/delivery-context.ts';
import { pause } from '../../support/pause.ts';

export interface OfficeOptions extends StandInOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly timeout?: number;
  readonly speed?: number;
  readonly attachment?: AdapterTools['attachment'];
}

/** A stand-in, an adapter on it, and what the outbox would keep: progress of deliveries, references, aliases. */
export class Office {
  readonly standIn: OnecStandIn;
  readonly tools: TestTools;
  readonly references = new Map<string, string>();
  /** What was kept beside the names. */
  readonly notes = new Map<string, unknown>();
  /** Whether the references know which ids a survivor has swallowed. */
  knowsAliases = true;
  /** Removed applicant → survivor. */
  readonly aliases = new Map<string, string>();
  readonly #progress = new Map<number, unknown>();
  readonly #settings: Readonly<Record<string, unknown>>;
  adapter: OnecOdata;
  /** The clock runs this much faster than the machine's, so that waits of minutes take a test no time. */
  readonly #speed: number;

  constructor(standIn: OnecStandIn, options: OfficeOptions) {
    this.standIn = standIn;
    this.#speed = options.speed ?? 1;
    const start = Date.now();
    this.tools = toolsIn(undefined, {
      now: () => start + (Date.now() - start) * this.#speed,
      timeout: options.timeout ?? 5000,
      ...(options.attachment && { attachment: options.attachment }),
    });
    this.#settings = options.settings ?? {};
    this.adapter = this.#make();
  }

  static async open(options: OfficeOptions = {}): Promise<Office> {
    return new Office(await OnecStandIn.start(options), options);
  }

  #make(): OnecOdata {
    const { behaviour, url } = this.standIn;
    return new OnecOdata(
      OnecOdata.settings.cast({ url, user: behaviour.user, password: behaviour.password, ...this.#settings }),
      this.tools,
    );
  }

  /** As after a start of the service: nothing in memory is left. */
  async restart(): Promise<void> {
    await this.adapter.close();
    this.adapter = this.#make();
  }

  /** The same delivery, whatever became of it before. */
  delivery(id: number, overrides: Partial<DeliveryContext> = {}): NotedDelivery {
    const nameOf = (entity: EntityName): string =>
      JSON.stringify([entity.kind, String(entity.id), entity.role ?? '', entity.set]);
    return deliveryOf(id, {
      progress: this.#progress.get(id),
      saveProgress: async (value) => {
        this.#progress.set(id, structuredClone(value));
      },
      references: {
        find: async (entity) => this.references.get(nameOf(entity)),
        keep: async (entity, name, note) => {
          this.references.set(nameOf(entity), name);
          if (note !== undefined) this.notes.set(nameOf(entity), structuredClone(note));
        },
        noteOf: async (entity) => this.notes.get(nameOf(entity)),
        survivorOf: async (_kind, entity) => this.aliases.get(String(entity)) ?? String(entity),
        aliasesOf: async (_kind, entity) =>
          this.knowsAliases
            ? [...this.aliases].flatMap(([removed, survivor]) => (survivor === String(entity) ? [removed] : []))
            : [],
      },
      ...overrides,
    });
  }

  deliver(id: number, record: OneCRecord, overrides: Partial<DeliveryContext> = {}): Promise<Receipt> {
    return this.adapter.deliver(record, this.delivery(id, overrides));
  }

  /** Tries as the dispatcher does, waits included. @returns the receipt and how many attempts it took. */
  async insist(
    id: number,
    record: OneCRecord,
    attempts = 60,
  ): Promise<{ readonly receipt: Receipt; readonly attempts: number }> {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      try {
        return { receipt: await this.deliver(id, record, { attempt }), attempts: attempt };
      } catch (error) {
        if (adapterErrorKind(error) !== 'unavailable') throw error;
        const wait = error instanceof UnavailableError ? (error.retryAfter ?? 0) : 0;
        await pause((wait * 1000) / this.#speed);
      }
    }
    throw new Error(`not delivered in ${attempts} attempts`);
  }

  async close(): Promise<void> {
    await this.adapter.close();
    await this.standIn.stop();
    this.tools.dispose();
  }
}
