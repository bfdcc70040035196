import type {
  Adapter,
  AdapterClass,
  AdapterTools,
  CheckContext,
  DeliveryContext,
  Description,
  Finding,
  ForesightContext,
  Receipt,
} from '../src/adapter.ts';
import { foreseenOf } from './http/tls-files.ts';
import { answerOf } from './onec/answer.ts';
import { atomFormat } from './onec/atom-format.ts';
import { cataloguedIn } from './onec/catalogued.ts';
import { checkBase } from './onec/check-base.ts';
import { describedSet } from './onec/described-set.ts';
import { Entities } from './onec/entities.ts';
import { sentTexts } from './onec/error-words.ts';
import { FilterProof } from './onec/filter-proof.ts';
import { Finds } from './onec/finds.ts';
import { Infobase } from './onec/infobase.ts';
import { jsonFormat } from './onec/json-format.ts';
import type { Metadata } from './onec/metadata.ts';
import { type Plan, planRecord } from './onec/plan.ts';
import { rejected } from './onec/problems.ts';
import { Progress } from './onec/progress.ts';
import { PublishedMetadata } from './onec/published-metadata.ts';
import type { OneCRecord } from './onec/record.ts';
import { recordSchema } from './onec/record-schema.ts';
import { runSteps } from './onec/record-run.ts';
import { Resolution } from './onec/resolution.ts';
import { milliseconds, type Settings, settingsSchema } from './onec/settings.ts';

/**
 * 1C:Enterprise over its standard OData interface (facts/1c.md 1). A record is planned against `$metadata`, its finds
 * are resolved, and then step after step is looked up, written and compared with what 1C made of it.
 */
export class OnecOdata implements Adapter<OneCRecord> {
  static readonly type = 'onec-odata';
  static readonly settings = settingsSchema;
  static readonly record = recordSchema;
  static readonly looks = true;
  static readonly answer = answerOf;
  static readonly catalogued = cataloguedIn;
  /**
   * The first request after an idle time takes 10 to 30 s and more (facts/1c.md 1.9), and 1C is no friend of crowds.
   */
  static readonly defaults = { timeout: 120_000, concurrency: 4 } as const;

  static foresees({ tls }: Settings, context: ForesightContext): readonly Finding[] {
    return foreseenOf(tls, context);
  }

  readonly #settings: Settings;
  readonly #tools: AdapterTools;
  readonly #infobase: Infobase;
  readonly #metadata: PublishedMetadata;
  readonly #entities: Entities;
  readonly #finds: Finds;
  readonly #filters: FilterProof;
  readonly #keepsKeys = new Map<string, boolean>();

  constructor(settings: Settings, tools: AdapterTools) {
    this.#settings = settings;
    this.#tools = tools;
    this.#infobase = new Infobase(settings, tools);
    this.#metadata = new PublishedMetadata(this.#infobase, settings, tools);
    this.#entities = new Entities(this.#infobase, settings.format === 'atom' ? atomFormat : jsonFormat);
    this.#filters = new FilterProof(this.#entities);
    this.#finds = new Finds(this.#entities, settings, tools.now);
  }

  async deliver(record: OneCRecord, delivery: DeliveryContext): Promise<Receipt> {
    const { plan, metadata } = await this.#plan(record, delivery.signal);
    const line = { signal: delivery.signal, sent: delivery.sent.bind(delivery), secrets: sentTexts(record) };
    const sets = [...plan.finds.map(({ find }) => find.set), ...plan.steps.map(({ set }) => set)];
    await this.#filters.before(sets, { signal: delivery.signal });
    const resolution = new Resolution(this.#finds, line);
    resolution.warnings.push(...plan.findings);
    return runSteps({
      delivery,
      attachment: this.#tools.attachment,
      line,
      entities: this.#entities,
      progress: new Progress(delivery),
      resolution,
      steps: plan.steps,
      metadata,
      looked: new Map(),
      keepsKeys: this.#keepsKeys,
      marker: this.#settings.marker,
      settle: milliseconds(this.#settings.settle),
      now: this.#tools.now,
    });
  }

  /** @throws RejectedError for what the base has no room for, UnavailableError as long as nobody knows. */
  async #plan(record: OneCRecord, signal: AbortSignal): Promise<{ readonly plan: Plan; readonly metadata: Metadata }> {
    let metadata = await this.#metadata.current(signal);
    let plan = planRecord(record, metadata);
    const unknown = plan.problems.find((problem) => problem.unknown !== undefined)?.unknown;
    if (unknown !== undefined) {
      metadata = await this.#metadata.refreshed(unknown, signal);
      plan = planRecord(record, metadata);
    }
    if (plan.problems.length > 0) throw rejected(plan.problems);
    return { plan, metadata };
  }

  check(context: CheckContext): Promise<Finding[]> {
    return checkBase(this.#metadata, { entities: this.#entities, finds: this.#finds, filters: this.#filters }, context);
  }

  async describe(wanted: readonly string[], signal: AbortSignal): Promise<Description> {
    const metadata = await this.#metadata.current(signal);
    return {
      sets: metadata.names,
      described: wanted.flatMap((name) => {
        const set = metadata.set(name);
        return set === undefined ? [] : [describedSet(set)];
      }),
    };
  }

  async close(): Promise<void> {
    await this.#metadata.close();
    await this.#infobase.close();
  }
}

export default OnecOdata satisfies AdapterClass;
