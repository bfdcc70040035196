import { wallTimeAt } from '../mapping/conversions/wall-time.ts';

/** Minutes of the day that clocks in the zone show. */
export function minuteOfDay(now: number, zone: string): number {
  const wall = wallTimeAt(now, zone);
  return Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16));
}

/** Whether nobody wants to be told now; hours may pass midnight. */
export function isQuiet(
  quiet: { readonly from: number; readonly to: number } | undefined,
  now: number,
  zone: string,
): boolean {
  if (quiet === undefined) return false;
  const minute = minuteOfDay(now, zone);
  return quiet.from <= quiet.to ? minute >= quiet.from && minute < quiet.to : minute >= quiet.from || minute < quiet.to;
}
