import { object, string } from 'yup';
import { auditSchema, shownAudit } from '../../shown/audit.ts';
import { instantIn, moment } from '../../shown/delivery-filter.ts';
import { page } from '../../shown/shape.ts';
import { pageOf, readCursor } from '../api/cursor.ts';
import { type Endpoint, endpoint } from '../api/endpoint.ts';
import { pagingFields, usualLimit } from '../api/paging.ts';
import type { ConsoleParts } from '../parts.ts';

const word = () => string().max(200);

export function auditRoutes({ audit, config }: ConsoleParts): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/audit',
      role: 'viewer',
      summary: { ru: 'Кто что сделал, новое сначала', en: 'Who did what, newest first' },
      query: object({
        who: word(),
        action: word(),
        /** Of one thing, as kind/id. */
        on: word(),
        from: moment(),
        to: moment(),
        ...pagingFields,
      }).noUnknown(),
      answer: page(auditSchema),
      act: async ({ query: { who, action, on, from, to, cursor, limit = usualLimit } }) => {
        const before = readCursor(cursor);
        const rows = await audit.list({
          ...(who !== undefined && { who }),
          ...(action !== undefined && { action }),
          ...(on !== undefined && { on }),
          ...(from !== undefined && { since: instantIn(config.zone, from) }),
          ...(to !== undefined && { until: instantIn(config.zone, to) }),
          ...(before !== undefined && { before }),
          limit: limit + 1,
        });
        return pageOf(rows, limit, ({ seq }) => seq, shownAudit);
      },
    }),
  ];
}
