import { offsetAt, wallTimeAt } from '../mapping/conversions/wall-time.ts';
import { hour } from './alarm.ts';
import type { Calendar } from './calendar.ts';

/** Weeks that are looked back at, and how many of them must be alike. */
const weeks = 8;
const least = 3;
/** Fewer webhooks than these in a stretch may fail to come by chance: 5 in 100,000 when ten are usual. */
const usual = 10;
const fewest = 3;

/**
 * How many webhooks usually come in the whole hours since the last one, on the same weekdays of earlier weeks with the
 * same working days; undefined when silence is nothing unusual then. `events`: by hour counted from 1970.
 */
export function missedIn(
  lastAt: number,
  now: number,
  events: ReadonlyMap<number, number>,
  { calendar, zone }: { readonly calendar: Calendar; readonly zone: string },
): number | undefined {
  const [from, to] = [Math.floor(lastAt / hour) + 1, Math.floor(now / hour)];
  // After a week without any, it is silent whatever is usual; the alarm was raised long before.
  const first = Math.max(from, to - 168);
  const hours = Array.from({ length: Math.max(0, to - first) }, (_none, at) => first + at);
  if (hours.length === 0) return undefined;
  const worked = hours.map((each) => works(each, calendar, zone));
  const samples: number[] = [];
  for (let week = 1; week <= weeks; week += 1) {
    const back = hours.map((each) => hourBefore(each, week, zone));
    if (back.some((each, at) => works(each, calendar, zone) !== worked[at])) continue;
    if (!isKnown(back, events)) continue;
    samples.push(back.reduce((sum, each) => sum + (events.get(each) ?? 0), 0));
  }
  if (samples.length < least || samples.some((sample) => sample < fewest)) return undefined;
  const mean = samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
  return mean < usual ? undefined : Math.round(mean);
}

/** The hour that clocks showed so many weeks before: people keep theirs when daylight saving begins or ends. */
export function hourBefore(each: number, week: number, zone: string): number {
  const then = each - week * 168;
  return then + Math.round((offsetAt(each * hour, zone) - offsetAt(then * hour, zone)) / hour);
}

/** Hours before anything was counted say nothing. */
function isKnown(hours: readonly number[], events: ReadonlyMap<number, number>): boolean {
  const [first] = events.keys();
  return first !== undefined && (hours[0] ?? 0) >= first;
}

function works(bucket: number, calendar: Calendar, zone: string): boolean {
  return calendar.works(wallTimeAt(bucket * hour, zone).slice(0, 10));
}
