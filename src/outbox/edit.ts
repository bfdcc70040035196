import { hash } from 'node:crypto';
import { writeEntry } from '../audit/write-entry.ts';
import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';
import { holdKey } from '../people/hold-key.ts';
import type { SealedWith } from '../people/sealed-with.ts';
import { openPlace, type PersonsWish, type Refusal } from './intervene.ts';

/** A mended record, who wants it and why. */
export interface Edit extends PersonsWish {
  /** JSON. */
  readonly record: string;
  readonly by: string;
  readonly reason: string | null;
  /** Where the record is sealed: what it is bound to, and whose key it has. */
  readonly sealed?: { readonly seal: number; readonly with: SealedWith } | undefined;
}

const selectSuccessor = statement<{ id: number }, { replaced_by: number | null }>(
  'select replaced_by from deliveries where id = :id',
);

// A negative place is nobody's: the new row takes the old one's.
const leaveLane = statement<{ id: number; now: number }>(
  `update deliveries set state = 'cancelled', finished_at = :now, pos = -id where id = :id`,
);

const insertEdited = statement<
  {
    id: number;
    pos: number;
    record: string;
    idempotency: string;
    now: number;
    by: string;
    reason: string | null;
    seal: number | null;
  },
  { id: number }
>(`
  insert into deliveries (lane_id, pos, event_id, mapping, mapping_hash, target, key, scope, state, record,
    idempotency_key, created_at, replay_of, applicant, vacancy, person, key_text, seal, replaces,
    edited_by, edit_reason)
  select lane_id, :pos, event_id, mapping, mapping_hash, target, key, scope, 'pending', :record,
    :idempotency, :now, replay_of, applicant, vacancy, person, key_text, :seal, id,
    :by, :reason
  from deliveries where id = :id
  returning id`);

const linkSuccessor = statement<{ id: number; successor: number }>(
  'update deliveries set replaced_by = :successor where id = :id',
);

const startLane = statement<{ lane: number; now: number }>(`
  update lanes set due_at = :now, attempts = 0, tried_since = null, interrupted = 0, wait = 0, spent = 0, conflicts = 0
  where id = :lane`);

/** The old row leaves the lane and the new one takes its place, in one transaction. */
export const replaceRecord = new Procedure(
  'replaceRecord',
  async (transaction, edit: Edit): Promise<{ readonly done: true; readonly successor: number } | Refusal> => {
    const { id, now, record, by, reason } = edit;
    const seal = edit.sealed?.seal ?? null;
    if (edit.sealed !== undefined) await holdKey(transaction, edit.sealed.with);
    const place = await openPlace(transaction, id);
    if ('done' in place) {
      const [old] = await selectSuccessor(transaction, { id });
      return old?.replaced_by === null || old === undefined ? place : editedBefore(id, old.replaced_by);
    }
    await leaveLane(transaction, { id, now });
    const idempotency = hash('sha256', JSON.stringify([id, now, record])).slice(0, 32);
    const [row] = await insertEdited(transaction, { id, pos: place.pos, record, idempotency, now, by, reason, seal });
    if (row === undefined) throw new Error('the database returned no id for a delivery');
    await linkSuccessor(transaction, { id, successor: row.id });
    if (place.pos === place.lane.head) await startLane(transaction, { lane: place.lane.id, now });
    if (edit.actor !== undefined)
      await writeEntry(transaction, edit.actor, {
        action: 'edit',
        on: [`delivery/${id}`, `delivery/${row.id}`],
        now,
      });
    return { done: true, successor: row.id };
  },
);

function editedBefore(id: number, successor: number): Refusal {
  return {
    done: false,
    why: {
      ru: `доставку ${id} уже изменили: теперь это доставка ${successor}`,
      en: `delivery ${id} was edited already: it is delivery ${successor} now`,
    },
  };
}
