import { array, object } from 'yup';
import {
  attentionSchema,
  blockedSchema,
  causeSchema,
  shownAttention,
  shownBlocked,
  shownCause,
} from '../../shown/cause.ts';
import { lookedFor } from '../../shown/open-texts.ts';
import { instantIn, moment } from '../../shown/delivery-filter.ts';
import { rowId } from '../../shown/row-id.ts';
import { id, listOf, page, shape } from '../../shown/shape.ts';
import { actorOf } from '../api/actor.ts';
import { pageOf, readCursor } from '../api/cursor.ts';
import { type Endpoint, endpoint } from '../api/endpoint.ts';
import { pagingFields, usualLimit } from '../api/paging.ts';
import type { ConsoleParts } from '../parts.ts';

const paging = object(pagingFields).noUnknown();

/** What keeps deliveries from where they belong, and what a person should look at. */
export function causeRoutes({ config, targets, outbox, audit, now }: ConsoleParts): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/causes',
      role: 'viewer',
      summary: {
        ru: 'Почему доставки не проходят; since — от какого времени считать новое (fresh)',
        en: 'Why deliveries fail; since: from when on what failed is fresh',
      },
      query: object({ since: moment() }).noUnknown(),
      answer: page(causeSchema),
      act: async ({ query: { since }, language }) => ({
        items: await Promise.all(
          (await outbox.causes(since === undefined ? undefined : instantIn(config.zone, since))).map(async (cause) =>
            shownCause(cause, targets, language, await lookedFor(outbox, targets, cause)),
          ),
        ),
        next: null,
      }),
    }),
    endpoint({
      method: 'get',
      path: '/blocked',
      role: 'viewer',
      summary: { ru: 'Ключи, которые держит недоставленное', en: 'Keys that a dead letter holds back' },
      query: paging,
      answer: page(blockedSchema),
      act: async ({ query: { cursor, limit = usualLimit } }) =>
        pageOf(await outbox.blocked(limit + 1, readCursor(cursor)), limit, ({ head }) => head, shownBlocked),
    }),
    endpoint({
      method: 'get',
      path: '/attention',
      role: 'viewer',
      summary: {
        ru: 'Доставленное с замечаниями, которых никто не видел',
        en: 'Delivered, with findings nobody has seen',
      },
      query: paging,
      answer: page(attentionSchema),
      act: async ({ query: { cursor, limit = usualLimit }, language }) => {
        const before = readCursor(cursor);
        const filter = { attention: 'open' as const, limit: limit + 1, ...(before !== undefined && { before }) };
        return pageOf(
          await outbox.list(filter),
          limit,
          (delivery) => delivery.id,
          (delivery) => shownAttention(delivery, language),
        );
      },
    }),
    endpoint({
      method: 'post',
      path: '/attention/seen',
      role: 'operator',
      summary: { ru: 'Замечания просмотрены', en: 'Somebody has seen these findings' },
      body: object({ ids: array(rowId().defined()).min(1).max(1000).defined() }).noUnknown(),
      answer: shape({ seen: listOf(id()), left: listOf(id()) }),
      act: async ({ body: { ids }, caller }) => {
        const seen = await outbox.markSeen(ids, now(), actorOf(audit, caller));
        return { seen, left: ids.filter((each) => !seen.includes(each)) };
      },
    }),
  ];
}
