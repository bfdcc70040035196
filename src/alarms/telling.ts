import { type Alarm, type AlarmState, hour } from './alarm.ts';
import { isQuiet } from './quiet-hours.ts';
import type { AlarmRule } from './rule.ts';

/** One rule is told of an alarm in this state. */
export interface Telling {
  readonly rule: AlarmRule;
  readonly state: AlarmState;
}

/** What is told now, and whether anybody is still to be told of the end. */
export interface Tellings {
  readonly told: readonly Telling[];
  readonly settled: boolean;
}

export interface TellingTimes {
  readonly now: number;
  readonly zone: string;
  /** It has come back so often that it is told of only when it stays. */
  readonly unsteady: boolean;
}

/** So long an unsteady alarm must stand; milliseconds. */
const steady = hour / 4;

/** Who hears of an alarm now: once, again as a reminder, and of its end if he was told of it. */
export function tellingsOf(
  alarm: Omit<Alarm, 'id'>,
  rules: readonly AlarmRule[],
  { now, zone, unsteady }: TellingTimes,
): Tellings {
  const told: Telling[] = [];
  let settled = alarm.overAt !== null;
  const held = unsteady && now - alarm.raisedAt < steady;
  for (const rule of rules.filter((each) => wants(each, alarm, rules))) {
    const before = alarm.told[rule.id];
    const state = stateFor(alarm, before, rule.remind, now, held);
    if (state === undefined) continue;
    if (isQuiet(rule.quiet, now, zone)) settled = false;
    else told.push({ rule, state });
  }
  return { told, settled };
}

function stateFor(
  { overAt }: Omit<Alarm, 'id'>,
  before: Alarm['told'][string] | undefined,
  remind: number,
  now: number,
  held: boolean,
): AlarmState | undefined {
  if (overAt !== null) return before === undefined || before.state === 'over' ? undefined : 'over';
  if (before === undefined || before.state === 'over') return held ? undefined : 'raised';
  return now - before.at >= remind ? 'reminded' : undefined;
}

const ofTargets: ReadonlySet<Alarm['kind']> = new Set(['resting', 'target', 'dead', 'blocked', 'attention']);

/** A target that takes nothing hears nothing of it; of an alarm target the others hear whatever they asked for. */
function wants(rule: AlarmRule, { kind, subject }: Omit<Alarm, 'id'>, rules: readonly AlarmRule[]): boolean {
  if (ofTargets.has(kind) && subject === rule.to) return false;
  if (kind === 'target') return true;
  return rule.when.includes(kind) || (kind === 'resting' && rules.some(({ to }) => to === subject));
}
