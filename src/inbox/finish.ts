import type { Transaction } from '../database/connection.ts';
import { statement } from '../database/statement.ts';
import type { Text } from '../text.ts';
import type { EventState } from './event.ts';

const updateEvent = statement<{ id: number; state: EventState; now: number; error: string | null }>(
  'update events set state = :state, finished_at = :now, error = :error where id = :id',
);

/** Part of the transaction that makes its deliveries exist: in that moment the event is done. */
export async function finishEvent(
  transaction: Transaction,
  id: number,
  state: 'mapped' | 'skipped' | 'failed',
  now: number,
  error?: Text,
): Promise<void> {
  await updateEvent(transaction, { id, state, now, error: error === undefined ? null : JSON.stringify(error) });
}
