import type { KnownTarget } from '../targets/target-state.ts';
import type { Sighting } from './alarm.ts';
import { plural } from '../words/plural.ts';

/** Failures in a row, or a hold, of which people should hear: shorter rests pass by themselves. */
const long = 30_000;

/** Targets that rest or ask to be left alone; one that a person has paused is as somebody wants it. */
export function restingSightings(
  known: readonly string[],
  states: ReadonlyMap<string, KnownTarget>,
  now: number,
): Sighting[] {
  return known.flatMap((target): Sighting[] => {
    const state = states.get(target)?.state;
    if (state?.is === 'resting')
      return [
        {
          cause: `resting/${target}`,
          kind: 'resting',
          subject: target,
          count: state.failures,
          text: {
            ru: `цель «${target}» недоступна: ${plural('failures', state.failures, 'ru')} подряд, она отдыхает между пробами. Доставки ждут и ничего не теряют; почините цель.`,
            en: `the target "${target}" cannot be reached: ${plural('failures', state.failures, 'en')} in a row, it rests between probes. Deliveries wait and nothing is lost; mend the target.`,
          },
        },
      ];
    if (state?.is === 'held' && state.until - now > long)
      return [
        {
          cause: `resting/${target}`,
          kind: 'resting',
          subject: target,
          count: state.failures,
          text: {
            ru: `цель «${target}» просит подождать (занята или на обслуживании). Доставки ждут и попыток не тратят.`,
            en: `the target "${target}" asks to be left alone (busy, or in maintenance). Deliveries wait and cost no attempts.`,
          },
        },
      ];
    return [];
  });
}
