import { number, type NumberSchema } from 'yup';

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `10s`, `1.5h`, `7d` as milliseconds; undefined for anything else (units ms s m h d). */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)$/.exec(text.trim());
  const unit = units[match?.[2] ?? ''];
  return match?.[1] === undefined || unit === undefined ? undefined : Number(match[1]) * unit;
}

/** A duration setting, cast to milliseconds. */
export function duration(): NumberSchema {
  return number()
    .transform(
      (_value: unknown, original: unknown) =>
        (typeof original === 'string' ? parseDuration(original) : undefined) ?? NaN,
    )
    .typeError({
      ru: 'нужна длительность с единицей: 500ms, 10s, 5m, 1h или 7d',
      en: 'a duration with its unit is needed: 500ms, 10s, 5m, 1h or 7d',
    })
    .meta({
      written: {
        type: 'string',
        pattern: String.raw`^\s*\d+(\.\d+)?\s*(ms|s|m|h|d)\s*$`,
        examples: ['500ms', '10s', '5m', '1h', '7d'],
      },
    });
}

/** Milliseconds as people read them: `3 d 4 h`, `12 s`. */
export function formatDuration(milliseconds: number): string {
  const parts: string[] = [];
  let rest = Math.round(milliseconds);
  for (const unit of ['d', 'h', 'm', 's'] as const) {
    const size = units[unit] ?? 1;
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${unit}`);
    if (parts.length === 2) break;
  }
  return parts.length > 0 ? parts.join(' ') : `${rest} ms`;
}
