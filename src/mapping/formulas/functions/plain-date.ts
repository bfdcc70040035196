import { dateText, daysIn, readTime } from '../../conversions/written-time.ts';

const dayMs = 86_400_000;

/** `YYYY-MM-DD` of any text that `as: date` takes, else undefined. */
export function plainDate(text: string): string | undefined {
  const written = readTime(text);
  return written && dateText(written);
}

/** Full years on that day; born on 29 February, one is a year older on 1 March (civil code, article 191). */
export function age(birthday: string, day: string): number | undefined {
  const born = readTime(birthday);
  const on = readTime(day);
  if (born === undefined || on === undefined) return undefined;
  const before = on.month < born.month || (on.month === born.month && on.day < born.day);
  return on.year - born.year - (before ? 1 : 0);
}

/** Negative when `to` comes first. */
export function daysBetween(from: string, to: string): number | undefined {
  const [start, end] = [dayNumber(from), dayNumber(to)];
  return start === undefined || end === undefined ? undefined : end - start;
}

export function addDays(date: string, days: number): string | undefined {
  const start = dayNumber(date);
  if (start === undefined || !Number.isInteger(days)) return undefined;
  const moment = new Date((start + days) * dayMs);
  const [year, month, day] = [moment.getUTCFullYear(), moment.getUTCMonth() + 1, moment.getUTCDate()];
  return year >= 1 && year <= 9999 ? dateText({ year, month, day }) : undefined;
}

/** The same day of a later month, or its last one: a month after 31 January is 28 or 29 February. */
export function addMonths(date: string, months: number): string | undefined {
  const start = readTime(date);
  if (start === undefined || !Number.isInteger(months)) return undefined;
  const count = start.year * 12 + start.month - 1 + months;
  const [year, month] = [Math.floor(count / 12), (((count % 12) + 12) % 12) + 1];
  return year >= 1 && year <= 9999
    ? dateText({ year, month, day: Math.min(start.day, daysIn(year, month)) })
    : undefined;
}

function dayNumber(date: string): number | undefined {
  const written = readTime(date);
  return written && Math.round(Date.parse(`${dateText(written)}T00:00:00Z`) / dayMs);
}
