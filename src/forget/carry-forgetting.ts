import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';
import type { ForgettingRow } from '../people/mark-forgotten.ts';

const selectTaken = statement<{ id: number }, { id: number }>('select id from forgettings where id = :id');
const insertNumbered = statement<ForgettingRow>(`
  insert into forgettings (id, scope, applicants, people, files, "by", marked_at, finished_at, counts)
  values (:id, :scope, :applicants, :people, :files, :by, :marked_at, :finished_at, :counts)`);
const insertAnew = statement<Omit<ForgettingRow, 'id'>>(`
  insert into forgettings (scope, applicants, people, files, "by", marked_at, finished_at, counts)
  values (:scope, :applicants, :people, :files, :by, :marked_at, :finished_at, :counts)`);

/** Acts have numbers, which stand on paper: one is another only where the number is taken. */
export const carryForgetting = new Procedure(
  'carryForgetting',
  async (transaction, row: ForgettingRow): Promise<void> => {
    const isTaken = (await selectTaken(transaction, row)).length > 0;
    await (isTaken ? insertAnew : insertNumbered)(transaction, row);
  },
);
