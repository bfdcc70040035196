import type { Transaction } from '../database/connection.ts';
import { statement } from '../database/statement.ts';

interface Alias {
  readonly scope: string;
  readonly kind: string;
  readonly entity: string;
  readonly survivor: string;
}

const writeAlias = statement<Alias>(`
  insert into aliases (scope, kind, entity, survivor) values (:scope, :kind, :entity, :survivor)
  on conflict (scope, kind, entity) do update set survivor = excluded.survivor`);

/** Remembers that one entity stands for another from now on; a later merge of the survivor is followed through. */
export async function keepAlias(transaction: Transaction, alias: Alias): Promise<void> {
  await writeAlias(transaction, alias);
}
