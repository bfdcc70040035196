import type { Transaction } from '../database/executor.ts';

/** Remembers that one entity stands for another from now on; a later merge of the survivor is followed through. */
export async function keepAlias(
  transaction: Transaction,
  alias: { readonly scope: string; readonly kind: string; readonly entity: string; readonly survivor: string },
): Promise<void> {
  await transaction
    .insertInto('aliases')
    .values(alias)
    .onConflict((conflict) => conflict.columns(['scope', 'kind', 'entity']).doUpdateSet({ survivor: alias.survivor }))
    .execute();
}
