import type { Actor } from '../audit/entry.ts';
import type { Json } from '../huntflow/json.ts';
import type { InboxEvent } from '../inbox/event.ts';
import type { Inbox } from '../inbox/inbox.ts';
import type { Delivery } from '../outbox/delivery.ts';
import type { MappingGap, MappingVersions } from './store/mapping-versions.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Text } from '../text.ts';
import { constantsOf, constantsOfVersion } from './constants.ts';
import { type Difference, differences } from './difference.ts';
import type { MappingEngine } from './thread/engine.ts';
import { bodyGone, readEvent } from './event-view.ts';
import type { MappingContext } from './file/mapping-file.ts';
import { readVersion } from './file/kept-version.ts';
import { madeRecord, owedDelivery, subjectsOf } from './made-record.ts';
import type { Mapping } from './file/mapping.ts';
import { type Stages, wants } from './record/wants.ts';

export interface ReplayParts {
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly versions: MappingVersions;
  readonly engine: MappingEngine;
  readonly context: MappingContext;
  readonly stages: (source: string) => Stages;
  readonly order: (target: string) => 'strict' | 'none';
  readonly now: () => number;
}

/** Which version of a mapping maps an event again. */
export type ReplayVersion =
  | { readonly kind: 'mappings'; /** Today's, or drafts. */ readonly mappings: readonly Mapping[] }
  | {
      readonly kind: 'original';
      /** Of one mapping, or of all that made deliveries of the event. */ readonly mapping: string | undefined;
    };

/** Whether anything is sent, and who wants it. */
interface Way {
  readonly dryRun: boolean;
  readonly actor: Actor | undefined;
}

/** What mapping an event again comes to. */
export interface Replayed {
  readonly event: number;
  readonly mapping: string;
  readonly target: string;
  /** The latest delivery of this event and mapping, if there was one. */
  readonly original: number | null;
  readonly result: 'same' | 'changed' | 'new' | 'skipped' | 'failed';
  readonly differences: readonly Difference[];
  /** What both versions of the mapping wrote into the record themselves. */
  readonly constants: ReadonlySet<string>;
  readonly why: Text | null;
  /** The delivery made, or null when there was nothing to send or nothing was to be sent. */
  readonly delivery: number | null;
}

/**
 * Maps kept events again: on today's version, the original one or a draft. What it makes goes behind what waits
 * already.
 */
export class Replay {
  readonly #parts: ReplayParts;

  constructor(parts: ReplayParts) {
    this.#parts = parts;
  }

  /** Events in the order given, which should be that of their receipt. With `dryRun` nothing is written. */
  async *run(
    events: readonly number[],
    version: ReplayVersion,
    dryRun: boolean,
    actor?: Actor,
  ): AsyncGenerator<Replayed> {
    for (const id of events) {
      const event = await this.#parts.inbox.find(id);
      // What nobody signed rightly is nobody's event until it is admitted.
      if (event !== undefined && event.state !== 'quarantined') yield* this.#event(event, version, { dryRun, actor });
    }
  }

  /**
   * The events that a mapping did not see while no version of it worked; those that have a delivery of it already are
   * left out.
   */
  async *missed(gap: MappingGap, mapping: Mapping, dryRun: boolean, actor?: Actor): AsyncGenerator<Replayed> {
    const events = await this.#parts.inbox.list({ from: gap.firstEvent, to: gap.lastEvent });
    for (const { id } of events.toReversed()) {
      const event = await this.#parts.inbox.find(id);
      const seen = await this.#parts.outbox.list({ event: id, mapping: mapping.name, limit: 1 });
      if (event !== undefined && event.state !== 'quarantined' && seen.length === 0)
        yield* this.#event(event, { kind: 'mappings', mappings: [mapping] }, { dryRun, actor });
    }
    if (!dryRun) await this.#parts.versions.closeGap(gap);
  }

  async *#event(event: InboxEvent, version: ReplayVersion, way: Way): AsyncGenerator<Replayed> {
    const originals = latestOf(await this.#parts.outbox.list({ event: event.id }));
    for (const { mapping, name, why } of await this.#mappings(version, originals)) {
      const original = originals.get(name);
      if (mapping === undefined)
        yield {
          event: event.id,
          mapping: name,
          target: original?.target ?? '',
          original: original?.id ?? null,
          result: 'failed',
          differences: [],
          constants: new Set(),
          why,
          delivery: null,
        };
      else yield await this.#map(event, mapping, original, way);
    }
  }

