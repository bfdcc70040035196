import type { TargetCount } from '../outbox/backlog.ts';
import { type KnownTarget, untroubled } from '../targets/target-state.ts';
import type { Text } from '../text.ts';
import { plural } from '../words/plural.ts';
import { type Condition, standingWords } from '../words/target-standing.ts';
import { hour, type Sighting } from './alarm.ts';
import { timeWords } from './words.ts';

/** A hold of which people should hear, milliseconds: shorter ones pass by themselves. */
const longHold = 30_000;
/** Where little is sent, the breaker opens after hours: people wait meanwhile. Milliseconds. */
const longFailing = hour / 4;

interface Looked {
  readonly names: readonly string[];
  readonly states: ReadonlyMap<string, KnownTarget>;
  /** What targets are owed. */
  readonly open: readonly TargetCount[];
  readonly now: number;
  readonly zone: string;
}

/** Targets that cannot be reached, or ask to be left alone; one that a person has paused is as somebody wants it. */
export function restingSightings({ names, states, open, now, zone }: Looked): Sighting[] {
  return names.flatMap((name) => {
    const { state, failingSince } = states.get(name) ?? untroubled;
    const since = failingSince === null ? null : timeWords(failingSince, now, zone);
    switch (state.is) {
      case 'paused':
        return [];
      case 'held':
        return state.until - now > longHold ? sighting(name, state.failures, words('held', null), busy) : [];
      case 'resting':
        return sighting(name, state.failures, words('unreachable', since), failed(state.failures, true));
      case 'active': {
        const waits = open.some(({ target, state: owed }) => target === name && owed === 'pending');
        const long = state.failures > 0 && failingSince !== null && now - failingSince >= longFailing;
        return long && waits
          ? sighting(name, state.failures, words('unreachable', since), failed(state.failures, false))
          : [];
      }
    }
  });
}

function words(condition: Condition, since: string | null): Text {
  const nothing = { pending: 0, dead: 0, next: null, pausedBy: null, pausedReason: null };
  return standingWords({ condition, since, ...nothing });
}

const busy: Text = {
  ru: ' (занята или на обслуживании). Доставки ждут и попыток не тратят.',
  en: ' (busy, or in maintenance). Deliveries wait and cost no attempts.',
};

function failed(failures: number, rests: boolean): Text {
  return {
    ru: `: ${plural('failures', failures, 'ru')} подряд${rests ? ', она отдыхает между пробами' : ''}. Доставки ждут и ничего не теряют; почините цель.`,
    en: `: ${plural('failures', failures, 'en')} in a row${rests ? ', it rests between probes' : ''}. Deliveries wait and nothing is lost; mend the target.`,
  };
}

function sighting(name: string, count: number, standing: Text, rest: Text): Sighting {
  return {
    cause: `resting/${name}`,
    kind: 'resting',
    subject: name,
    count,
    text: { ru: `цель «${name}» ${standing.ru}${rest.ru}`, en: `the target "${name}" ${standing.en}${rest.en}` },
  };
}
