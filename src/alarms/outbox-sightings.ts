import { sql } from 'kysely';
import type { Executor } from '../database/executor.ts';
import { adviceFor } from '../outbox/advice.ts';
import { alarmMapping } from '../outbox/delivery.ts';
import { mostCounted, type OpenCause } from '../outbox/open-causes.ts';
import { hour, type Sighting } from './alarm.ts';
import { counted, plural } from '../words/plural.ts';
import { spanWords } from './words.ts';

/** Causes of a target that are told of one by one: hundreds at once are read by nobody. The oldest stay as they are. */
const mostCauses = 10;

/** Dead letters, by their cause; what only waits to be tried again is none. `targets`: adapters by name. */
export function deadSightings(causes: readonly OpenCause[], targets: ReadonlyMap<string, string>): Sighting[] {
  const dead = causes.filter((cause) => cause.dead > 0).toSorted((a, b) => a.example - b.example);
  return [...Map.groupBy(dead, ({ target }) => target)].flatMap(([target, own]) => [
    ...own.slice(0, mostCauses).map((cause) => deadSighting(cause, targets.get(target))),
    ...(own.length > mostCauses ? [manyCauses(target, own.slice(mostCauses))] : []),
  ]);
}

function deadSighting(cause: OpenCause, adapter: string | undefined): Sighting {
  const { who, advice, command } = adviceFor({ ...cause, adapter });
  const [waiting, people] = [plural('waitingDeliveries', cause.dead, 'ru'), counted('people', cause.people)];
  const deliveries = plural('deliveries', cause.dead, 'en');
  return {
    cause: `dead/${cause.id}`,
    kind: 'dead',
    subject: cause.target,
    count: cause.dead,
    text: {
      ru: `«${cause.target}»: ${waiting} (${people.ru}). ${ended(cause.text.ru)}Кто исправит: ${who.ru}; ${advice.ru}. Причина ${cause.id}: ${command}`,
      en: `"${cause.target}": ${deliveries} (${people.en}) must be seen to. ${ended(cause.text.en)}Who mends it: ${who.en}; ${advice.en}. Cause ${cause.id}: ${command}`,
    },
  };
}

function manyCauses(target: string, causes: readonly OpenCause[]): Sighting {
  const dead = causes.reduce((sum, cause) => sum + cause.dead, 0);
  const [deliveries, more] = [counted('waitingDeliveries', dead), causes.length];
  return {
    cause: `dead/${target}`,
    kind: 'dead',
    subject: target,
    count: dead,
    text: {
      ru: `«${target}»: ещё ${deliveries.ru}, причин ${more}. Какие и что делать — команда causes.`,
      en: `"${target}": ${deliveries.en} besides, of ${more} causes. The command causes says which, and what to do.`,
    },
  };
}

function ended(sentence: string): string {
  return sentence === '' ? '' : `${sentence.replace(/[.\s]*$/, '')}. `;
}

/** Keys held back for so long are an alarm, milliseconds. */
const blockedLong = hour;

interface Blocked {
  readonly target: string;
  readonly keys: number;
  readonly since: number;
}

/** Keys that a dead letter has held back for long, by target. */
export async function blockedSightings(executor: Executor, now: number): Promise<Sighting[]> {
  const { rows } = await sql<Blocked>`
    select target, count(*) as keys, min(since) as since from (
      select deliveries.target, deliveries.finished_at as since
      from deliveries join lanes on lanes.id = deliveries.lane_id and lanes.head = deliveries.pos
      where deliveries.state = 'dead' and deliveries.event_id is not null and lanes.key is not null
        and lanes.tail > lanes.head and deliveries.finished_at <= ${now - blockedLong} and exists (
          select 1 from deliveries as later where later.lane_id = lanes.id and later.pos > lanes.head
            and later.state = 'pending')
      limit ${sql.lit(mostCounted)}
    ) as held group by target`.execute(executor);
  return rows.map(({ target, keys, since }) => {
    const span = spanWords(now - since);
    return {
      cause: `blocked/${target}`,
      kind: 'blocked',
      subject: target,
      count: keys,
      text: {
        ru: `«${target}»: ${plural('keys', keys, 'ru')} держит остановленная доставка, дольше всего ${span.ru}. Что именно — команда blocked; повторите или отмените остановленное.`,
        en: `"${target}": ${plural('keys', keys, 'en')} held back by a dead letter, the longest for ${span.en}. The command blocked says which; retry or cancel what is dead.`,
      },
    };
  });
}

/** What targets have taken with findings that nobody has seen. */
export function attentionSightings(counts: ReadonlyMap<string, number>): Sighting[] {
  return [...counts].map(([target, count]) => {
    const deliveries = counted('deliveries', count);
    return {
      cause: `attention/${target}`,
      kind: 'attention',
      subject: target,
      count,
      text: {
        ru: `«${target}» приняла с замечаниями, которых никто не видел: ${deliveries.ru}. Посмотрите командой attention.`,
        en: `"${target}" took ${deliveries.en} with findings that nobody has seen. The command attention shows them.`,
      },
    };
  });
}

/** An alarm that has been tried for so long is one that does not arrive; milliseconds. */
const triedLong = hour / 6;

/** Alarm targets whose last alarm is a dead letter, or does not arrive. */
export async function targetSightings(
  executor: Executor,
  targets: readonly string[],
  now: number,
): Promise<Sighting[]> {
  const sightings: Sighting[] = [];
  for (const target of new Set(targets)) {
    const { rows } = await sql<Newest>`
      select ${newest(target, 'dead')} as dead, ${newest(target, 'delivered')} as delivered,
        (select count(*) from deliveries where mapping = ${sql.lit(alarmMapping)} and target = ${target}
          and state = 'pending' and attempts > 0 and created_at <= ${now - triedLong}) as late`.execute(executor);
    const { dead = null, delivered = null, late = 0 } = rows[0] ?? {};
    if ((dead ?? 0) > (delivered ?? 0) || late > 0)
      sightings.push({
        cause: `target/${target}`,
        kind: 'target',
        subject: target,
        count: 1,
        text: {
          ru: `цель «${target}» не принимает тревоги. Почему — deliveries list --mapping alarms; исправьте цель.`,
          en: `the target "${target}" takes no alarms. deliveries list --mapping alarms says why; mend the target.`,
        },
      });
  }
  return sightings;
}

interface Newest {
  readonly dead: number | null;
  readonly delivered: number | null;
  readonly late: number;
}

function newest(target: string, state: 'dead' | 'delivered') {
  return sql`(select max(id) from deliveries
    where mapping = ${sql.lit(alarmMapping)} and target = ${target} and state = ${sql.lit(state)})`;
}
