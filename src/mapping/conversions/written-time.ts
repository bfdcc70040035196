/** A date with or without a time of day, exactly as somebody wrote it. */
export interface WrittenTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly time: { readonly hour: number; readonly minute: number; readonly second: number } | undefined;
  /** Minutes east of Greenwich, when written. */
  readonly offset: number | undefined;
}

const iso = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?[ ]?(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;
const russian = /^(\d\d?)\.(\d\d?)\.(\d{4})(?:[, ]+(\d\d?):(\d\d)(?::(\d\d))?)?$/;

/**
 * `2026-12-01`, `01.12.2026`, both with a time of day, the first with an offset too; undefined for anything else and
 * for days no calendar has.
 */
export function readTime(text: string): WrittenTime | undefined {
  const trimmed = text.trim();
  const isoMatch = iso.exec(trimmed);
  if (isoMatch !== null) {
    const [, year, month, day, hour, minute, second, offset] = isoMatch;
    return checked(year, month, day, hour, minute, second, offset);
  }
  const russianMatch = russian.exec(trimmed);
  if (russianMatch === null) return undefined;
  const [, day, month, year, hour, minute, second] = russianMatch;
  return checked(year, month, day, hour, minute, second, undefined);
}

type Digits = string | undefined;

function checked(
  year: Digits,
  month: Digits,
  day: Digits,
  hour: Digits,
  minute: Digits,
  second: Digits,
  zone: Digits,
): WrittenTime | undefined {
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  if (date.year < 1 || date.month < 1 || date.month > 12 || date.day < 1 || date.day > daysIn(date.year, date.month))
    return undefined;
  const time =
    hour === undefined ? undefined : { hour: Number(hour), minute: Number(minute), second: Number(second ?? 0) };
  if (time !== undefined && (time.hour > 23 || time.minute > 59 || time.second > 59)) return undefined;
  return { ...date, time, offset: zone === undefined ? undefined : offsetMinutes(zone) };
}

export function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function offsetMinutes(zone: string): number {
  if (/^z$/i.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', ''));
  return zone.startsWith('-') ? -minutes : minutes;
}

export function dateText(date: { readonly year: number; readonly month: number; readonly day: number }): string {
  return `${padded(date.year, 4)}-${padded(date.month, 2)}-${padded(date.day, 2)}`;
}

export function padded(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
