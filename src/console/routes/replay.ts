import { boolean, object, string } from 'yup';
import type { Replayed, ReplayVersion } from '../../mapping/replay.ts';
import { page } from '../../shown/shape.ts';
import { replayedSchema, shownReplayed } from '../../shown/replayed.ts';
import { actorOf } from '../api/actor.ts';
import { notFound } from '../api/api-error.ts';
import { type Endpoint, endpoint } from '../api/endpoint.ts';
import { pathId } from '../api/path-id.ts';
import type { ConsoleParts } from '../parts.ts';
import { unknownMapping } from '../workbench/read-draft.ts';

export function replayRoutes({ inbox, mappings, replay, audit }: ConsoleParts): Endpoint[] {
  const versionOf = (kind: 'current' | 'original', name: string | undefined): ReplayVersion => {
    if (kind === 'original') return { kind, mapping: name };
    const chosen = mappings.current.filter((mapping) => name === undefined || mapping.name === name);
    if (chosen.length === 0 && name !== undefined) throw unknownMapping(name);
    return { kind: 'mappings', mappings: chosen };
  };
  return [
    endpoint({
      method: 'post',
      path: '/events/:id/replay',
      role: 'operator',
      summary: { ru: 'Сопоставить заново и отправить, или только показать', en: 'Map again and send, or only show' },
      body: object({
        mapping: string().max(200),
        version: string()
          .oneOf(['current', 'original'] as const)
          .default('current'),
        /** Shows what differs, and sends nothing. */
        dryRun: boolean().default(false),
      }).noUnknown(),
      answer: page(replayedSchema),
      act: async ({ params, body, caller, language }) => {
        const id = pathId(params['id']);
        const [event] = await inbox.list({ ids: [id], limit: 1 });
        if (event === undefined) throw notFound({ ru: `события ${id} нет`, en: `there is no event ${id}` });
        const actor = body.dryRun ? undefined : actorOf(audit, caller);
        const replayed: Replayed[] = [];
        const run = replay.run([id], versionOf(body.version, body.mapping), body.dryRun, actor);
        for await (const each of run) replayed.push(each);
        return { items: replayed.map((each) => shownReplayed(each, language)), next: null };
      },
    }),
  ];
}
