import type { Database } from '../database/database.ts';
import { statement } from '../database/statement.ts';
import { withKeys } from '../people/hold-key.ts';
import type { Seals } from '../people/seals.ts';
import type { Notes } from './attempt-notes.ts';
import type { Hold, NewDelivery } from './delivery.ts';
import { type Edit, replaceRecord } from './edit.ts';
import { insertAll, insertReplayed, type Replayed } from './insert.ts';
import { type Refusal, type Remapped, remapDelivery } from './intervene.ts';
import { newSeal, sealedWith } from '../people/sealed-with.ts';
import { sealDeliveries, sealDelivery, sealProgress, sealRecord } from './seal-delivery.ts';
import { sealAttempt } from './seal-attempt.ts';
import { sealReason, sealReference } from './seal-words.ts';
import type { NotedEnd } from './settle/settle-claims.ts';

const selectPerson = statement<{ id: number }, { person: number | null; created_at: number }>(
  'select person, created_at from deliveries where id = :id',
);

/** What is written of a person is sealed first, and sealed anew when the person's key has changed meanwhile. */
export class SealedWrites {
  readonly #database: Database;
  readonly #seals: Seals;

  constructor(database: Database, seals: Seals) {
    this.#database = database;
    this.#seals = seals;
  }

  insert(deliveries: readonly NewDelivery[]): Promise<number[]> {
    return this.#written(async () => this.#database.call(insertAll, await sealDeliveries(this.#seals, deliveries)));
  }

  insertReplayed({ delivery, once, actor }: Replayed): Promise<number | null> {
    return this.#written(async () => {
      const sealed = await sealDelivery(this.#seals, delivery);
      if (sealed === undefined) return null;
      const kept = once === null ? null : this.#seals.keyOf(once);
      return this.#database.call(insertReplayed, { delivery: sealed, once: kept, actor });
    });
  }

  remap(id: number, remapped: Remapped, now: number): Promise<void> {
    return this.#written(async () => {
      const sealed =
        remapped.outcome === 'record' ? { ...remapped, ...(await this.#record(id, remapped.record)) } : remapped;
      await this.#database.call(remapDelivery, { id, now, remapped: sealed });
    });
  }

  edit(edit: Edit): Promise<{ readonly done: true; readonly successor: number } | Refusal> {
    return this.#written(async () =>
      this.#database.call(replaceRecord, { ...edit, ...(await this.#record(edit.id, edit.record, edit.reason)) }),
    );
  }

  /** Whoever waits for the store of keys waits alone, and not within a group that is written together. */
  async keyAtHand({ person = null }: Hold, now: number): Promise<void> {
    if (this.#seals.isOn) await this.#seals.forRow(person, now);
  }

  /** Ended attempts as they cross over to where they are written. */
  async ended(ends: readonly NotedEnd[]): Promise<readonly NotedEnd[]> {
    if (!this.#seals.isOn) return ends;
    return Promise.all(ends.map((end) => this.#ended(end)));
  }

  async #ended({ claim, settlement, notes }: NotedEnd): Promise<NotedEnd> {
    const sealed = await sealAttempt(this.#seals, settlement, claim);
    const kept = notes && (await this.notes(claim, notes, settlement.finishedAt));
    return sealed === undefined
      ? { claim, settlement, notes: kept }
      : { claim, settlement: { ...settlement, exchanges: [] }, notes: kept, sealed };
  }

  async notes(claim: Hold, notes: Notes, now: number): Promise<Notes> {
    if (!this.#seals.isOn) return notes;
    const { progress, references } = notes;
    return {
      progress: progress === null ? null : await sealProgress(this.#seals, progress, claim, now),
      references: await Promise.all(references.map((reference) => sealReference(this.#seals, reference, now))),
    };
  }

  async #record(id: number, record: string, why: string | null = null) {
    if (!this.#seals.isOn) return { record };
    const [row] = await selectPerson(this.#database.reads, { id });
    const key = row && (await this.#seals.forRow(row.person, row.created_at));
    // Whoever was forgotten has no open delivery: it is refused where it is written.
    if (key === undefined) return { record };
    const seal = newSeal();
    return {
      record: sealRecord(this.#seals, key, seal, record),
      sealed: { seal, with: sealedWith(key) },
      ...(why !== null && { reason: sealReason(this.#seals, key, id, why) }),
    };
  }

  #written<T>(write: () => Promise<T>): Promise<T> {
    return withKeys(() => this.#seals.doubt(), write);
  }
}
