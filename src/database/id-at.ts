import { sql } from 'kysely';

/** Rows whose ids follow the times at which they were written. */
const times = { events: 'received_at', deliveries: 'created_at' } as const;
type Timed = keyof typeof times;

/** But for leaps of the clock; none is borne that is longer. Milliseconds. */
const longestLeap = 86_400_000;

/** No row of this time or later has this id or a smaller one: a walk down by ids ends here. */
export function idBefore(table: Timed, time: number) {
  const at = sql.ref(times[table]);
  return sql<number>`coalesce((select edge.id from ${sql.table(table)} as edge where edge.${at} < ${time - longestLeap}
    order by edge.${at} desc, edge.id desc limit 1), 0)`;
}

/** No row of an earlier time has a greater one: a walk down by ids begins here. */
export function idAfter(table: Timed, time: number) {
  const at = sql.ref(times[table]);
  return sql<number>`coalesce((select edge.id from ${sql.table(table)} as edge where edge.${at} >= ${time + longestLeap}
    order by edge.${at}, edge.id limit 1), 9007199254740991)`;
}
