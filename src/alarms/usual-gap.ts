import type { Executor } from '../database/executor.ts';
import { hour } from './alarm.ts';
import { hourBefore } from './silence.ts';

/** Weeks that are looked back at, and how many of them must be known. */
const weeks = 8;
const least = 3;

/** Seconds between two webhooks as they came in this hour of earlier weeks; null: too few came, or too few weeks are known. */
export async function usualGap(executor: Executor, now: number, zone: string): Promise<number | null> {
  const current = Math.floor(now / hour);
  const asked = Array.from({ length: weeks }, (_, week) => hourBefore(current, week + 1, zone));
  const [first] = await executor
    .selectFrom('webhook_hours')
    .select((all) => all.fn.min('hour').as('hour'))
    .execute();
  const known = asked.filter((each) => first !== undefined && first.hour !== null && each >= first.hour);
  if (known.length < least) return null;
  const rows = await executor.selectFrom('webhook_hours').select('events').where('hour', 'in', known).execute();
  const events = rows.reduce((sum, row) => sum + row.events, 0);
  return events < known.length ? null : Math.round((known.length * 3600) / events);
}
