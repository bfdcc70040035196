import type { Actor } from '../audit/entry.ts';
import type { Database } from '../database/database.ts';
import { verify } from '../huntflow/wire.ts';
import { withKeys } from '../people/hold-key.ts';
import type { Seals } from '../people/seals.ts';
import { type Admitted, admitEvents } from './admit.ts';
import type { InboxEvent, IncomingEvent } from './event.ts';
import type { Inbox } from './inbox.ts';
import { incomingEvent, signatureHeader } from './incoming-event.ts';
import { writtenEvents } from './sealed-event.ts';

/** Who may send, as far as an admission asks. */
export interface KnownSource {
  readonly name: string;
  readonly secrets: readonly string[];
  readonly scope: string | undefined;
}

export interface QuarantineParts {
  readonly database: Database;
  readonly inbox: Inbox;
  readonly seals: Seals;
  readonly sources: readonly KnownSource[];
  readonly now: () => number;
}

/** An event that nobody has proved, and whom it names. */
export interface Doubtful {
  readonly id: number;
  readonly source: string;
  readonly scope: string;
  readonly applicant: string;
}

/** Events whose signature fitted no secret when they came. */
export class Quarantine {
  readonly #parts: QuarantineParts;

  constructor(parts: QuarantineParts) {
    this.#parts = parts;
  }

  /** In the order received. */
  async ids(): Promise<number[]> {
    const events = await this.#parts.inbox.list({ state: 'quarantined' });
    return events.map(({ id }) => id).toReversed();
  }

  /** Whom they say they are about; each is opened for that, so whoever asks for many asks once. */
  async whom(): Promise<readonly Doubtful[]> {
    const found: Doubtful[] = [];
    for (const id of await this.ids()) {
      const event = await this.#parts.inbox.find(id);
      if (event?.state !== 'quarantined' || event.body === null) continue;
      const { scope, whom } = await this.#incoming(event);
      if (whom !== undefined) found.push({ id, source: event.source, scope, applicant: whom.applicant });
    }
    return found;
  }

  /** Whether a secret of today proves it. */
  async proven(id: number): Promise<boolean> {
    const event = await this.#parts.inbox.find(id);
    if (event?.state !== 'quarantined' || event.body === null) return false;
    const secrets = this.#source(event).secrets;
    return verify(secrets, event.body, event.headers[signatureHeader]);
  }

  /** Takes one in as if it had come signed. */
  async admit(id: number, actor: Actor): Promise<Admitted['outcome']> {
    const { database, inbox, seals, now } = this.#parts;
    const event = await inbox.find(id);
    if (event?.state !== 'quarantined') return 'gone';
    const [admitted] = await withKeys(
      () => seals.doubt(),
      async () => {
        const written = await writtenEvents([await this.#incoming(event)], seals);
        return database.call(admitEvents, { events: written.map((each) => ({ id, event: each })), actor, now: now() });
      },
    );
    return admitted?.outcome ?? 'gone';
  }

  /** After an admission: the mapper may go on. */
  wake(): void {
    this.#parts.database.signal('received');
  }

  async #incoming(event: InboxEvent): Promise<IncomingEvent> {
    const { [signatureHeader]: _signature, ...headers } = event.headers;
    const body = { bytes: event.body ?? undefined, size: event.bodySize };
    return (await incomingEvent(this.#source(event), headers, body, event.receivedAt)).event;
  }

  #source({ source }: InboxEvent): KnownSource {
    return this.#parts.sources.find(({ name }) => name === source) ?? { name: source, secrets: [], scope: undefined };
  }
}
