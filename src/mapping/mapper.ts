import type { Database } from '../database/database.ts';
import { Lease, usualLease } from '../database/lease.ts';
import { isRefusal } from '../database/outage.ts';
import { objectAt, textAt } from '../huntflow/json.ts';
import type { HuntflowView } from '../huntflow/view.ts';
import type { InboxEvent } from '../inbox/event.ts';
import type { Inbox } from '../inbox/inbox.ts';
import type { StageSeen } from './store/stages.ts';
import type { Seals } from '../people/seals.ts';
import type { Outbox, Unmapped } from '../outbox/outbox.ts';
import type { Report } from '../report/report.ts';
import type { Text } from '../text.ts';
import type { MappingEngine } from './thread/engine.ts';
import { commitBatch, refusedText } from './commit-batch.ts';
import type { MappedEvent } from './commit-mapped.ts';
import { bodyGone, readEvent } from './event-view.ts';
import { madeRecord, owedDelivery, subjectsOf } from './made-record.ts';
import type { Mapping } from './file/mapping.ts';
import type { Mappings } from './mappings.ts';
import type { MapOutcome } from './record/outcome.ts';
import { type Stages, wants } from './record/wants.ts';

export interface MapperParts {
  readonly database: Database;
  readonly seals: Seals;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly engine: MappingEngine;
  readonly mappings: Mappings;
  /** What `order` a mapping to this target has unless it says so. */
  readonly order: (target: string) => 'strict' | 'none';
  /** The stages of a source, or the organisation's for a source that is gone. */
  readonly stages: (source: string) => Stages;
  /** Told, after the commit, of records (JSON) of an event that may name files. */
  readonly filesNamed?: (event: InboxEvent, records: readonly string[]) => void;
  readonly report: Report;
  readonly now: () => number;
  /** Milliseconds; an instance that dies while mapping holds the others up for this long. */
  readonly leaseTime?: number;
}

const batch = 100;
const pollTime = 1000;
const lingerTime = 5;
/** Milliseconds since the last event within which the next ones are waited for. */
const thickTime = 25;

/**
 * Turns events into deliveries in the order received: one at a time over all instances, so that order is kept per key.
 */
export class Mapper {
  readonly #parts: MapperParts;
  readonly #lease: Lease;
  #stopping = false;
  #lookedAgain = -Infinity;
  #mappedAt = -Infinity;
  #turn: Promise<unknown> = Promise.resolve();
  #wake: () => void = () => undefined;
  #loop: Promise<void> | undefined;

  constructor(parts: MapperParts) {
    this.#parts = parts;
    this.#lease = new Lease(parts.database, 'mapper', parts.leaseTime ?? usualLease);
  }

