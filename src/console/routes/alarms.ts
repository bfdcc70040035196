import { object } from 'yup';
import { alarmSchema, shownAlarm } from '../../shown/alarm.ts';
import { page } from '../../shown/shape.ts';
import { pageOf, readCursor } from '../api/cursor.ts';
import { type Endpoint, endpoint } from '../api/endpoint.ts';
import { pagingFields, usualLimit } from '../api/paging.ts';
import type { ConsoleParts } from '../parts.ts';

export function alarmRoutes({ alarms }: ConsoleParts): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/alarms',
      role: 'viewer',
      summary: { ru: 'О чём людям надо знать, новое сначала', en: 'What people must hear of, newest first' },
      query: object(pagingFields).noUnknown(),
      answer: page(alarmSchema),
      act: async ({ query: { cursor, limit = usualLimit }, language }) =>
        pageOf(
          await alarms.list(limit + 1, readCursor(cursor)),
          limit,
          ({ id }) => id,
          (alarm) => shownAlarm(alarm, language),
        ),
    }),
  ];
}
