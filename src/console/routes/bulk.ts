import { array, boolean, number, object, string } from 'yup';
import { type Bulk, bulkActions, previewTime } from '../../bulk/bulk.ts';
import { wantedRows } from '../../bulk/wanted-rows.ts';
import {
  bulkDetailSchema,
  bulkSchema,
  previewSchema,
  shownBulk,
  shownBulkRow,
  shownPreview,
} from '../../shown/bulk.ts';
import { deliveryFilter, filterSchema } from '../../shown/delivery-filter.ts';
import { rowId } from '../../shown/row-id.ts';
import { page, shape, text, time } from '../../shown/shape.ts';
import { actorOf } from '../api/actor.ts';
import { badField, conflict, notFound } from '../api/api-error.ts';
import type { Caller } from '../api/caller.ts';
import { pageOf, readCursor } from '../api/cursor.ts';
import { type Endpoint, endpoint } from '../api/endpoint.ts';
import { pagingFields, usualLimit } from '../api/paging.ts';
import { pathId } from '../api/path-id.ts';
import type { ConsoleParts } from '../parts.ts';

const mostRows = 1000;
const examples = 5;

const wanted = object({
  action: string().oneOf(bulkActions),
  filter: filterSchema,
  /** Beside a filter they narrow further. */
  ids: array(rowId().defined()).min(1).max(mostRows),
  /** Rows a minute at most. */
  pace: number().integer().min(1).max(60_000),
  evenUnknown: boolean(),
  preview: boolean(),
  /** Of a preview: runs it. */
  token: string().max(100),
}).noUnknown();

/** A preview with the token that runs it for whoever made it, within 15 minutes; or the bulk that a token started. */
const answer = shape({ ...bulkSchema.fields, ...previewSchema.fields, token: text(), expiresAt: time() }).partial();

/** One action over many deliveries: previewed, then run by its token. */
export function bulkRoutes(parts: ConsoleParts): Endpoint[] {
  const { bulks, audit } = parts;
  return [
    endpoint({
      method: 'post',
      path: '/bulk',
      role: 'operator',
      summary: {
        ru: 'Предпросмотр действия над многими, затем запуск',
        en: 'Preview an action over many, then run it',
      },
      body: wanted,
      answer,
      act: async ({ body, caller, language }) => {
        if (body.token !== undefined) return shownBulk(await run(parts, body.token, caller));
        const { action, filter: words, ids = [], pace, evenUnknown } = body;
        if (action === undefined) throw badField('action', { ru: 'назовите действие', en: 'name the action' });
        if (body.preview !== true)
          throw badField('preview', {
            ru: 'сначала предпросмотр: preview: true, затем token из ответа',
            en: 'first a preview: preview: true, then the token of its answer',
          });
        const filter = deliveryFilter(words, parts.config.zone);
        if (ids.length === 0 && Object.keys(filter).length === 0)
          throw badField('filter', { ru: 'отберите доставки или назовите их', en: 'choose deliveries, or name them' });
        const rows = wantedRows(action, [...new Set(ids)], filter, evenUnknown);
        const preview = await bulks.preview({ action, filter: rows, by: caller.name, pace });
        const shown = await parts.outbox.list({ ...rows, limit: examples });
        return { ...shownPreview(action, preview, shown, language), ...tokenOf(await found(parts, preview.bulk)) };
      },
    }),
    endpoint({
      method: 'get',
      path: '/bulk',
      role: 'viewer',
      summary: { ru: 'Действия над многими, новые сначала', en: 'Actions over many, newest first' },
      query: object(pagingFields).noUnknown(),
      answer: page(bulkSchema),
      act: async ({ query: { cursor, limit = usualLimit } }) =>
        pageOf(await bulks.list(limit + 1, readCursor(cursor)), limit, ({ id }) => id, shownBulk),
    }),
    endpoint({
      method: 'get',
      path: '/bulk/:id',
      role: 'viewer',
      summary: { ru: 'Действие и что стало с его доставками', en: 'An action, and what became of its deliveries' },
      answer: bulkDetailSchema,
      act: async ({ params, language }) => {
        const bulk = await found(parts, pathId(params['id']));
        const rows = await bulks.rows(bulk.id, mostRows);
        return { ...shownBulk(bulk), rows: rows.map((row) => shownBulkRow(row, language)) };
      },
    }),
    endpoint({
      method: 'post',
      path: '/bulk/:id/abort',
      role: 'operator',
      summary: { ru: 'Дальше не делать; сделанное остаётся', en: 'Do no more of it; what is done stays done' },
      answer: bulkSchema,
      act: async ({ params, caller }) => {
        const { id } = await found(parts, pathId(params['id']));
        const aborted = await bulks.abort(id, actorOf(audit, caller));
        const bulk = await found(parts, id);
        if (!aborted)
          throw conflict({ ru: `действие ${id} не идёт`, en: `bulk ${id} does not run` }, bulk.state, bulk.by);
        return shownBulk(bulk);
      },
    }),
  ];
}

function tokenOf({ id, createdAt }: Bulk) {
  const token = Buffer.from(`bulk:${id}:${createdAt}`).toString('base64url');
  return { token, expiresAt: new Date(createdAt + previewTime).toISOString() };
}

async function run(parts: ConsoleParts, token: string, caller: Caller): Promise<Bulk> {
  const { bulks, states, audit } = parts;
  const [, id, made] = /^bulk:(\d{1,15}):(\d{1,15})$/.exec(Buffer.from(token, 'base64url').toString('utf8')) ?? [];
  const previewed = id === undefined ? undefined : await bulks.find(Number(id));
  // A preview is for whoever made it.
  if (previewed === undefined || String(previewed.createdAt) !== made || previewed.by !== caller.name)
    throw badField('token', {
      ru: 'такого предпросмотра нет: сделайте новый',
      en: 'there is no such preview: make another',
    });
  if (!(await bulks.start(previewed.id, actorOf(audit, caller)))) {
    const now = (await bulks.find(previewed.id)) ?? previewed;
    throw conflict(
      {
        ru: 'предпросмотр устарел или уже запущен: сделайте новый',
        en: 'the preview is over, or was run: make another',
      },
      now.state,
      now.by,
    );
  }
  // Whoever wants something tried now does not want its target to rest.
  if (previewed.action === 'retry' || previewed.action === 'remap')
    for (const target of await bulks.targets(previewed.id)) await states.endRest(target);
  return found(parts, previewed.id);
}

async function found({ bulks }: ConsoleParts, id: number): Promise<Bulk> {
  const bulk = await bulks.find(id);
  if (bulk === undefined) throw notFound({ ru: `действия ${id} нет`, en: `there is no bulk ${id}` });
  return bulk;
}
