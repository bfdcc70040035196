import type { InferType } from 'yup';
import { usualGap } from '../../alarms/usual-gap.ts';
import { shownCause } from '../../shown/cause.ts';
import { overviewSchema, sentenceOf, stateOf } from '../../shown/overview.ts';
import { isoTime } from '../../shown/shape.ts';
import { shownTarget } from '../../shown/target.ts';
import type { Language } from '../../text.ts';
import { type Endpoint, endpoint } from '../api/endpoint.ts';
import type { Kept } from '../api/kept.ts';
import type { ConsoleParts } from '../parts.ts';
import { targetsOf } from './targets.ts';

/** What the first screen is made of, in no language yet. */
export type Seen = Awaited<ReturnType<typeof seen>>;

export function overviewRoutes(parts: ConsoleParts, kept: Kept<Seen>): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/overview',
      role: 'viewer',
      summary: { ru: 'Как всё стоит', en: 'How it all stands' },
      answer: overviewSchema,
      act: async ({ language }) => overviewOf(parts, await kept.get(), language),
    }),
  ];
}

export async function seen(parts: ConsoleParts) {
  const { config, inbox, outbox, versions, database, now } = parts;
  const [targets, held, backlog, [last], causes, gaps, gap] = await Promise.all([
    targetsOf(parts),
    outbox.heldUp(),
    inbox.backlog(),
    inbox.list({ limit: 1 }),
    outbox.causes(),
    versions.gaps(),
    usualGap(database.queries, now(), config.zone),
  ]);
  return { targets, held, backlog, last, causes, gaps, gap };
}

function overviewOf(
  parts: ConsoleParts,
  { targets, held, backlog, last, causes, gaps, gap }: Seen,
  language: Language,
): InferType<typeof overviewSchema> {
  const { config, mappings, report, now } = parts;
  const at = now();
  const hearer = { language, zone: config.zone, now: at };
  const pending = total(targets.map((target) => target.pending));
  const dead = total(targets.map((target) => target.dead));
  const [oldestPending, oldestDead] = [oldest(targets, 'oldestAt'), oldest(targets, 'oldestDeadAt')];
  const refusing = parts.refusing()?.[language] ?? null;
  const standing = {
    events: last !== undefined,
    people: held.people,
    dead,
    pending,
    oldest: oldestDead === null ? null : at - Date.parse(oldestDead),
    targets,
    refusing,
  };
  return {
    at: isoTime(at),
    sentence: sentenceOf(standing, hearer),
    state: stateOf(standing),
    intake: {
      lastAt: isoTime(last?.receivedAt ?? null),
      usualGap: gap,
      waiting: backlog.count,
      since: isoTime(backlog.since),
      refusing,
    },
    deliveries: {
      pending,
      blocked: held.blocked,
      dead,
      attention: total(targets.map((target) => target.attention)),
      oldestPendingAt: oldestPending,
      oldestDeadAt: oldestDead,
    },
    people: held.people,
    targets: targets.map((target) => shownTarget(target, hearer)),
    causes: causes.slice(0, 5).map((cause) => shownCause(cause, parts.targets, language)),
    mappings: {
      loaded: mappings.current.length,
      refused: mappings.refused.length,
      missed: gaps.reduce((sum, { events }) => sum + events, 0),
    },
    minutes: report.minutes(at).map((minute) => ({ ...minute, at: isoTime(minute.at) })),
    alarming: dead > 0 || refusing !== null || mappings.refused.length > 0,
  };
}

function total(counts: readonly number[]): number {
  return Math.min(
    1001,
    counts.reduce((sum, each) => sum + each, 0),
  );
}

function oldest<Key extends string>(rows: readonly Readonly<Record<Key, string | null>>[], key: Key): string | null {
  return rows.flatMap((row) => row[key] ?? []).toSorted()[0] ?? null;
}
