import { object, string } from 'yup';
import type { Drafts } from '../../mapping/store/drafts.ts';
import { flag, isoTime, page, shape, text, textOrNull, time, timeOrNull } from '../../shown/shape.ts';
import { conflict } from '../api/api-error.ts';
import { type Endpoint, endpoint } from '../api/endpoint.ts';
import type { ConsoleParts } from '../parts.ts';
import { longestMapping, sourceOf, unknownMapping } from '../workbench/read-draft.ts';

const draftSchema = shape({ text: text(), base: textOrNull(), savedAt: timeOrNull() });

const changedElsewhere = {
  ru: 'этот черновик тем временем изменили в другой вкладке или другом браузере',
  en: 'this draft was changed meanwhile in another tab or another browser',
};

/** What somebody has begun to change; each has his own. */
export function draftRoutes(parts: ConsoleParts, drafts: Drafts): Endpoint[] {
  return [
    endpoint({
      method: 'get',
      path: '/drafts',
      role: 'author',
      summary: { ru: 'Свои черновики маппингов', en: 'One’s own drafts of mappings' },
      answer: page(shape({ mapping: text(), savedAt: time() })),
      act: async ({ caller }) => ({
        items: (await drafts.ofUser(caller.name)).map(({ mapping, savedAt }) => ({
          mapping,
          savedAt: isoTime(savedAt),
        })),
        next: null,
      }),
    }),
    endpoint({
      method: 'get',
      path: '/mappings/:name/draft',
      role: 'author',
      summary: { ru: 'Свой черновик, или файл как он есть', en: 'One’s own draft, or the file as it is' },
      answer: shape({ ...draftSchema.fields, file: textOrNull(), source: textOrNull(), sourceHash: textOrNull() }),
      act: async ({ params, caller }) => {
        const name = params['name'] ?? '';
        const [draft, source] = await Promise.all([drafts.find(name, caller.name), sourceOf(parts, name)]);
        if (draft === undefined && source === undefined) throw unknownMapping(name);
        return {
          text: draft?.text ?? source?.text ?? '',
          base: draft === undefined ? (source?.hash ?? null) : draft.base,
          savedAt: isoTime(draft?.savedAt ?? null),
          file: source?.file ?? null,
          source: source?.text ?? null,
          sourceHash: source?.hash ?? null,
        };
      },
    }),
    endpoint({
      method: 'put',
      path: '/mappings/:name/draft',
      role: 'author',
      summary: { ru: 'Сохранить свой черновик', en: 'Keep one’s own draft' },
      body: object({
        text: string().max(longestMapping).defined(),
        base: string().max(64).nullable().default(null),
        /** `savedAt` of the draft that was worked on, null: there was none; left out, whatever is there is replaced. */
        seen: string().max(64).nullable(),
      }).noUnknown(),
      answer: draftSchema,
      act: async ({ params, body, caller }) => {
        const name = (params['name'] ?? '').slice(0, 200);
        const before = await drafts.find(name, caller.name);
        if (body.seen !== undefined && body.seen !== isoTime(before?.savedAt ?? null)) throw conflict(changedElsewhere);
        await drafts.save(name, caller.name, body.text, body.base);
        const kept = await drafts.find(name, caller.name);
        return { text: body.text, base: body.base, savedAt: isoTime(kept?.savedAt ?? null) };
      },
    }),
    endpoint({
      method: 'delete',
      path: '/mappings/:name/draft',
      role: 'author',
      summary: { ru: 'Выбросить свой черновик', en: 'Throw one’s own draft away' },
      answer: shape({ dropped: flag() }),
      act: async ({ params, caller }) => {
        const name = params['name'] ?? '';
        const there = (await drafts.find(name, caller.name)) !== undefined;
        await drafts.drop(name, caller.name);
        return { dropped: there };
      },
    }),
  ];
}
