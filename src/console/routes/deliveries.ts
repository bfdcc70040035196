import { object } from 'yup';
import { deliveryFilter, filterFields } from '../../shown/delivery-filter.ts';
import { deliverySchema, shownDelivery } from '../../shown/delivery.ts';
import { page } from '../../shown/shape.ts';
import { pageOf, readCursor } from '../api/cursor.ts';
import { type Endpoint, endpoint } from '../api/endpoint.ts';
import { pagingFields, usualLimit } from '../api/paging.ts';
import type { ConsoleParts } from '../parts.ts';
import { changeRoutes } from './delivery-changes.ts';
import { deliveryDetailOf, detailSchema } from './delivery-detail.ts';

export function deliveryRoutes(parts: ConsoleParts): Endpoint[] {
  const { outbox, config } = parts;
  return [
    endpoint({
      method: 'get',
      path: '/deliveries',
      role: 'viewer',
      summary: { ru: 'Доставки, новые сначала', en: 'Deliveries, newest first' },
      query: object({ ...filterFields, ...pagingFields }).noUnknown(),
      answer: page(deliverySchema),
      act: async ({ query: { cursor, limit = usualLimit, ...words }, language }) => {
        const before = readCursor(cursor);
        const filter = deliveryFilter(words, config.zone);
        return pageOf(
          await outbox.list({ ...filter, limit: limit + 1, ...(before !== undefined && { before }) }),
          limit,
          ({ id }) => id,
          (delivery) => shownDelivery(delivery, language),
        );
      },
    }),
    endpoint({
      method: 'get',
      path: '/deliveries/:id',
      role: 'viewer',
      summary: {
        ru: 'Доставка: запись, попытки, версии, цепочка',
        en: 'A delivery: record, attempts, versions, chain',
      },
      answer: detailSchema,
      act: async ({ params, language }) => deliveryDetailOf(parts, params['id'], language),
    }),
    ...changeRoutes(parts),
  ];
}
