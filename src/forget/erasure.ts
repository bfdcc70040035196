import type { Database } from '../database/database.ts';
import type { Quarantine } from '../inbox/quarantine.ts';
import { type Erased, eraseSlice } from '../people/erase.ts';
import { emptyQuarantined } from './empty-quarantined.ts';

/** Somebody who was marked as forgotten: rows of people, and by what everything else names them. */
export interface Marked {
  readonly people: readonly number[];
  readonly scope: string;
  readonly applicants: readonly string[];
}

/** Rows of one transaction: webhooks that come meanwhile wait for no more. */
const slice = 200;

/**
 * Erases everything of people who were marked. What quarantine holds is opened once for all of them: whatever comes
 * after the mark is about somebody new.
 */
export class Erasure {
  readonly #database: Database;
  readonly #quarantine: Quarantine;
  #doubtful: ReturnType<Quarantine['whom']> | undefined;

  constructor({ database, quarantine }: { readonly database: Database; readonly quarantine: Quarantine }) {
    this.#database = database;
    this.#quarantine = quarantine;
  }

  async erase(marked: Marked): Promise<Erased> {
    const total = { events: await this.#quarantined(marked), deliveries: 0, attempts: 0, references: 0 };
    for (;;) {
      const erased = await this.#database.call(eraseSlice, { ...marked, most: slice });
      total.events += erased.events;
      total.deliveries += erased.deliveries;
      total.attempts += erased.attempts;
      total.references += erased.references;
      if (erased.events + erased.deliveries + erased.attempts + erased.references === 0) return total;
    }
  }

  /** Nobody's events as long as their signature is not proved, but a person's data all the same. */
  async #quarantined({ scope, applicants }: Marked): Promise<number> {
    const doubtful = await (this.#doubtful ??= this.#quarantine.whom());
    const ids = doubtful.flatMap((event) =>
      event.scope === scope && applicants.includes(event.applicant) ? event.id : [],
    );
    return ids.length === 0 ? 0 : this.#database.call(emptyQuarantined, { ids });
  }
}
