import { randomUUID } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import type { IncomingEvent, Kept } from '../inbox/event.ts';
import type { Inbox } from '../inbox/inbox.ts';
import { Loop } from '../process/loop.ts';
import type { Spool } from './spool.ts';

export interface SpooledInboxParts {
  readonly inbox: Inbox;
  readonly spool: Spool;
  /** Some of what waited is kept: the mapper may go on. */
  readonly kept: () => void;
  /** The database does not take events: they wait here from now on. */
  readonly begun: (error: unknown) => void;
  /** Everything that waited is in the database. */
  readonly ended: () => void;
}

/** How long the drain rests after the database refused it, milliseconds. */
const pause = 1000;

/** Events handed over at a time. */
const most = 64;

/** A webhook on its way into the database, which may have to leave it. */
interface Direct {
  readonly event: IncomingEvent;
  readonly leave: AbortController;
  readonly result: PromiseWithResolvers<Kept>;
}

/**
 * An inbox that outlives its database: what it does not take waits in files of this machine, and whatever comes while
 * something waits goes behind it. Each event has an id before its first way into the database, for that commit may have
 * happened: taken a second time it is a duplicate.
 */
export class SpooledInbox {
  readonly #parts: SpooledInboxParts;
  readonly #loop: Loop;
  /** In the order they came. */
  readonly #direct = new Set<Direct>();
  #spooling = false;
  /** Entries that are on their way to the disk. */
  #adding = 0;

  constructor(parts: SpooledInboxParts) {
    this.#parts = parts;
    this.#loop = new Loop({ round: () => this.#drain(), failed: () => undefined, pause });
  }

  async start(): Promise<void> {
    await this.#parts.spool.open();
    this.#spooling = !this.#parts.spool.isEmpty;
    this.#loop.start();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
    await this.#parts.spool.close();
  }

  /** Entries that wait; undefined: none does. */
  get waiting(): number | undefined {
    return this.#spooling ? this.#parts.spool.waiting : undefined;
  }

  /** In the database or on this machine's disk when it resolves. */
  async keep(incoming: IncomingEvent): Promise<Kept> {
    const { inbox } = this.#parts;
    // What nobody signed rightly is bounded in the database.
    if (incoming.quarantine !== undefined) return inbox.keep(incoming);
    const event = withId(incoming);
    if (this.#spooling) return this.#spool(event);
    const direct = { event, leave: new AbortController(), result: Promise.withResolvers<Kept>() };
    this.#direct.add(direct);
    void this.#write(direct);
    return direct.result.promise;
  }

  async #write(direct: Direct): Promise<void> {
    try {
      direct.result.resolve(await this.#parts.inbox.keep(direct.event, direct.leave.signal));
      this.#direct.delete(direct);
    } catch (error) {
      if (this.#direct.has(direct)) this.#divert(error);
    }
  }

  /** Those that came before and after one that failed would have to wait as long: they go in their order now. */
  #divert(error: unknown): void {
    this.#begin(error);
    const all = [...this.#direct];
    this.#direct.clear();
    for (const { event, leave, result } of all) {
      // What still waits to be written would otherwise overtake what waits here.
      leave.abort(error);
      result.resolve(this.#spool(event));
    }
  }

  #begin(error: unknown): void {
    if (!this.#spooling) this.#parts.begun(error);
    this.#spooling = true;
  }

  async #spool({ document: _parsed, ...event }: IncomingEvent): Promise<Kept> {
    this.#adding += 1;
    try {
      await this.#parts.spool.add(serialize(event));
    } finally {
      this.#adding -= 1;
    }
    return { outcome: 'spooled', event: 0, conflicting: false };
  }

  async #drain(): Promise<number> {
    const { inbox, spool, kept, ended } = this.#parts;
    if (!this.#spooling) return pause;
    const took = await spool.takeOldest(async (entries) => {
      for (let at = 0; at < entries.length; at += most) {
        if (this.#loop.signal.aborted) throw new Error('the drain of the spool stops');
        await inbox.keepAll(entries.slice(at, at + most).map(eventOf));
        kept();
      }
    });
    if (took || !spool.isEmpty) return 0;
    if (this.#adding > 0) return 10;
    this.#spooling = false;
    ended();
    return pause;
  }
}

function withId(event: IncomingEvent): IncomingEvent {
  return event.dedupeKey === undefined ? { ...event, dedupeKey: JSON.stringify(['entry', randomUUID()]) } : event;
}

/** Written by `#spool` alone, and sealed since. */
function eventOf(entry: Buffer): IncomingEvent {
  const event: IncomingEvent = deserialize(entry);
  return event;
}
