import { InvalidArgumentError } from 'commander';
import { instantOf } from '../mapping/conversions/wall-time.ts';
import { readTime } from '../mapping/conversions/written-time.ts';
import { CommandError } from './terminal.ts';

/** Milliseconds since 1970 of `2026-12-01`, `2026-12-01 09:30` (in the zone) or ISO with an offset. */
export function instantIn(zone: string, text: string): number {
  const written = readTime(text.trim().replace(/^(\d{4}-\d\d-\d\d) (?=\d)/, '$1T'));
  if (written === undefined)
    throw new CommandError({
      ru: `«${text}» — не время: нужно 2026-12-01, "2026-12-01 09:30" или 2026-12-01T09:30:00+03:00`,
      en: `"${text}" is no time: 2026-12-01, "2026-12-01 09:30" or 2026-12-01T09:30:00+03:00 is needed`,
    });
  return instantOf(written, zone);
}

const minutes: Readonly<Record<string, number>> = { s: 60, m: 1, h: 1 / 60 };

/** Rows a minute of `20/s`, `100/m`, `600/h`. */
export function paceOf(text: string): number {
  const [, count, unit] = /^(\d{1,6})\/(s|m|h)$/.exec(text.trim()) ?? [];
  const pace = Math.floor(Number(count) * (minutes[unit ?? ''] ?? 0));
  if (count === undefined || pace < 1) throw new InvalidArgumentError('a pace such as 20/s, 100/m or 600/h is needed');
  return pace;
}
