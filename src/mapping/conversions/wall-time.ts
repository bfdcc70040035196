import { dateText, padded, type WrittenTime } from './written-time.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** `YYYY-MM-DDTHH:MM:SS` as a clock on the wall in `zone` (IANA) shows the instant. */
export function wallTimeAt(instant: number, zone: string): string {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(instant)) parts[type] = Number(value);
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts;
  return `${dateText({ year, month, day })}T${padded(hour, 2)}:${padded(minute, 2)}:${padded(second, 2)}`;
}

/**
 * When clocks in `zone` show this. An hour that daylight saving skips or repeats is read with the offset before the
 * change.
 */
export function instantOf(written: WrittenTime, zone: string): number {
  const wall = utcOf(written);
  if (written.offset !== undefined) return wall - written.offset * 60_000;
  let instant = wall;
  // Twice: the first guess may lie on the other side of a change of the clocks.
  for (let pass = 0; pass < 2; pass += 1) instant = wall - offsetAt(instant, zone);
  return instant;
}

/** Milliseconds that clocks in `zone` (IANA) are ahead of UTC at the instant. */
export function offsetAt(instant: number, zone: string): number {
  return Date.parse(`${wallTimeAt(instant, zone)}Z`) - Math.floor(instant / 1000) * 1000;
}

function utcOf({ year, month, day, time }: WrittenTime): number {
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, day); // Date.UTC would read year 26 as 1926
  moment.setUTCHours(time?.hour ?? 0, time?.minute ?? 0, time?.second ?? 0, 0);
  return moment.getTime();
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, format);
  return format;
}
