import type { InferType } from 'yup';
import type { Alarm } from '../alarms/alarm.ts';
import type { Language } from '../text.ts';
import { count, id, isoTime, oneOf, shape, text, textOrNull, time, timeOrNull } from './shape.ts';

/** What people were told of, or are to be. */
export const alarmSchema = shape({
  id: id(),
  cause: text(),
  kind: text(),
  /** The target, source, file or folder that it is about. */
  subject: textOrNull(),
  state: oneOf(['raised', 'over']),
  text: text(),
  count: count(),
  raisedAt: time(),
  overAt: timeOrNull(),
});

export function shownAlarm(alarm: Alarm, language: Language): InferType<typeof alarmSchema> {
  return {
    id: alarm.id,
    cause: alarm.cause,
    kind: alarm.kind,
    subject: alarm.subject,
    state: alarm.overAt === null ? 'raised' : 'over',
    text: alarm.text[language],
    count: alarm.count,
    raisedAt: isoTime(alarm.raisedAt),
    overAt: isoTime(alarm.overAt),
  };
}
