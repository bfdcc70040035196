import type { InboxEvent } from './event.ts';

/**
 * Bytes of bodies whose events are kept, with what they were parsed to: enough for what the mapper has not caught up
 * with in a busy second.
 */
const room = 8 * 1024 ** 2;

/**
 * Events that this process has just kept, so that the mapper need not read and parse them again. What does not fit is
 * read again.
 */
export class RecentEvents {
  readonly #events = new Map<number, InboxEvent>();
  #size = 0;

  keep(event: InboxEvent): void {
    this.#events.set(event.id, event);
    this.#size += event.bodySize;
    for (const oldest of this.#events.keys()) {
      if (this.#size <= room) return;
      this.take(oldest);
    }
  }

  take(id: number): InboxEvent | undefined {
    const found = this.#events.get(id);
    if (found === undefined) return undefined;
    this.#events.delete(id);
    this.#size -= found.bodySize;
    return found;
  }
}
