import type { Database } from '../database/database.ts';
import { readTextColumn } from '../database/json-column.ts';
import { statement } from '../database/statement.ts';
import { withKeys } from '../people/hold-key.ts';
import { isSealedText, type Seals } from '../people/seals.ts';
import type { KeptReference } from './attempt-notes.ts';
import { openSaid, sealFindings, sealSaid } from './seal-attempt.ts';
import { newSeal, sealedWith } from '../people/sealed-with.ts';
import { type OldWords, sealOldWords } from './seal-old-words.ts';
import { sealNames, sealReason } from './seal-words.ts';

/** Rows of a table that one transaction looks at. */
const slice = 100;

interface Reached {
  readonly attempts: number;
  readonly deliveries: number;
  /** The key of the last one. */
  readonly references: readonly string[];
}

const selectMark = statement<object, { value: string }>(`select value from privacy where name = 'words'`);
const selectAttempts = statement<
  { after: number; most: number },
  {
    id: number;
    exchanges: string;
    summary: string | null;
    warnings: string;
    seal: number | null;
    person: number | null;
    finished_at: number;
  }
>(`
  select id, exchanges, summary, warnings, seal, person, finished_at from attempts
  where id > cast(:after as bigint) order by id limit cast(:most as bigint)`);
const selectDeliveries = statement<
  { after: number; most: number },
  {
    id: number;
    attention: string | null;
    edit_reason: string | null;
    replaces: number | null;
    person: number | null;
    created_at: number;
  }
>(`
  select id, attention, edit_reason, replaces, person, created_at from deliveries
  where id > cast(:after as bigint) order by id limit cast(:most as bigint)`);
const selectReferences = statement<Omit<KeptReference, 'name' | 'note' | 'person'> & { most: number }, KeptReference>(`
  select target, scope, kind, entity, role, entity_set as "set", name, note, person from "references"
  where (target, scope, kind, entity, role, entity_set) > (:target, :scope, :kind, :entity, :role, :set)
  order by target, scope, kind, entity, role, entity_set limit cast(:most as bigint)`);

/**
 * Seals what earlier versions left in clear beside what they sealed: all that attempts said, findings, reasons, what
 * people are called at targets. Goes on where an earlier process ended.
 */
export class SealingOfWords {
  readonly #database: Database;
  readonly #seals: Seals;
  readonly #now: () => number;

  constructor(database: Database, seals: Seals, now: () => number) {
    this.#database = database;
    this.#seals = seals;
    this.#now = now;
  }

  /** How many rows it sealed. */
  async run(signal: AbortSignal): Promise<number> {
    const [mark] = await selectMark(this.#database.reads, {});
    if (!this.#seals.isOn || mark?.value === 'done') return 0;
    let reached: Reached = mark === undefined ? { attempts: 0, deliveries: 0, references: [] } : JSON.parse(mark.value);
    let sealed = 0;
    let isDone = false;
    while (!isDone && !signal.aborted)
      isDone = await withKeys(
        () => this.#seals.doubt(),
        async () => {
          const [attempts, deliveries, references] = [
            await this.#attempts(reached.attempts),
            await this.#deliveries(reached.deliveries),
            await this.#references(reached.references),
          ];
          const next = { attempts: attempts.last, deliveries: deliveries.last, references: references.last };
          const isLast = attempts.isLast && deliveries.isLast && references.isLast;
          await this.#database.call(sealOldWords, {
            attempts: attempts.rows,
            deliveries: deliveries.rows,
            references: references.rows,
            reached: isLast ? 'done' : JSON.stringify(next),
          });
          reached = next;
          sealed += attempts.rows.length + deliveries.rows.length + references.rows.length;
          return isLast;
        },
      );
    return sealed;
  }

  async #attempts(after: number) {
    const read = await selectAttempts(this.#database.reads, { after, most: slice });
    const rows: OldWords['attempts'][number][] = [];
    // Looked for side by side: PostgreSQL answers over a network.
    await Promise.all(read.filter(hasSaid).map(({ person, finished_at: at }) => this.#seals.forRow(person, at)));
    for (const { id, seal: before, person, finished_at: at, ...said } of read) {
      if (!hasSaid({ ...said, seal: before })) continue;
      const key = await this.#seals.forRow(person, at);
      if (key === undefined) continue;
      const seal = newSeal();
      const opened = await openSaid(this.#seals, { ...said, seal: before });
      const exchanges = sealSaid(this.#seals, key, seal, {
        exchanges: JSON.stringify(opened.exchanges),
        summary: readTextColumn(said.summary) ?? opened.summary,
        warnings: opened.warnings,
      });
      rows.push({ id, before: before ?? 0, seal, exchanges, with: sealedWith(key) });
    }
    return { rows, last: read.at(-1)?.id ?? after, isLast: read.length < slice };
  }

  async #deliveries(after: number) {
    const read = await selectDeliveries(this.#database.reads, { after, most: slice });
    const rows: OldWords['deliveries'][number][] = [];
    for (const { id, attention, edit_reason: reason, replaces, person, created_at: at } of read) {
      const findings = inClear(attention);
      const why = inClear(reason);
      if (findings === undefined && why === undefined) continue;
      const key = await this.#seals.forRow(person, at);
      if (key === undefined) continue;
      rows.push({
        id,
        with: sealedWith(key),
        findings:
          findings === undefined
            ? undefined
            : { plain: findings, sealed: sealFindings(this.#seals, key, id, findings) },
        reason:
          why === undefined ? undefined : { plain: why, sealed: sealReason(this.#seals, key, replaces ?? 0, why) },
      });
    }
    return { rows, last: read.at(-1)?.id ?? after, isLast: read.length < slice };
  }

  async #references([target = '', scope = '', kind = '', entity = '', role = '', set = '']: readonly string[]) {
    const after = { target, scope, kind, entity, role, set };
    const read = await selectReferences(this.#database.reads, { ...after, most: slice });
    const rows: OldWords['references'][number][] = [];
    for (const plain of read) {
      if (isSealedText(plain.name)) continue;
      const key = await this.#seals.forRow(plain.person, this.#now());
      if (key !== undefined) rows.push({ plain, sealed: sealNames(this.#seals, key, plain), with: sealedWith(key) });
    }
    const last = read.at(-1) ?? after;
    const place = [last.target, last.scope, last.kind, last.entity, last.role, last.set];
    return { rows, last: place, isLast: read.length < slice };
  }
}

/** In clear. */
function hasSaid(said: { exchanges: string; summary: string | null; warnings: string; seal: number | null }): boolean {
  return said.summary !== null || said.warnings !== '[]' || (said.seal === null && said.exchanges !== '[]');
}

function inClear(text: string | null): string | undefined {
  return text === null || text === '' || isSealedText(text) ? undefined : text;
}
