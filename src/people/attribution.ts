import type { Database } from '../database/database.ts';
import { readStringsColumn } from '../database/json-column.ts';
import { statement } from '../database/statement.ts';
import type { Whom } from '../huntflow/person.ts';
import { readWebhook } from '../huntflow/webhook.ts';
import { attributeEvents, type OldEvents } from './attribute-events.ts';
import { sealedPerson, type Seals } from './seals.ts';
import { type SeenPerson, seenPerson } from './seen-person.ts';

/** Events of one transaction: webhooks that come meanwhile wait for no more than these. */
const slice = 100;

interface OldRow {
  readonly id: number;
  readonly scope: string;
  readonly body: Uint8Array | null;
  readonly headers: string;
  readonly received_at: number;
}

const selectMark = statement<object, { value: string }>(`select value from privacy where name = 'attributed'`);
const selectNewest = statement<object, { id: number | null }>('select max(id) as id from events');
const selectOld = statement<{ before: number; most: number }, OldRow>(`
  select id, scope, body, headers, received_at from events
  where id < cast(:before as bigint) and person is null and seal is null
    and state <> 'quarantined'
  order by id desc limit cast(:most as bigint)`);

/**
 * Finds out whom events are about that an earlier version kept, beside the service's work; goes on where an earlier
 * process ended. New events name their person when they come.
 */
export class Attribution {
  readonly #database: Database;
  readonly #seals: Seals;

  constructor(database: Database, seals: Seals) {
    this.#database = database;
    this.#seals = seals;
  }

  /** Resolves when all are done, or the signal fires; returns how many events it looked at. */
  async run(signal: AbortSignal): Promise<number> {
    const { reads } = this.#database;
    const [mark] = await selectMark(reads, {});
    let before = mark === undefined ? ((await selectNewest(reads, {}))[0]?.id ?? 0) + 1 : Number(mark.value);
    let looked = 0;
    while (before > 0 && !signal.aborted) {
      const rows = await selectOld(reads, { before, most: slice });
      before = rows.length < slice ? 0 : (rows.at(-1)?.id ?? 0);
      await this.#database.call(attributeEvents, { events: await this.#read(rows), reached: before });
      looked += rows.length;
    }
    return looked;
  }

  async #read(rows: readonly OldRow[]): Promise<OldEvents['events']> {
    const named: { readonly id: number; readonly scope: string; readonly whom: Whom; readonly seenAt: number }[] = [];
    for (const { id, scope, body, headers, received_at: seenAt } of rows) {
      if (body === null) continue;
      const read = await readWebhook({ bytes: body, event: readStringsColumn(headers)['x-huntflow-event'] });
      const whom = read.ok ? read.envelope.whom : undefined;
      if (whom !== undefined) named.push({ id, scope, whom, seenAt });
      // Bodies are parsed between the turns of the loop, so that nobody waits for a hundred of them.
      await new Promise((resolve) => setImmediate(resolve));
    }
    // All at once: PostgreSQL answers over a network.
    return Promise.all(
      named.map(async ({ id, scope, whom, seenAt }) => ({
        id,
        person: { ...(await this.#person(scope, whom)), scope, seenAt },
      })),
    );
  }

  async #person(scope: string, whom: Whom): Promise<SeenPerson> {
    const person = seenPerson(whom, this.#seals.index);
    if (!this.#seals.isOn) return person;
    return sealedPerson(person, await this.#seals.forApplicant(scope, person.applicant), this.#seals);
  }
}
