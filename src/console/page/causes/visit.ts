/** When somebody was last at a screen, and from when on what came is new to him; milliseconds since 1970. */
export interface Visit {
  readonly last: number;
  readonly since: number;
}

/** Whoever was away for so long begins another visit: until then a reload does not make the new old. */
const apart = 30 * 60_000;

/** `before`: as it was kept, by whatever version of the page; nothing sound is a first visit, to which nothing is new. */
export function visitAt(before: string | undefined, now: number): Visit {
  const { last, since } = soundVisit(before) ?? { last: now, since: now };
  // A clock that was set back must not hide what is new for hours.
  if (last > now) return { last: now, since: Math.min(since, now) };
  return { last: now, since: now - last > apart ? last : since };
}

function soundVisit(kept: string | undefined): Visit | undefined {
  const [last, since] = (kept ?? '').split(' ').map(Number);
  return last !== undefined && since !== undefined && last > 0 && since > 0 ? { last, since } : undefined;
}

export function visitText({ last, since }: Visit): string {
  return `${last} ${since}`;
}
