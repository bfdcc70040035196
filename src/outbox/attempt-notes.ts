import type { EntityName } from '../adapter.ts';
import { indexed } from '../database/indexed.ts';

/** What stands in the table of references. */
export interface KeptReference extends ReferenceKey {
  readonly name: string;
  /** JSON; null: what was kept before stays. */
  readonly note: string | null;
  /** Whose it is, a row of people. */
  readonly person: number | null;
}

export interface ReferenceKey {
  readonly target: string;
  readonly scope: string;
  readonly kind: string;
  readonly entity: string;
  readonly role: string;
  readonly set: string;
}

export function referenceKey(target: string, scope: string, { kind, id, role = '', set }: EntityName): ReferenceKey {
  return {
    target,
    scope: indexed(scope),
    kind: indexed(kind),
    entity: indexed(String(id)),
    role: indexed(role),
    set: indexed(set),
  };
}

/** What an attempt wants kept beside its outcome. */
export interface Notes {
  /** JSON; null: what was saved before stays. */
  readonly progress: string | null;
  readonly references: readonly KeptReference[];
}

/** What an attempt may lose in a crash, and so need not wait for: it is kept with whatever of it is kept next. */
export class AttemptNotes {
  #progress: string | null = null;
  readonly #references = new Map<string, KeptReference>();

  note(progress: string): void {
    this.#progress = progress;
  }

  add(reference: KeptReference): void {
    const key = keyOf(reference);
    const before = this.#references.get(key);
    this.#references.set(key, { ...reference, note: reference.note ?? before?.note ?? null });
  }

  find(key: ReferenceKey): KeptReference | undefined {
    return this.#references.get(keyOf(key));
  }

  /** Undefined: there is nothing to keep. */
  get pending(): Notes | undefined {
    return this.#progress === null && this.#references.size === 0
      ? undefined
      : { progress: this.#progress, references: [...this.#references.values()] };
  }

  /** These are kept. */
  settle({ progress, references }: Notes): void {
    if (this.#progress === progress) this.#progress = null;
    for (const reference of references)
      if (this.#references.get(keyOf(reference)) === reference) this.#references.delete(keyOf(reference));
  }
}

function keyOf({ target, scope, kind, entity, role, set }: ReferenceKey): string {
  return JSON.stringify([target, scope, kind, entity, role, set]);
}
