import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';
import { hour } from './alarm.ts';

/** What one source's webhook did since the last look; times are milliseconds since 1970. */
export interface WebhookNote {
  readonly source: string;
  readonly last_at: number | null;
  readonly unsigned: number;
  readonly unkept: number;
  readonly refused_since: number | null;
  readonly refused_at: number | null;
  readonly retried_at: number | null;
  readonly retry: number | null;
  /** How many events came in which hours, counted from 1970. */
  readonly hours: Readonly<Record<number, number>>;
}

interface Counted extends Omit<{ -readonly [K in keyof WebhookNote]: WebhookNote[K] }, 'hours'> {
  hours: Record<number, number>;
}

/** Counts in memory what strangers can cause at any rate; it is written once in a while. */
export class WebhookWatch {
  readonly #sources = new Map<string, Counted>();

  /** `retry`: how often Huntflow had sent it before. */
  taken(source: string, at: number, retry = 0): void {
    const counted = this.#of(source);
    Object.assign(counted, { last_at: at, unsigned: 0, unkept: 0, refused_since: null, refused_at: null });
    if (retry > 0) Object.assign(counted, { retried_at: at, retry });
    const bucket = Math.floor(at / hour);
    counted.hours[bucket] = (counted.hours[bucket] ?? 0) + 1;
  }

  refused(source: string, at: number, why: 'unsigned' | 'unkept'): void {
    const counted = this.#of(source);
    counted[why] += 1;
    counted.refused_since ??= at;
    counted.refused_at = at;
  }

  /** What was counted since the last take. */
  take(): WebhookNote[] {
    const notes = [...this.#sources.values()];
    this.#sources.clear();
    return notes;
  }

  #of(source: string): Counted {
    const known = this.#sources.get(source);
    if (known !== undefined) return known;
    const fresh: Counted = {
      source,
      last_at: null,
      unsigned: 0,
      unkept: 0,
      refused_since: null,
      refused_at: null,
      retried_at: null,
      retry: null,
      hours: {},
    };
    this.#sources.set(source, fresh);
    return fresh;
  }
}

// A webhook that was taken makes good what was refused before it.
const writeNote = statement<Omit<WebhookNote, 'hours'>>(`
  insert into webhooks (source, last_at, unsigned, unkept, refused_since, refused_at, retried_at, retry)
  values (:source, :last_at, :unsigned, :unkept, :refused_since, :refused_at, :retried_at, :retry)
  on conflict (source) do update set
    unsigned = excluded.unsigned + case when excluded.last_at is null then webhooks.unsigned else 0 end,
    unkept = excluded.unkept + case when excluded.last_at is null then webhooks.unkept else 0 end,
    refused_since = case when excluded.last_at is null then coalesce(webhooks.refused_since, excluded.refused_since)
      else excluded.refused_since end,
    refused_at = case when excluded.last_at is null then coalesce(excluded.refused_at, webhooks.refused_at)
      else excluded.refused_at end,
    last_at = coalesce(excluded.last_at, webhooks.last_at),
    retried_at = coalesce(excluded.retried_at, webhooks.retried_at), retry = coalesce(excluded.retry, webhooks.retry)`);

const addHour = statement<{ source: string; hour: number; events: number }>(`
  insert into webhook_hours (source, hour, events) values (:source, :hour, :events)
  on conflict (source, hour) do update set events = webhook_hours.events + excluded.events`);

const dropHours = statement<{ before: number }>('delete from webhook_hours where hour < :before');

/** Hours that are remembered: ten weeks. */
const remembered = 1680;

export const noteWebhooks = new Procedure(
  'noteWebhooks',
  async (
    transaction,
    { notes, now }: { readonly notes: readonly WebhookNote[]; readonly now: number },
  ): Promise<void> => {
    for (const { hours, ...note } of notes.toSorted((a, b) => (a.source < b.source ? -1 : 1))) {
      await writeNote(transaction, note);
      for (const [bucket, events] of Object.entries(hours))
        await addHour(transaction, { source: note.source, hour: Number(bucket), events });
    }
    await dropHours(transaction, { before: Math.floor(now / hour) - remembered });
  },
);
