import type { TargetConfig } from '../config/config.ts';
import type { Claim, DeadReason, TriedAgain } from '../outbox/delivery.ts';
import type { Target } from '../targets/target.ts';
import { holdTime } from './breaker.ts';
import { isGivenUp, retryDelay } from './retry-schedule.ts';
import type { Thrown } from './thrown.ts';

/** What an attempt says of its target. */
export type Verdict =
  | { readonly target: 'reached' }
  | { readonly target: 'unreached' }
  /** It asked to be left alone for `wait` milliseconds; with a name: only what goes there. */
  | { readonly target: 'held'; readonly wait: number; readonly name?: string };

/** What becomes of a delivery whose attempt has failed. */
export interface Failure {
  readonly next: TriedAgain | { readonly outcome: 'dead'; readonly reason: DeadReason };
  readonly verdict: Verdict;
}

export interface FailureSettings {
  readonly retry: TargetConfig['retry'];
  readonly unknown: Target['unknown'];
  readonly now: number;
  readonly random: () => number;
  /** Milliseconds that the attempt took. */
  readonly took: number;
  /** The target had answered another request of the attempt before it failed. */
  readonly answeredBefore: boolean;
  /** Nobody knows how an earlier attempt ended. */
  readonly doubted: boolean;
}

/** So often an answer "conflict" is asked about again, while an earlier attempt may have been taken. */
const conflictsBorne = 3;

const reached: Verdict = { target: 'reached' };

export function failureOf(thrown: Thrown, claim: Claim, settings: FailureSettings): Failure {
  const { kind, holds } = thrown;
  if (thrown.conflict && (thrown.retryAfter !== undefined || settings.doubted))
    return { next: afterConflict(thrown, claim, settings), verdict: reached };
  if (kind === 'rejected') return { next: dead('rejected'), verdict: reached };
  if (holds !== undefined) return held(holds, thrown, claim, settings);
  const verdict: Verdict = settings.answeredBefore ? reached : { target: 'unreached' };
  const lost = kind === 'uncertain';
  if (lost && settings.unknown === 'dead') return { next: dead('unknown outcome'), verdict };
  const next = again(lost ? 'unknown' : 'retry', thrown, claim, settings) ?? dead(lost ? 'unknown outcome' : 'gave up');
  return { next, verdict };
}

function dead(reason: DeadReason): Failure['next'] {
  return { outcome: 'dead', reason };
}

/** Undefined when its budget is used up. */
function again(
  outcome: TriedAgain['outcome'],
  { retryAfter }: Thrown,
  claim: Claim,
  { retry, random, now, took }: FailureSettings,
): TriedAgain | undefined {
  const wait = retryDelay(retry, claim.counted, retryAfter, random);
  if (isGivenUp(retry, { counted: claim.counted, spent: claim.spent + took }, wait)) return undefined;
  return { outcome, dueAt: now + wait, wait, cost: 'attempt', spends: took + wait };
}

/** It has the record, or is at work on it: asking again tells, a few times. */
function afterConflict(thrown: Thrown, claim: Claim, settings: FailureSettings): Failure['next'] {
  const next = claim.conflicts < conflictsBorne ? again('unknown', thrown, claim, settings) : undefined;
  return next === undefined ? dead('unknown outcome') : { ...next, conflict: true };
}

function held(holds: string, { retryAfter }: Thrown, claim: Claim, { retry, now, random }: FailureSettings): Failure {
  const wait = holdTime(retryAfter, retryDelay(retry, claim.counted, undefined, random));
  const next: TriedAgain = { outcome: 'retry', dueAt: now + wait, wait, cost: 'held', spends: 0 };
  if (holds === 'delivery') return { next, verdict: reached };
  return { next, verdict: { target: 'held', wait, ...(holds !== 'target' && { name: holds }) } };
}
