import type { Database } from '../../database/database.ts';
import { Procedure } from '../../database/procedure.ts';
import { statement } from '../../database/statement.ts';

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

export const saveDraft = new Procedure(
  'saveDraft',
  async (
    transaction,
    draft: Whose & { readonly text: string; readonly base: string | null; readonly now: number },
  ): Promise<void> => {
    await writeDraft(transaction, draft);
  },
);

export const dropDraft = new Procedure('dropDraft', async (transaction, whose: Whose): Promise<void> => {
  await deleteDraft(transaction, whose);
});

/** Each user's own, one for each mapping. */
export class Drafts {
  readonly #database: Database;
  readonly #now: () => number;

  constructor(database: Database, now: () => number) {
    this.#database = database;
    this.#now = now;
  }

  async find(mapping: string, user: string): Promise<Draft | undefined> {
    const [row] = await selectDraft(this.#database.reads, { mapping, user });
    return row && { text: row.content, base: row.base, savedAt: row.saved_at };
  }

  save(mapping: string, user: string, text: string, base: string | null): Promise<void> {
    return this.#database.call(saveDraft, { mapping, user, text, base, now: this.#now() });
  }

  drop(mapping: string, user: string): Promise<void> {
    return this.#database.call(dropDraft, { mapping, user });
  }
}
