import { InvalidArgumentError } from 'commander';

const minutes: Readonly<Record<string, number>> = { s: 60, m: 1, h: 1 / 60 };

/** Rows a minute of `20/s`, `100/m`, `600/h`. */
export function paceOf(text: string): number {
  const [, count, unit] = /^(\d{1,6})\/(s|m|h)$/.exec(text.trim()) ?? [];
  const pace = Math.floor(Number(count) * (minutes[unit ?? ''] ?? 0));
  if (count === undefined || pace < 1) throw new InvalidArgumentError('a pace such as 20/s, 100/m or 600/h is needed');
  return pace;
}
