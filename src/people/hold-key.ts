import type { Transaction } from '../database/connection.ts';
import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';
import { errorCode } from '../process/error-code.ts';
import type { SealedWith } from './sealed-with.ts';

/** The key that something was sealed with is not the one to seal with any more: it is sealed anew. */
export class KeyLostError extends Error {
  override readonly name = 'KeyLostError';
  readonly code = 'ERR_KEY_LOST';

  constructor() {
    super('the key of this person was changed or destroyed meanwhile');
  }
}

const takeKey = statement<{ person: number; number: number }>(
  'update people set key = :number where id = :person and key is null and forgotten_at is null',
);
// PostgreSQL: whoever forgets a person changes the row, and waits for those who write with its key.
const selectHeld = statement<{ person: number; number: number }, { id: number }>({
  sqlite: 'select id from people where id = :person and key = :number and forgotten_at is null',
  postgres: 'select id from people where id = :person and key = :number and forgotten_at is null for share',
});
const insertMonth = statement<{ month: string; number: number }>(
  'insert into month_keys (month, key) values (:month, :number) on conflict (month) do nothing',
);
const selectMonth = statement<{ month: string }, { key: number }>('select key from month_keys where month = :month');
const forgetLost = statement<{ number: number; now: number }>(
  'update people set forgotten_at = :now where key = :number and forgotten_at is null',
);

/**
 * In the transaction that writes what was sealed: the key is the one of that person, who is not forgotten.
 * @throws KeyLostError
 */
export async function holdKey(transaction: Transaction, { number, person, month }: SealedWith): Promise<void> {
  if (month !== null) {
    const [row] = await selectMonth(transaction, { month });
    if (row?.key === number) return;
    if (row === undefined) await insertMonth(transaction, { month, number });
    if ((await selectMonth(transaction, { month }))[0]?.key !== number) throw new KeyLostError();
  } else if (person !== null) {
    const values = { person, number };
    if ((await selectHeld(transaction, values)).length > 0) return;
    await takeKey(transaction, values);
    if ((await selectHeld(transaction, values)).length === 0) throw new KeyLostError();
  }
}

/** The same for many: each once, in one order for everybody. */
export async function holdKeys(transaction: Transaction, keys: readonly SealedWith[]): Promise<void> {
  const each = new Map(keys.map((key) => [key.number, key]));
  for (const key of [...each.values()].toSorted((a, b) => a.number - b.number)) await holdKey(transaction, key);
}

/** Whoever has a key that is in no store is nobody any more. */
export const markLost = new Procedure(
  'markLost',
  async (transaction, values: { readonly number: number; readonly now: number }): Promise<void> => {
    await forgetLost(transaction, values);
  },
);

/** Across threads an error has its code only. */
function isKeyLost(error: unknown): boolean {
  return errorCode(error) === 'ERR_KEY_LOST';
}

/** Seals and writes again while keys change under it, which they do once at most. */
export async function withKeys<T>(doubt: () => void, write: () => Promise<T>): Promise<T> {
  for (let left = 4; ; left -= 1) {
    try {
      return await write();
    } catch (error) {
      if (!isKeyLost(error) || left === 0) throw error;
      doubt();
    }
  }
}
