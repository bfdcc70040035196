import type { Json } from '../../huntflow/json.ts';
import { converted, type Converted, refused } from './converted.ts';
import { instantOf, wallTimeAt } from './wall-time.ts';
import { dateText, padded, readTime } from './written-time.ts';

/** Zone-less times in Huntflow's webhooks are Moscow time (facts/huntflow.md 7). */
const huntflowZone = 'Europe/Moscow';

/** The day as written, `YYYY-MM-DD`: no zone ever moves a birthday. */
export function toDate(value: Json): Converted {
  const written = typeof value === 'string' ? readTime(value) : undefined;
  return written === undefined
    ? refused(
        'здесь нужна существующая дата: ГГГГ-ММ-ДД или дд.мм.гггг',
        'an existing date is needed here: YYYY-MM-DD or dd.mm.yyyy',
      )
    : converted(dateText(written));
}

/**
 * Wall time in `zone`, `YYYY-MM-DDTHH:MM:SS`; a date gives T00:00:00 of that same day, a time without an offset is
 * Moscow's.
 */
export function toDateTime(value: Json, zone: string): Converted {
  const written = typeof value === 'string' ? readTime(value) : undefined;
  if (written === undefined) {
    return refused(
      'здесь нужны существующие дата и время: ГГГГ-ММ-ДДTЧЧ:ММ:СС',
      'an existing date and time is needed here: YYYY-MM-DDTHH:MM:SS',
    );
  }
  const { time, offset } = written;
  if (time === undefined) return converted(`${dateText(written)}T00:00:00`);
  if (offset === undefined && zone === huntflowZone) {
    return converted(
      `${dateText(written)}T${padded(time.hour, 2)}:${padded(time.minute, 2)}:${padded(time.second, 2)}`,
    );
  }
  return converted(wallTimeAt(instantOf(written, huntflowZone), zone));
}
