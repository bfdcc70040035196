import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';

const emptyOne = statement<{ id: number }, { id: number }>(`
  update events set body = null, seal = null, headers = '{}', error = null
  where id = :id and state = 'quarantined' returning id`);

/** Rows stay without what they said; how many. */
export const emptyQuarantined = new Procedure(
  'emptyQuarantined',
  async (transaction, { ids }: { readonly ids: readonly number[] }): Promise<number> => {
    let count = 0;
    for (const id of ids) count += (await emptyOne(transaction, { id })).length;
    return count;
  },
);
