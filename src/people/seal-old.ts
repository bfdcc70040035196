import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';
import { holdKeys } from './hold-key.ts';
import { keepTerms } from './keep-people.ts';
import type { SealedWith } from './sealed-with.ts';

/** A row that was kept in clear, sealed now. */
interface SealedRow {
  readonly id: number;
  readonly seal: number;
  readonly with: SealedWith;
}

export interface SealedEventRow extends SealedRow {
  readonly body: Uint8Array;
}

export interface SealedDeliveryRow extends SealedRow {
  readonly record: string | null;
  readonly progress: string | null;
  readonly keyText: string | null;
}

interface Mark {
  readonly name: 'sealed' | 'cleaned';
  readonly value: string;
}

export interface IndexedPerson {
  readonly id: number;
  readonly with: SealedWith;
  readonly profile: string;
  readonly digest: number;
  readonly terms: readonly number[];
}

const writeBody = statement<SealedEventRow>(
  'update events set body = :body, seal = :seal where id = :id and seal is null',
);
// What an attempt may write just now is left for a later round.
const writeRecord = statement<SealedDeliveryRow>(`
  update deliveries set record = :record, progress = :progress, key_text = :keyText, seal = :seal
  where id = :id and seal is null and not exists (
    select 1 from lanes
    where lanes.id = deliveries.lane_id and lanes.head = deliveries.pos and lanes.lease_until > 0)`);
const writeProfile = statement<{ id: number; profile: string; digest: number }>(
  'update people set profile = :profile, digest = :digest where id = :id and digest is null and forgotten_at is null',
);
const writeMark = statement<Mark>(`
  insert into privacy (name, value) values (:name, :value)
  on conflict (name) do update set value = excluded.value`);

export const sealEvents = new Procedure(
  'sealEvents',
  async (transaction, rows: readonly SealedEventRow[]): Promise<void> => {
    await holdKeys(
      transaction,
      rows.map((row) => row.with),
    );
    for (const row of rows) await writeBody(transaction, row);
  },
);

export const sealDeliveriesAnew = new Procedure(
  'sealDeliveriesAnew',
  async (transaction, rows: readonly SealedDeliveryRow[]): Promise<void> => {
    await holdKeys(
      transaction,
      rows.map((row) => row.with),
    );
    for (const row of rows) await writeRecord(transaction, row);
  },
);

/** Their terms are made under the index key: those of before went with the first key. */
export const sealPeople = new Procedure(
  'sealPeople',
  async (transaction, people: readonly IndexedPerson[]): Promise<void> => {
    await holdKeys(
      transaction,
      people.map((person) => person.with),
    );
    for (const { id, profile, digest, terms } of people) {
      await writeProfile(transaction, { id, profile, digest });
      await keepTerms(transaction, id, terms);
    }
  },
);

/** How far it came: JSON of the last ids, or `done`. */
export const reachSeal = new Procedure('reachSeal', async (transaction, mark: Mark): Promise<void> => {
  await writeMark(transaction, mark);
});
