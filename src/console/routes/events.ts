import { object, string } from 'yup';
import { stagesOf } from '../../config/config.ts';
import { eventStates, type InboxEvent } from '../../inbox/event.ts';
import { readEvent } from '../../mapping/event-view.ts';
import { conditions } from '../../mapping/record/wants.ts';
import type { Delivery } from '../../outbox/delivery.ts';
import { instantIn, moment } from '../../shown/delivery-filter.ts';
import { eventDetail, eventDetailFields, eventSchema, shownEvent } from '../../shown/event.ts';
import { bodyGone } from '../../shown/gone.ts';
import { mappedSchema, shownConditions } from '../../shown/mapped.ts';
import { idOrNull, listOf, page, shape, text } from '../../shown/shape.ts';
import { badField, notFound } from '../api/api-error.ts';
import { pageOf, readCursor } from '../api/cursor.ts';
import { type Endpoint, endpoint } from '../api/endpoint.ts';
import { pagingFields, usualLimit } from '../api/paging.ts';
import { pathId } from '../api/path-id.ts';
import type { ConsoleParts } from '../parts.ts';

const word = () => string().max(1000);

export function eventRoutes(parts: ConsoleParts): Endpoint[] {
  const { inbox, outbox, config } = parts;
  return [
    endpoint({
      method: 'get',
      path: '/events',
      role: 'viewer',
      summary: { ru: 'Что прислал Huntflow, новое сначала', en: 'What Huntflow sent, newest first' },
      query: object({
        state: string().oneOf(eventStates),
        source: word(),
        event: word(),
        type: word(),
        applicant: word(),
        /** An id of an event, or a key of its deliveries; names are searched elsewhere. */
        q: word(),
        from: moment(),
        to: moment(),
        ...pagingFields,
      }).noUnknown(),
      answer: page(eventSchema),
      act: async ({ query: { cursor, limit = usualLimit, from, to, q, applicant, ...words } }) => {
        const ids = await idsOf(parts, q, applicant, readCursor(cursor), limit + 1);
        const before = readCursor(cursor);
        const rows = await inbox.list({
          ...(words.state !== undefined && { state: words.state }),
          ...(words.source !== undefined && { source: words.source }),
          ...(words.event !== undefined && { event: words.event }),
          ...(words.type !== undefined && { type: words.type }),
          ...(from !== undefined && { since: instantIn(config.zone, from) }),
          ...(to !== undefined && { until: instantIn(config.zone, to) }),
          ...(ids !== undefined && { ids }),
          ...(before !== undefined && { before }),
          limit: limit + 1,
        });
        return pageOf(rows, limit, ({ id }) => id, shownEvent);
      },
    }),
    endpoint({
      method: 'get',
      path: '/events/:id',
      role: 'viewer',
      summary: { ru: 'Событие: что пришло и что из него вышло', en: 'An event: what came and what became of it' },
      answer: shape({
        ...eventDetailFields,
        /** What each mapping in use made of it; of one that does not want it, which condition it fails. */
        mappings: listOf(
          shape({
            mapping: text(),
            target: text(),
            /** The latest that it made. */
            delivery: idOrNull(),
            conditions: mappedSchema.fields.conditions,
          }),
        ),
      }),
      act: async ({ params, language }) => {
        const number = pathId(params['id']);
        const event = await inbox.find(number);
        if (event === undefined) throw notFound({ ru: `события ${number} нет`, en: `there is no event ${number}` });
        const deliveries = await outbox.list({ event: number });
        const gone = await bodyGone(parts, event);
        return {
          ...eventDetail(event, deliveries, gone, language),
          mappings: await wishesOf(parts, event, deliveries),
        };
      },
    }),
  ];
}

async function wishesOf({ mappings, config }: ConsoleParts, event: InboxEvent, deliveries: readonly Delivery[]) {
  const read = await readEvent(event);
  if ('unreadable' in read) return [];
  const stages = stagesOf(config, event.source);
  return mappings.current.map((mapping) => ({
    mapping: mapping.name,
    target: mapping.to,
    delivery: deliveries.find((each) => each.mapping === mapping.name)?.id ?? null,
    conditions: shownConditions(conditions(mapping, read.view, stages)),
  }));
}

/** Events found by what they are about; undefined: nothing of that was asked. */
async function idsOf(
  { outbox }: ConsoleParts,
  q: string | undefined,
  applicant: string | undefined,
  before: number | undefined,
  limit: number,
): Promise<number[] | undefined> {
  if (q === undefined && applicant === undefined) return undefined;
  if (q !== undefined && /^\d+$/.test(q.trim()) && applicant === undefined) return [Number(q)];
  if (q !== undefined && !q.includes('/') && !/^\d+$/.test(q.trim()))
    throw badField('q', {
      ru: 'здесь ищут по номеру события или ключу вида applicant/17; по имени — POST /api/people/search',
      en: 'an id of an event or a key like applicant/17 is looked for here; names by POST /api/people/search',
    });
  return outbox.eventsOf({
    ...(applicant !== undefined && { applicant }),
    ...(q?.includes('/') === true && { key: q.trim() }),
    before,
    limit,
  });
}
