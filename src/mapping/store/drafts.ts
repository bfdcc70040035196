import type { Database } from '../../database/database.ts';
import { Procedure } from '../../database/procedure.ts';
import { statement } from '../../database/statement.ts';
import { holdKey, withKeys } from '../../people/hold-key.ts';
import { isSealedText, type Seals } from '../../people/seals.ts';
import type { SealedWith } from '../../people/sealed-with.ts';

/** A text that somebody works on. */
export interface Draft {
  readonly text: string;
  /** What tells the file that it began with from another; null: there was none. */
  readonly base: string | null;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
}

interface Whose {
  readonly mapping: string;
  readonly user: string;
}

const writeDraft = statement<Whose & { text: string; base: string | null; now: number }>(`
  insert into mapping_drafts (mapping, "user", content, base, saved_at) values (:mapping, :user, :text, :base, :now)
  on conflict (mapping, "user") do update set
    content = excluded.content, base = excluded.base, saved_at = excluded.saved_at`);

const deleteDraft = statement<Whose>('delete from mapping_drafts where mapping = :mapping and "user" = :user');

const selectDraft = statement<Whose, { content: string; base: string | null; saved_at: number }>(
  'select content, base, saved_at from mapping_drafts where mapping = :mapping and "user" = :user',
);

const selectOfUser = statement<{ readonly user: string }, { mapping: string; saved_at: number }>(
  'select mapping, saved_at from mapping_drafts where "user" = :user order by mapping',
);

const selectAll = statement<object, Whose & { content: string; base: string | null }>(
  'select mapping, "user", content, base from mapping_drafts',
);

export const saveDraft = new Procedure(
  'saveDraft',
  async (
    transaction,
    {
      sealed,
      ...draft
    }: Whose & {
      readonly text: string;
      readonly base: string | null;
      readonly now: number;
      readonly sealed: SealedWith | undefined;
    },
  ): Promise<void> => {
    if (sealed !== undefined) await holdKey(transaction, sealed);
    await writeDraft(transaction, draft);
  },
);

export const dropDraft = new Procedure('dropDraft', async (transaction, whose: Whose): Promise<void> => {
  await deleteDraft(transaction, whose);
});

/** Each user's own, one for each mapping; sealed with the key of its month, for people try mappings on real events. */
export class Drafts {
  readonly #database: Database;
  readonly #seals: Seals;
  readonly #now: () => number;

  constructor(database: Database, seals: Seals, now: () => number) {
    this.#database = database;
    this.#seals = seals;
    this.#now = now;
  }

  async find(mapping: string, user: string): Promise<Draft | undefined> {
    const [row] = await selectDraft(this.#database.reads, { mapping, user });
    const text = row && (await this.#seals.openWords(row.content, draftPlace(mapping, user)));
    return row && text !== undefined ? { text, base: row.base, savedAt: row.saved_at } : undefined;
  }

  /** Which mappings somebody has drafts of, and since when as they are. */
  async ofUser(user: string): Promise<readonly { readonly mapping: string; readonly savedAt: number }[]> {
    const rows = await selectOfUser(this.#database.reads, { user });
    return rows.map(({ mapping, saved_at: savedAt }) => ({ mapping, savedAt }));
  }

  save(mapping: string, user: string, text: string, base: string | null): Promise<void> {
    const now = this.#now();
    return withKeys(
      () => this.#seals.doubt(),
      async () => {
        const draft = { mapping, user, text, base, now };
        if (!this.#seals.isOn) return this.#database.call(saveDraft, { ...draft, sealed: undefined });
        const key = await this.#seals.forMonth(now);
        const { number, person, month } = key;
        const content = this.#seals.sealText(key, draftPlace(mapping, user), text);
        return this.#database.call(saveDraft, { ...draft, text: content, sealed: { number, person, month } });
      },
    );
  }

  /** Those that were saved before there was a key; how many. */
  async sealOld(): Promise<number> {
    const { reads } = this.#database;
    const plain = this.#seals.isOn ? (await selectAll(reads, {})).filter(({ content }) => !isSealedText(content)) : [];
    for (const { mapping, user, content, base } of plain) await this.save(mapping, user, content, base);
    return plain.length;
  }

  drop(mapping: string, user: string): Promise<void> {
    return this.#database.call(dropDraft, { mapping, user });
  }
}

function draftPlace(mapping: string, user: string) {
  return { table: 'mapping_drafts', column: 'content', row: JSON.stringify([mapping, user]) };
}
