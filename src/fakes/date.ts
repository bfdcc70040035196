import { draw } from './draw.ts';

interface WrittenDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Whatever follows the day: time and offset. */
  readonly rest: string;
  readonly dotted: boolean;
}

const time = String.raw`((?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s*(?:Z|[+-]\d\d:?\d\d)?)?)$`;
const iso = new RegExp(String.raw`^(\d{4})-(\d\d)-(\d\d)${time}`);
const dotted = new RegExp(String.raw`^(\d\d)\.(\d\d)\.(\d{4})${time}`);

export function isDate(text: string): boolean {
  return read(text) !== undefined;
}

/** 52 weeks earlier: what happened around an event keeps its distances and weekdays. */
export function earlierDate(text: string): string {
  const date = read(text);
  if (date === undefined) return text;
  const moved = new Date(Date.UTC(date.year, date.month - 1, date.day - 364));
  return written({ ...date, year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() });
}

/** A day of a person's life: the decade stays, and nothing that leads back to the day; a time becomes midnight. */
export function otherDate(text: string): string {
  const date = read(text);
  if (date === undefined) return text;
  const other = {
    ...date,
    year: date.year - (date.year % 10) + 5,
    month: 1 + draw(text, 12, 'month'),
    day: draw(text, 2, 'day') === 0 ? 1 : 15,
    rest: date.rest.replace(/^[T ][\d:.]+/, (clock) => clock.replaceAll(/\d/g, '0')),
  };
  return written(
    other.year === date.year && other.month === date.month && other.day === date.day ? { ...other, day: 8 } : other,
  );
}

function read(text: string): WrittenDate | undefined {
  const [, year, month, day, rest = ''] = iso.exec(text.trim()) ?? [];
  if (year !== undefined) return { year: Number(year), month: Number(month), day: Number(day), rest, dotted: false };
  const [, first, second, third, after = ''] = dotted.exec(text.trim()) ?? [];
  return third === undefined
    ? undefined
    : { year: Number(third), month: Number(second), day: Number(first), rest: after, dotted: true };
}

function written({ year, month, day, rest, dotted: inDots }: WrittenDate): string {
  const [y, m, d] = [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')];
  return (inDots ? `${d}.${m}.${y}` : `${y}-${m}-${d}`) + rest;
}
