import type { Transaction } from '../database/connection.ts';
import { type HeldLease, holdLease } from '../database/lease.ts';
import { Procedure } from '../database/procedure.ts';
import { statement } from '../database/statement.ts';
import { alarmMapping, type NewDelivery } from '../outbox/delivery.ts';
import { insertDeliveries } from '../outbox/insert.ts';
import { cancelDelivery } from '../outbox/intervene.ts';
import { inLockOrder } from '../outbox/settle/lock-order.ts';
import type { Alarm } from './alarm.ts';

/** An alarm as it is to stand, and whom it is owed to; `id` undefined: it is raised now. */
export interface KeptAlarm {
  readonly lease: HeldLease;
  readonly now: number;
  readonly alarm: Omit<Alarm, 'id'> & { readonly id?: number };
  readonly owed: readonly NewDelivery[];
}

interface Row {
  readonly cause: string;
  readonly kind: string;
  readonly subject: string | null;
  readonly text: string;
  readonly count: number;
  readonly raised: number;
  readonly over: number | null;
  readonly settled: number;
  readonly told: string;
}

const insertAlarm = statement<Row>(`
  insert into alarms (cause, kind, subject, text, count, raised_at, over_at, settled, told)
  values (:cause, :kind, :subject, :text, :count, :raised, :over, :settled, :told)`);

const updateAlarm = statement<Row & { id: number }>(`
  update alarms set text = :text, count = :count, over_at = :over, settled = :settled, told = :told where id = :id`);

const selectStale = statement<{ target: string; key: string }, { id: number }>(`
  select id from deliveries where mapping = '${alarmMapping}' and target = :target and key = :key
    and state in ('pending', 'dead') order by id`);

/** What is owed and what is remembered of having told it, in one transaction. Throws LeaseLostError. */
export const keepAlarm = new Procedure(
  'keepAlarm',
  async (transaction, { lease, now, alarm, owed }: KeptAlarm): Promise<void> => {
    await holdLease(transaction, lease);
    const row: Row = {
      cause: alarm.cause,
      kind: alarm.kind,
      subject: alarm.subject,
      text: JSON.stringify(alarm.text),
      count: alarm.count,
      raised: alarm.raisedAt,
      over: alarm.overAt,
      settled: alarm.settled ? 1 : 0,
      told: JSON.stringify(alarm.told),
    };
    if (alarm.id === undefined) await insertAlarm(transaction, row);
    else await updateAlarm(transaction, { ...row, id: alarm.id });
    for (const delivery of inLockOrder(owed, ({ target, key }) => [target, key])) {
      await dropStale(transaction, delivery, now);
      await insertDeliveries(transaction, [delivery]);
    }
  },
);

/** Of what a target has missed only the last state is news; what is on the wire goes on. */
async function dropStale(transaction: Transaction, { target, key }: NewDelivery, now: number): Promise<void> {
  if (key === null) return;
  for (const { id } of await selectStale(transaction, { target, key }))
    await cancelDelivery.run(transaction, { id, now });
}
