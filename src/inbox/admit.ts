import type { Actor } from '../audit/entry.ts';
import { writeEntry } from '../audit/write-entry.ts';
import type { Transaction } from '../database/connection.ts';
import { indexed } from '../database/indexed.ts';
import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';
import { holdKey } from '../people/hold-key.ts';
import { keepPeople } from '../people/keep-people.ts';
import type { EventState, WrittenEvent } from './event.ts';
import { deleteEvent, insertKey } from './keep.ts';

/** An event in quarantine, and what a webhook with its bytes would have been. */
export interface Admission {
  readonly id: number;
  readonly event: WrittenEvent;
}

export interface Admitted {
  readonly id: number;
  /** `duplicate`: the same event came signed, and stays; `gone`: it is not in quarantine any more. */
  readonly outcome: 'admitted' | 'duplicate' | 'gone';
}

const selectState = `select state from events where id = :id`;
const lockEvent = statement<{ id: number }, { state: EventState }>({
  sqlite: selectState,
  postgres: `${selectState} for update`,
});

const openEvent = statement<{
  id: number;
  scope: string;
  event: string | null;
  type: string | null;
  action: string | null;
  state: EventState;
  headers: string;
  finished: number | null;
  error: string | null;
  person: number | null;
  body: Uint8Array | null;
  seal: number | null;
}>(`
  update events set scope = :scope, event = :event, type = :type, action = :action, state = :state,
    headers = :headers, finished_at = :finished, error = :error, person = :person,
    body = :body, seal = :seal
  where id = :id`);

/** They become what they would have been: received, in their old places, unless they are duplicates. */
export const admitEvents = new Procedure(
  'admitEvents',
  async (
    transaction,
    { events, actor, now }: { readonly events: readonly Admission[]; readonly actor: Actor; readonly now: number },
  ): Promise<Admitted[]> => {
    const admitted: Admitted[] = [];
    for (const event of events) admitted.push({ id: event.id, outcome: await admit(transaction, event, now) });
    const on = admitted.flatMap(({ id, outcome }) => (outcome === 'gone' ? [] : `event/${id}`));
    if (on.length > 0) await writeEntry(transaction, actor, { action: 'admit', on, now });
    return admitted;
  },
);

async function admit(transaction: Transaction, { id, event }: Admission, now: number): Promise<Admitted['outcome']> {
  const [row] = await lockEvent(transaction, { id });
  if (row?.state !== 'quarantined') return 'gone';
  const { dedupeKey, scope, receivedAt: seenAt } = event;
  if (dedupeKey !== undefined) {
    const variant = indexed(event.variant);
    const [mine] = await insertKey(transaction, { key: indexed(dedupeKey), variant, event: id });
    if (mine === undefined) {
      await deleteEvent(transaction, { id });
      return 'duplicate';
    }
  }
  if (event.sealed !== undefined && event.sealed.month !== null) await holdKey(transaction, event.sealed);
  const unreadable = event.error !== undefined;
  const [person] =
    event.person === undefined ? [] : await keepPeople(transaction, [{ ...event.person, scope, seenAt }]);
  await openEvent(transaction, {
    id,
    scope,
    event: event.event ?? null,
    type: event.type ?? null,
    action: event.action ?? null,
    state: unreadable ? 'failed' : 'received',
    headers: JSON.stringify(event.headers),
    finished: unreadable ? now : null,
    error: unreadable ? JSON.stringify(event.error) : null,
    person: person ?? null,
    body: event.body ?? null,
    seal: event.sealed?.seal ?? null,
  });
  return 'admitted';
}
