import type { JsonObject } from '../huntflow/json.ts';

/** Bytes of bodies whose parsed form is kept for the mapper: enough for what it has not caught up with in a busy second. */
const room = 8 * 1024 ** 2;

/** Bodies that this process has just parsed, so that the mapper need not do it again. What does not fit is parsed again. */
export class RecentDocuments {
  readonly #documents = new Map<number, { readonly document: JsonObject; readonly size: number }>();
  #size = 0;

  keep(event: number, document: JsonObject, size: number): void {
    this.#documents.set(event, { document, size });
    this.#size += size;
    for (const oldest of this.#documents.keys()) {
      if (this.#size <= room) return;
      this.take(oldest);
    }
  }

  take(event: number): JsonObject | undefined {
    const found = this.#documents.get(event);
    if (found === undefined) return undefined;
    this.#documents.delete(event);
    this.#size -= found.size;
    return found.document;
  }
}
