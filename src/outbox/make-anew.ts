import type { Transaction } from '../database/connection.ts';
import { indexed } from '../database/indexed.ts';
import { statement } from '../database/statement.ts';
import { type Intervention, openPlace, type PersonsWish } from './intervene.ts';

const emptyRow = statement<{ id: number }>(`
  update deliveries set state = 'pending', reason = null, finished_at = null, record = null, progress = null,
    seal = null
  where id = :id`);

// Until the mapper has made the record the lane stands still, so that order is kept.
const stopLane = statement<{ lane: number }>(`
  update lanes set due_at = null, attempts = 0, tried_since = null, interrupted = 0, wait = 0, spent = 0, conflicts = 0
  where id = :lane`);

/** The mapper makes the record anew, with the mapping as it is by then; its place in the order stays. */
export async function remakeRecord(transaction: Transaction, { id }: PersonsWish): Promise<Intervention> {
  const place = await openPlace(transaction, id);
  if ('done' in place) return place;
  if (!place.hasEvent) return anAlarm(id);
  await emptyRow(transaction, { id });
  if (place.pos === place.lane.head) await stopLane(transaction, { lane: place.lane.id });
  return { done: true };
}

interface RepeatedRow {
  readonly event_id: number | null;
  readonly mapping: string;
  readonly mapping_hash: string;
  readonly target: string;
  readonly key: string | null;
  readonly scope: string;
  readonly applicant: string | null;
  readonly vacancy: string | null;
  readonly person: number | null;
  readonly key_text: string | null;
  readonly alone: number;
}

// A lane that is gone was swept when it was idle, unless it was one delivery's own.
const selectRepeated = statement<{ id: number }, RepeatedRow>(`
  select event_id, mapping, mapping_hash, deliveries.target, deliveries.key, scope, applicant, vacancy, person,
    key_text,
    case when deliveries.key is null or (lanes.id is not null and lanes.key is null) then 1 else 0 end as alone
  from deliveries left join lanes on lanes.id = deliveries.lane_id where deliveries.id = :id`);

const growLane = statement<{ target: string; key: string | null }, { id: number; tail: number }>(`
  insert into lanes (target, key, head, tail, due_at) values (:target, :key, 1, 1, null)
  on conflict (target, key) do update set tail = lanes.tail + 1 returning id, tail`);

const insertRepeat = statement<Omit<RepeatedRow, 'alone'> & { id: number; lane: number; pos: number; now: number }>(`
  insert into deliveries (lane_id, pos, event_id, mapping, mapping_hash, target, key, scope, state, idempotency_key,
    created_at, replay_of, applicant, vacancy, person, key_text)
  values (:lane, :pos, :event_id, :mapping, :mapping_hash, :target, :key, :scope, 'pending', '',
    :now, :id, :applicant, :vacancy, :person, :key_text)`);

/** Another delivery of the same event and mapping, behind what waits; the mapper makes its record. */
export async function repeatDelivery(transaction: Transaction, { id, now }: PersonsWish): Promise<Intervention> {
  const [row] = await selectRepeated(transaction, { id });
  if (row === undefined) return { done: false, why: { ru: `доставки ${id} нет`, en: `there is no delivery ${id}` } };
  if (row.event_id === null) return anAlarm(id);
  const { alone, ...repeated } = row;
  const key = alone === 1 || row.key === null ? null : indexed(`${row.scope}\u001f${row.key}`);
  const [lane] = await growLane(transaction, { target: row.target, key });
  if (lane === undefined) throw new Error('the database returned no lane for a delivery');
  await insertRepeat(transaction, { ...repeated, id, now, lane: lane.id, pos: lane.tail });
  return { done: true };
}

function anAlarm(id: number): Intervention {
  return {
    done: false,
    why: {
      ru: `доставка ${id} — тревога, её сделал не маппинг: её можно повторить или отменить`,
      en: `delivery ${id} is an alarm, no mapping made it: it can be retried or cancelled`,
    },
  };
}
