import { Procedure } from '../database/procedure.ts';
import { forgettingOf, type ForgettingRow, insertForgetting } from '../people/forgettings.ts';

/** Acts have numbers, which stand on paper: one is another only where the number is taken. Which it has. */
export const carryForgetting = new Procedure(
  'carryForgetting',
  async (transaction, row: ForgettingRow): Promise<number> => {
    const isTaken = (await forgettingOf(transaction, row)).length > 0;
    const [carried] = await insertForgetting(transaction, { ...row, id: isTaken ? null : row.id });
    if (carried === undefined) throw new Error('the database returned no id for a forgetting');
    return carried.id;
  },
);