  async #mappings(
    version: ReplayVersion,
    originals: ReadonlyMap<string, Delivery>,
  ): Promise<{ readonly mapping: Mapping | undefined; readonly name: string; readonly why: Text | null }[]> {
    if (version.kind === 'mappings')
      return version.mappings.map((mapping) => ({ mapping, name: mapping.name, why: null }));
    return Promise.all(
      [...originals.values()]
        .filter(({ mapping }) => version.mapping === undefined || mapping === version.mapping)
        .map(async (original) => {
          const kept = await this.#parts.versions.find(original.mappingHash);
          const reading =
            kept === undefined ? undefined : await readVersion(kept.content, original.mapping, this.#parts.context);
          return { mapping: reading?.mapping, name: original.mapping, why: reading?.faults[0]?.text ?? versionGone };
        }),
    );
  }

  async #map(event: InboxEvent, mapping: Mapping, original: Delivery | undefined, way: Way): Promise<Replayed> {
    const { engine, outbox, stages } = this.#parts;
    const common = {
      event: event.id,
      mapping: mapping.name,
      target: mapping.to,
      original: original?.id ?? null,
      differences: [],
      constants: new Set<string>(),
      why: null,
      delivery: null,
    };
    const read = await readEvent(event);
    if ('unreadable' in read)
      return { ...common, result: 'failed', why: event.body === null ? bodyGone : read.unreadable };
    if (!wants(mapping, read.view, stages(event.source))) return { ...common, result: 'skipped' };
    const outcome = await engine.map(mapping, read.view);
    if (outcome.outcome === 'skipped') return { ...common, result: 'skipped' };
    if (outcome.outcome === 'failed') return { ...common, result: 'failed', why: outcome.text };
    const stored = original === undefined ? null : ((await outbox.record(original.id)) ?? null);
    const before: Json = stored === null ? null : JSON.parse(stored);
    const found = stored === null ? [] : differences(before, outcome.record);
    const result = stored === null ? 'new' : found.length === 0 ? 'same' : 'changed';
    // An unchanged record keeps the text it had, and so its idempotency key: the target knows it again.
    const made =
      result === 'same' && stored !== null
        ? madeRecord(event, mapping, before)
        : madeRecord(event, mapping, outcome.record);
    const delivery = way.dryRun
      ? null
      : await this.#insert(event, mapping, original, { ...outcome, ...subjectsOf(read.view) }, made, way.actor);
    return { ...common, result, differences: found, constants: await this.#constants(mapping, original), delivery };
  }

  async #constants(mapping: Mapping, original: Delivery | undefined): Promise<ReadonlySet<string>> {
    const { versions, context } = this.#parts;
    const before = original === undefined ? [] : await constantsOfVersion(versions, context, original);
    return new Set([...constantsOf(mapping), ...before]);
  }

  async #insert(
    event: InboxEvent,
    mapping: Mapping,
    original: Delivery | undefined,
    outcome: ReturnType<typeof subjectsOf> & { readonly key: string | null; readonly once: string | null },
    made: { readonly record: string; readonly idempotencyKey: string },
    actor: Actor | undefined,
  ): Promise<number | null> {
    const { outbox, versions, order, now } = this.#parts;
    await versions.remember({ hash: mapping.hash, mapping: mapping.name, content: mapping.version }, now());
    const id = await outbox.insertReplayed({
      once: outcome.once,
      actor,
      delivery: {
        ...owedDelivery(
          event,
          mapping,
          { key: outcome.key, applicant: outcome.applicant, vacancy: outcome.vacancy, createdAt: now(), made },
          order,
        ),
        ...(original && { replayOf: original.id }),
      },
    });
    outbox.wake();
    return id;
  }
}

/** Deliveries come newest first: the first one of a mapping is its latest. */
function latestOf(deliveries: readonly Delivery[]): ReadonlyMap<string, Delivery> {
  const latest = new Map<string, Delivery>();
  for (const delivery of deliveries) if (!latest.has(delivery.mapping)) latest.set(delivery.mapping, delivery);
  return latest;
}

const versionGone: Text = {
  ru: 'версия, сделавшая эту доставку, не сохранилась',
  en: 'the version that made this delivery was not kept',
};
