import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';

/** The proof that somebody was forgotten; its id is the number of the act. */
export interface ForgettingRow {
  readonly id: number;
  readonly scope: string;
  /** Huntflow's ids, rows of people, and names of stored files: lists as JSON. */
  readonly applicants: string;
  readonly people: string;
  readonly files: string;
  readonly by: string;
  readonly marked_at: number;
  readonly finished_at: number | null;
  /** What was erased, by kind, JSON. */
  readonly counts: string | null;
  /** What the audit said of it when it began, JSON of AuditEntry: signed paper stays as it is, whatever is restored. */
  readonly extract: string | null;
  /** Where their records had gone, JSON of SentTo; null: an earlier version did not say. */
  readonly sent: string | null;
}

/** What became of a person's records at each target, by its name. */
export type SentTo = Readonly<Record<string, 'taken' | 'unknown' | 'not taken'>>;

const columns = {
  scope: 1,
  applicants: 1,
  people: 1,
  files: 1,
  by: 1,
  marked_at: 1,
  finished_at: 1,
  counts: 1,
  extract: 1,
  sent: 1,
} as const satisfies Readonly<Record<Exclude<keyof ForgettingRow, 'id'>, 1>>;
const names = Object.keys(columns);
const into = `insert into forgettings (id, ${names.map((name) => `"${name}"`).join(', ')})`;
const given = names.map((name) => `:${name}`).join(', ');

/** `id` null: the next number. */
export const insertForgetting = statement<Omit<ForgettingRow, 'id'> & { readonly id: number | null }, { id: number }>({
  sqlite: `${into} values (:id, ${given}) returning id`,
  postgres: `
    ${into} overriding system value
    values (coalesce(cast(:id as bigint), nextval('forgettings_id_seq')), ${given}) returning id`,
});

/** The newest first. */
export const selectForgettings = statement<object, ForgettingRow>('select * from forgettings order by id desc');
export const forgettingsLeft = statement<object, ForgettingRow>(
  'select * from forgettings where finished_at is null order by id',
);
export const forgettingOf = statement<{ id: number }, ForgettingRow>('select * from forgettings where id = :id');
/** `like` of an id among `applicants`. */
export const forgettingsLike = statement<{ like: string }, ForgettingRow>(
  'select * from forgettings where applicants like :like order by id desc',
);
export const noteExtract = statement<{ id: number; extract: string }>(
  'update forgettings set extract = :extract where id = :id',
);

const selectLast = statement<object, { last: number }>({
  sqlite: `select coalesce(max(seq), 0) as last from sqlite_sequence where name = 'forgettings'`,
  postgres: 'select case when is_called then last_value else 0 end as last from forgettings_id_seq',
});
const makeLast = statement<{ last: number }>({
  sqlite: `
    insert into sqlite_sequence (name, seq)
    select 'forgettings', 0 where not exists (select 1 from sqlite_sequence where name = 'forgettings')`,
  postgres: 'select 1 where cast(:last as bigint) < 0',
});
const raiseLast = statement<{ last: number }>({
  sqlite: `update sqlite_sequence set seq = max(seq, :last) where name = 'forgettings'`,
  postgres: `
    select setval('forgettings_id_seq', cast(:last as bigint)) from forgettings_id_seq
    where not is_called or last_value < cast(:last as bigint)`,
});

/** The highest number that this database has given to an act. */
export const lastAct = async (on: Parameters<typeof selectLast>[0]): Promise<number> =>
  (await selectLast(on, {}))[0]?.last ?? 0;

/** Numbers stand on paper: those up to `last` were given elsewhere, and are not given again. */
export const raiseActs = new Procedure(
  'raiseActs',
  async (transaction, values: { readonly last: number }): Promise<void> => {
    if (values.last === 0) return;
    await makeLast(transaction, values);
    await raiseLast(transaction, values);
  },
);

const finish = statement<{ id: number; now: number; counts: string }>(
  'update forgettings set finished_at = :now, counts = :counts where id = :id',
);
const deleteOld = statement<{ before: number }>(
  'delete from forgettings where finished_at is not null and finished_at < cast(:before as bigint)',
);

export const finishForgetting = new Procedure(
  'finishForgetting',
  async (
    transaction,
    values: { readonly id: number; readonly now: number; readonly counts: string },
  ): Promise<void> => {
    await finish(transaction, values);
  },
);

export const dropOldForgettings = new Procedure(
  'dropOldForgettings',
  async (transaction, values: { readonly before: number }): Promise<void> => {
    await deleteOld(transaction, values);
  },
);