  start(): void {
    this.#parts.database.onSignal((signal) => {
      if (signal === 'received') this.#wake();
    });
    this.#loop = this.#rounds();
  }

  /** Ends after the batch under work; when `deadline` fires before that, its events stay as received. */
  async stop(deadline: AbortSignal): Promise<void> {
    this.#stopping = true;
    this.#wake();
    const cut = () => void this.#parts.engine.close();
    if (deadline.aborted) cut();
    else deadline.addEventListener('abort', cut, { once: true });
    await this.#loop;
    deadline.removeEventListener('abort', cut);
    await this.#lease.release().catch((error: unknown) => this.#parts.report.loopFailed('mapper', error));
  }

  /** Maps everything that waits; returns how many events and dead letters that were. */
  async drain(): Promise<number> {
    let done = 0;
    if (!(await this.#lease.take(this.#parts.now()))) return 0;
    for (;;) {
      const count = (await this.#mapReceived()) + (await this.#mapAgain());
      if (count === 0) return done;
      done += count;
    }
  }

  async #rounds(): Promise<void> {
    while (!this.#stopping) {
      const woken = new Promise<void>((resolve) => (this.#wake = resolve));
      try {
        if ((await this.#lease.take(this.#parts.now())) && (await this.#round()) > 0) continue;
      } catch (error) {
        this.#lease.doubt();
        if (!this.#stopping) this.#parts.report.loopFailed('mapper', error);
      }
      if (this.#stopping) break;
      await Promise.race([woken, new Promise((resolve) => setTimeout(resolve, pollTime).unref())]);
      // While events come thick, those of the next moment share the transaction; one that comes alone waits for nobody.
      if (performance.now() - this.#mappedAt < thickTime)
        await new Promise((resolve) => setTimeout(resolve, lingerTime));
    }
  }

  /** What a person retried is looked for once a second only: while events come in, each look would cost them. */
  async #round(): Promise<number> {
    const received = await this.#mapReceived();
    const now = performance.now();
    if (received > 0 && now - this.#lookedAgain < pollTime) return received;
    this.#lookedAgain = now;
    return received + (await this.#mapAgain());
  }

  /** A drain and a round take turns: what both had read would be mapped twice. */
  #mapReceived(): Promise<number> {
    const mapped = this.#turn.then(() => this.#mapBatch());
    this.#turn = mapped.catch(() => undefined);
    return mapped;
  }

  async #mapBatch(): Promise<number> {
    const { database, inbox, outbox, mappings, report, now } = this.#parts;
    const received = await inbox.received(batch);
    if (received.length === 0) return 0;
    this.#mappedAt = performance.now();
    const mapped = await Promise.all(received.map((event) => this.#map(event)));
    // One writer has one queue: who claims now is served right after, in the same commit.
    if (database.file !== undefined && mapped.some(({ deliveries }) => deliveries.length > 0)) outbox.wake();
    const batched = { lease: this.#lease.hold(now()), now: now(), events: mapped, unserved: mappings.unserved };
    const events = await commitBatch(database, batched, this.#parts.seals);
    report.mapping.eventsMapped(events);
    for (const { id, deliveries } of events) {
      for (const {
        delivery: { mapping, made },
      } of deliveries)
        if ('failed' in made) report.mapping.mappingFailed(mapping, id, made.failed.en);
    }
    outbox.wake();
    this.#tellFiles(received, events);
    return events.length;
  }

  #tellFiles(received: readonly InboxEvent[], events: readonly MappedEvent[]): void {
    const { filesNamed } = this.#parts;
    if (filesNamed === undefined) return;
    for (const [index, { deliveries }] of events.entries()) {
      const event = received[index];
      const records = deliveries.flatMap(({ delivery: { made } }) =>
        'record' in made && made.record.includes('"file":') ? [made.record] : [],
      );
      if (event !== undefined && records.length > 0) filesNamed(event, records);
    }
  }

  async #map(event: InboxEvent): Promise<MappedEvent> {
    const { mappings, engine } = this.#parts;
    const { id, scope } = event;
    const read = await readEvent(event);
    if ('unreadable' in read) return { id, scope, state: 'failed', unreadable: read.unreadable, deliveries: [] };
    const stages = this.#parts.stages(event.source);
    const wanted = mappings.current.filter((mapping) => wants(mapping, read.view, stages));
    const made = await Promise.all(
      wanted.map(async (mapping) =>
        this.#owed(event, read.view, mapping, await engine.map(mapping, read.view, event.bodySize)),
      ),
    );
    const deliveries = made.flatMap((each) => each ?? []);
    const merged = mergeOf(read.view);
    const stage = stageOf(event.source, read.view);
    return {
      id,
      scope,
      state: deliveries.length > 0 ? 'mapped' : 'skipped',
      deliveries,
      ...(merged && { merged }),
      ...(stage && { stage }),
    };
  }

  #owed(
    event: InboxEvent,
    view: HuntflowView,
    mapping: Mapping,
    outcome: MapOutcome,
  ): MappedEvent['deliveries'][number] | undefined {
    if (outcome.outcome === 'skipped') return undefined;
    const { now, order } = this.#parts;
    return {
      once: outcome.outcome === 'record' ? outcome.once : null,
      delivery: owedDelivery(
        event,
        mapping,
        {
          key: outcome.key,
          ...subjectsOf(view),
          createdAt: now(),
          made: outcome.outcome === 'failed' ? { failed: outcome.text } : madeRecord(event, mapping, outcome.record),
        },
        order,
      ),
    };
  }

  /** Dead letters of failed mappings that a person retried: the current file has another go at their events. */
  async #mapAgain(): Promise<number> {
    const { outbox, now } = this.#parts;
    const waiting = await outbox.unmapped(batch);
    for (const each of waiting) {
      const remapped = await this.#remap(each);
      await outbox.remap(each.id, remapped, now()).catch(async (error: unknown) => {
        if (!isRefusal(error)) throw error;
        await outbox.remap(each.id, { outcome: 'failed', text: refusedText(error) }, now());
      });
    }
    if (waiting.length > 0) outbox.wake();
    return waiting.length;
  }

  async #remap(unmapped: Unmapped) {
    const { inbox, mappings, engine, stages } = this.#parts;
    const mapping = mappings.current.find((each) => each.name === unmapped.mapping);
    if (mapping === undefined) return { outcome: 'failed', text: gone(unmapped.mapping) } as const;
    const event = await inbox.find(unmapped.eventId);
    const read = event === undefined ? undefined : await readEvent(event);
    if (event === undefined || read === undefined || 'unreadable' in read)
      return { outcome: 'failed', text: bodyGone } as const;
    if (!wants(mapping, read.view, stages(event.source))) return { outcome: 'skipped' } as const;
    const outcome = await engine.map(mapping, read.view);
    return outcome.outcome === 'record'
      ? ({ outcome: 'record', ...madeRecord(event, mapping, outcome.record), mappingHash: mapping.hash } as const)
      : outcome;
  }
}

/**
 * DOUBLE: the applicant of the event survives, the log's source is the id of the one that was removed
 * (facts/huntflow.md 4.7).
 */
function mergeOf(view: HuntflowView): MappedEvent['merged'] {
  if (view.event.event !== 'APPLICANT' || view.event.type !== 'DOUBLE' || view.event.action === 'DELETE')
    return undefined;
  const removed = textAt(view.log, 'source');
  const survivor = textAt(view.applicant, 'id');
  return removed === undefined ||
    survivor === undefined ||
    removed === survivor ||
    ![removed, survivor].every((id) => /^\d{1,100}$/.test(id))
    ? undefined
    : { removed, survivor };
}

/** Only changes of stage count: comments carry the current stage along (facts/huntflow.md 4.1). */
function stageOf(source: string, view: HuntflowView): StageSeen | undefined {
  const id = textAt(view.stage, 'id');
  if (id === undefined || view.event.event !== 'APPLICANT' || view.event.type !== 'STATUS') return undefined;
  return {
    source,
    id,
    name: textAt(view.stage, 'name') ?? '',
    hire: objectAt(view.log, 'hired_in_fill_quota') !== undefined,
  };
}

function gone(mapping: string): Text {
  return {
    ru: `маппинга «${mapping}» сейчас нет или его файл с ошибкой: исправьте файл и повторите, или отмените доставку`,
    en:
      `the mapping "${mapping}" is not there now, or its file is faulty: mend the file and retry, or cancel ` +
      'the delivery',
  };
}
