import { sql } from 'kysely';
import type { Executor } from '../database/executor.ts';
import { mostCounted } from '../outbox/open-causes.ts';
import type { Text } from '../text.ts';
import type { Alarm } from './alarm.ts';
import { counted } from '../words/plural.ts';
import { spanWords } from './words.ts';

/** What stands still: dead letters and what waits behind them, by person where there is one. */
interface Standing {
  readonly count: number;
  /** Milliseconds since 1970; null: nothing does. */
  readonly since: number | null;
}

/** The oldest of them; who has more to mend counts no further. */
const mostLookedAt = 3000;

async function standingStill(executor: Executor): Promise<Standing> {
  const {
    rows: [row],
  } = await sql<Standing>`
    select count(*) as count, min(since) as since from (
      select min(created_at) as since from (
        select scope, coalesce(applicant, 'delivery ' || cast(id as text)) as subject, created_at from deliveries
        where state = 'dead' and event_id is not null order by id limit ${sql.lit(mostLookedAt)}
      ) as dead group by scope, subject limit ${sql.lit(mostCounted)}
    ) as standing`.execute(executor);
  return row ?? { count: 0, since: null };
}

/** Alarms that are told with their words: chats cut what is longer than a screen, in silence. */
const mostTold = 5;

/** The morning in one sentence; undefined when all flows. `open`: alarms that stand. */
export async function digestText(executor: Executor, open: readonly Alarm[], now: number): Promise<Text | undefined> {
  const { count, since } = await standingStill(executor);
  const others = open.filter(({ kind }) => kind !== 'dead' && kind !== 'blocked' && kind !== 'attention');
  if (count === 0 && others.length === 0) return undefined;
  const span = spanWords(now - (since ?? now));
  const hires = counted('standing', count);
  const standing: Text =
    count === 0
      ? { ru: 'Ничего не стоит', en: 'Nothing stands still' }
      : {
          ru: `${hires.ru}, самый старый — ${span.ru}`,
          en: `${hires.en} still, oldest ${span.en}`,
        };
  if (others.length === 0) return { ru: `${standing.ru}; остальное идёт`, en: `${standing.en}; all else flows` };
  const told = others.slice(0, mostTold);
  const more = others.length - told.length;
  return {
    ru: `${standing.ru}. Открыто тревог: ${others.length}. ${told.map(({ text }) => text.ru).join(' ')}${more > 0 ? ` И ещё ${more}: команда doctor.` : ''}`,
    en: `${standing.en}. Open alarms: ${others.length}. ${told.map(({ text }) => text.en).join(' ')}${more > 0 ? ` And ${more} more: the command doctor.` : ''}`,
  };
}
