import type { Database } from '../database/database.ts';
import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';

const selectPlace = statement<{ name: string }, { place: number }>('select place from cursors where name = :name');

const insertPlace = statement<{ name: string }>(
  'insert into cursors (name, place) values (:name, 0) on conflict do nothing',
);

const updatePlace = statement<{ name: string; from: number; to: number }>(
  'update cursors set place = :to where name = :name and place = :from',
);

/** How far a reader has come; 0: it has read nothing. */
export async function placeOf(database: Database, name: string): Promise<number> {
  const [row] = await selectPlace(database.reads, { name });
  return row?.place ?? 0;
}

/** Forward, unless somebody else has moved it meanwhile. */
export const moveCursor = new Procedure(
  'moveCursor',
  async (
    transaction,
    { name, from, to }: { readonly name: string; readonly from: number; readonly to: number },
  ): Promise<void> => {
    await insertPlace(transaction, { name });
    await updatePlace(transaction, { name, from, to });
  },
);
