import type { InferType } from 'yup';
import type { TargetCount } from '../outbox/backlog.ts';
import type { LatestDeliveries } from '../outbox/latest-deliveries.ts';
import { type KnownTarget, seenState, untroubled } from '../targets/target-state.ts';
import type { Target } from '../targets/target.ts';
import { count, countOrNull, isoTime, listOf, oneOf, shape, text, textOrNull, time, timeOrNull } from './shape.ts';

/** A target, how it is and what it is owed. */
export const targetSchema = shape({
  name: text(),
  /** Null: it stands no more in connector.yaml, but deliveries are owed to it. */
  adapter: textOrNull(),
  state: oneOf(['active', 'resting', 'held', 'paused', 'removed']),
  pending: count(),
  dead: count(),
  attention: count(),
  oldestAt: timeOrNull(),
  oldestDeadAt: timeOrNull(),
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
export function shownTargets({ targets, open, known, attention, latest, due, now }: TargetsSeen): ShownTarget[] {
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
    return {
      name,
      adapter,
      state: adapter === null ? 'removed' : seen.state,
      pending: of('pending')?.count ?? 0,
      dead: of('dead')?.count ?? 0,
      attention: attention.get(name) ?? 0,
      oldestAt: isoTime(of('pending')?.since ?? null),
      oldestDeadAt: isoTime(of('dead')?.since ?? null),
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
