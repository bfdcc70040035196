import type { Selectable } from 'kysely';
import type { Executor } from '../database/executor.ts';
import { readTextColumn } from '../database/json-column.ts';
import type { AlarmsTable } from '../database/tables/alarms.ts';
import { type AlarmKind, alarmKinds } from '../config/alarm-rules.ts';
import type { Alarm, Sighting, Told } from './alarm.ts';

/** Open ones, and those of whose end somebody is still to be told. */
export async function unsettledAlarms(executor: Executor): Promise<Alarm[]> {
  const rows = await executor.selectFrom('alarms').selectAll().where('settled', '=', 0).orderBy('id').execute();
  return rows.map(alarmOf);
}

/** Newest first; undefined: all of them. `before`: only those with smaller ids. */
export async function listAlarms(executor: Executor, limit: number | undefined, before?: number): Promise<Alarm[]> {
  const all = executor.selectFrom('alarms').selectAll().orderBy('id', 'desc');
  const query = before === undefined ? all : all.where('id', '<', before);
  return (await (limit === undefined ? query : query.limit(limit)).execute()).map(alarmOf);
}

export async function lastDigest(executor: Executor): Promise<Alarm | undefined> {
  const row = await executor
    .selectFrom('alarms')
    .selectAll()
    .where('cause', '=', 'digest')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : alarmOf(row);
}

/** How often a cause was raised since then. */
export async function raisedSince(executor: Executor, cause: string, since: number): Promise<number> {
  const row = await executor
    .selectFrom('alarms')
    .select((select) => select.fn.countAll<number>().as('count'))
    .where('cause', '=', cause)
    .where('raised_at', '>=', since)
    .executeTakeFirst();
  return row?.count ?? 0;
}

/** What instances that live have seen of their machines. */
export async function freshSightings(executor: Executor, since: number): Promise<Sighting[]> {
  const rows = await executor.selectFrom('sightings').select('sighting').where('seen_at', '>=', since).execute();
  return rows.map((row) => {
    const sighting: Sighting = JSON.parse(row.sighting);
    return sighting;
  });
}

function alarmOf(row: Selectable<AlarmsTable>): Alarm {
  const told: Readonly<Record<string, Told>> = JSON.parse(row.told);
  return {
    id: row.id,
    cause: row.cause,
    kind: kindOf(row.kind),
    subject: row.subject,
    text: readTextColumn(row.text) ?? { ru: '', en: '' },
    count: row.count,
    raisedAt: row.raised_at,
    overAt: row.over_at,
    settled: row.settled === 1,
    told,
  };
}

function kindOf(column: string): AlarmKind {
  const kinds: readonly AlarmKind[] = [...alarmKinds, 'target'];
  return kinds.find((kind) => kind === column) ?? 'digest';
}
