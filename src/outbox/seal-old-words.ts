import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';
import { holdKeys } from '../people/hold-key.ts';
import type { SealedWith } from '../people/sealed-with.ts';
import type { KeptReference } from './attempt-notes.ts';

interface Resealed {
  readonly with: SealedWith;
}

interface ResealedAttempt extends Resealed {
  readonly id: number;
  /** What it was bound to before; 0: to nothing. */
  readonly before: number;
  readonly seal: number;
  readonly exchanges: string;
}

interface ResealedDelivery extends Resealed {
  readonly id: number;
  readonly findings: { readonly plain: string; readonly sealed: string } | undefined;
  readonly reason: { readonly plain: string; readonly sealed: string } | undefined;
}

interface ResealedReference extends Resealed {
  /** As it stands there. */
  readonly plain: KeptReference;
  readonly sealed: KeptReference;
}

export interface OldWords {
  readonly attempts: readonly ResealedAttempt[];
  readonly deliveries: readonly ResealedDelivery[];
  readonly references: readonly ResealedReference[];
  /** How far it came, JSON. */
  readonly reached: string;
}

// Whoever was erased meanwhile says nothing any more.
const writeAttempt = statement<ResealedAttempt>(`
  update attempts set exchanges = :exchanges, seal = :seal, summary = null, warnings = '[]'
  where id = :id and coalesce(seal, 0) = :before
    and (exchanges <> '[]' or summary is not null or warnings <> '[]')`);
const writeFindings = statement<{ id: number; plain: string; sealed: string }>(
  'update deliveries set attention = :sealed where id = :id and attention = :plain',
);
const writeReason = statement<{ id: number; plain: string; sealed: string }>(
  'update deliveries set edit_reason = :sealed where id = :id and edit_reason = :plain',
);
const writeNames = statement<Omit<KeptReference, 'person'> & { plain: string }>(`
  update "references" set name = :name, note = :note
  where target = :target and scope = :scope and kind = :kind and entity = :entity and role = :role
    and entity_set = :set and name = :plain`);
const writeMark = statement<{ value: string }>(`
  insert into privacy (name, value) values ('words', :value)
  on conflict (name) do update set value = excluded.value`);

/** What attempts said, findings, reasons and names that lay in clear, sealed now. */
export const sealOldWords = new Procedure(
  'sealOldWords',
  async (transaction, { attempts, deliveries, references, reached }: OldWords): Promise<void> => {
    await holdKeys(
      transaction,
      [...attempts, ...deliveries, ...references].map((row) => row.with),
    );
    for (const attempt of attempts) await writeAttempt(transaction, attempt);
    for (const { id, findings, reason } of deliveries) {
      if (findings !== undefined) await writeFindings(transaction, { id, ...findings });
      if (reason !== undefined) await writeReason(transaction, { id, ...reason });
    }
    for (const { plain, sealed } of references) await writeNames(transaction, { ...sealed, plain: plain.name });
    await writeMark(transaction, { value: reached });
  },
);
