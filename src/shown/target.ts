import type { InferType } from 'yup';
import type { TargetCount } from '../outbox/backlog.ts';
import type { LatestDeliveries } from '../outbox/latest-deliveries.ts';
import { timeWords } from '../alarms/words.ts';
import { type KnownTarget, seenState, type TargetState, untroubled } from '../targets/target-state.ts';
import type { Target } from '../targets/target.ts';
import type { Language } from '../text.ts';
import { type Condition, conditions, targetSentence, type StandingTarget } from '../words/target-standing.ts';
import { count, countOrNull, isoTime, listOf, oneOf, shape, text, textOrNull, time, timeOrNull } from './shape.ts';

/** A target, how it is and what it is owed. */
export const targetSchema = shape({
  name: text(),
  /** Null: it stands no more in connector.yaml, but deliveries are owed to it. */
  adapter: textOrNull(),
  /** What the dispatcher does about it. */
  state: oneOf(['active', 'resting', 'held', 'paused', 'removed']),
  /** How it stands, as people ask it; `stuck`: it works, and dead letters stand. */
  condition: oneOf(conditions),
  /** The same in a sentence: since when, who paused it and why, what waits. */
  sentence: text(),
  pending: count(),
  dead: count(),
  attention: count(),
  oldestAt: timeOrNull(),
  oldestDeadAt: timeOrNull(),
  /** Since when it cannot be reached; null: it can, as far as one sees. */
  failingSince: timeOrNull(),
  restingUntil: timeOrNull(),
  pausedAt: timeOrNull(),
  /** Who paused it, and in his words why; null: nobody said, or it is not paused. */
  pausedBy: textOrNull(),
  pausedReason: textOrNull(),
  /** When it took a delivery last; null: none, as far as one sees. */
  lastDeliveredAt: timeOrNull(),
  /** Milliseconds from a delivery's making to its end, 95th percentile of the latest 200 at most. */
  p95: countOrNull(),
  /** When the next delivery is tried; null: nothing waits for a time, or it is paused. */
  nextTryAt: timeOrNull(),
  holds: listOf(shape({ name: text(), until: time() })),
});
export type ShownTarget = InferType<typeof targetSchema>;
/** In no language yet. */
export type SeenTarget = Omit<ShownTarget, 'sentence'>;

export interface TargetsSeen {
  readonly targets: readonly Target[];
  readonly open: readonly TargetCount[];
  readonly known: ReadonlyMap<string, KnownTarget>;
  readonly attention: ReadonlyMap<string, number>;
  readonly latest: ReadonlyMap<string, LatestDeliveries>;
  /** When the next delivery of a target becomes due. */
  readonly due: ReadonlyMap<string, number>;
  readonly now: number;
}

/** As configured, then those that are gone and owed something. */
export function seenTargets({ targets, open, known, attention, latest, due, now }: TargetsSeen): SeenTarget[] {
  const gone = new Set(
    open.map(({ target }) => target).filter((name) => !targets.some((target) => target.name === name)),
  );
  return [
    ...targets.map((target) => ({ name: target.name, adapter: target.adapter.type })),
    ...[...gone].map((name) => ({ name, adapter: null })),
  ].map(({ name, adapter }) => {
    const state = known.get(name) ?? untroubled;
    const seen = seenState(state, now);
    const paused = state.state.is === 'paused' ? state.state : undefined;
    const nextDue = adapter === null ? undefined : due.get(name);
    const of = (wanted: 'pending' | 'dead') => open.find((each) => each.target === name && each.state === wanted);
    const [pending, dead] = [of('pending')?.count ?? 0, of('dead')?.count ?? 0];
    const condition = adapter === null ? 'removed' : conditionOf(state.state, seen.state, { pending, dead });
    return {
      name,
      adapter,
      state: adapter === null ? 'removed' : seen.state,
      condition,
      pending,
      dead,
      attention: attention.get(name) ?? 0,
      oldestAt: isoTime(of('pending')?.since ?? null),
      oldestDeadAt: isoTime(of('dead')?.since ?? null),
      failingSince: condition === 'unreachable' ? isoTime(state.failingSince) : null,
      restingUntil: isoTime(seen.until),
      pausedAt: isoTime(paused?.since ?? null),
      pausedBy: paused?.by ?? null,
      pausedReason: paused?.reason ?? null,
      lastDeliveredAt: isoTime(latest.get(name)?.lastAt ?? null),
      p95: latest.get(name)?.p95 ?? null,
      nextTryAt: isoTime(paused === undefined && nextDue !== undefined ? Math.max(nextDue, seen.until ?? 0) : null),
      holds: seen.holds.map(({ label, until }) => ({ name: label, until: isoTime(until) })),
    };
  });
}

/** Of what failed while nothing is owed any more nobody needs to hear: the next delivery tells. */
function conditionOf(
  kept: TargetState,
  now: TargetState['is'],
  { pending, dead }: { readonly pending: number; readonly dead: number },
): Condition {
  if (kept.is === 'paused') return 'paused';
  const troubled = kept.is !== 'active' || kept.failures > 0;
  if (troubled && (now !== 'active' || pending + dead > 0)) return kept.is === 'held' ? 'held' : 'unreachable';
  return dead > 0 ? 'stuck' : 'works';
}

/** For whom it is said. */
export interface Hearer {
  readonly language: Language;
  readonly zone: string;
  readonly now: number;
}

export function shownTarget(seen: SeenTarget, hearer: Hearer): ShownTarget {
  return { ...seen, sentence: targetSentence(standingOf(seen, hearer))[hearer.language] };
}

/** A target with its times as they are read. */
export function standingOf(seen: SeenTarget, { zone, now }: Omit<Hearer, 'language'>): StandingTarget {
  const { name, condition, pending, dead, pausedBy, pausedReason } = seen;
  const spoken = (time: string | null) => (time === null ? null : timeWords(Date.parse(time), now, zone));
  return {
    name,
    condition,
    pending,
    dead,
    since: spoken(seen.pausedAt ?? seen.failingSince),
    next: spoken(condition === 'held' ? (seen.restingUntil ?? seen.nextTryAt) : seen.nextTryAt),
    pausedBy,
    pausedReason,
  };
}
