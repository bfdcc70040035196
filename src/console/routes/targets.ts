import { object } from 'yup';
import { adapterErrorKind, UnavailableError } from '../../adapter.ts';
import { type SeenTarget, seenTargets, shownTarget, targetSchema } from '../../shown/target.ts';
import { checkTarget } from '../../shown/target-check.ts';
import { flag, listOf, oneOf, page, shape, text, textOrNull } from '../../shown/shape.ts';
import { longestReason } from '../../targets/pause.ts';
import type { Target } from '../../targets/target.ts';
import type { Language } from '../../text.ts';
import { actorOf } from '../api/actor.ts';
import { conflict, notFound } from '../api/api-error.ts';
import type { Caller } from '../api/caller.ts';
import { type Endpoint, endpoint } from '../api/endpoint.ts';
import type { Kept } from '../api/kept.ts';
import { trimmedText } from '../api/trimmed-text.ts';
import type { ConsoleParts } from '../parts.ts';

export const checkedSchema = shape({
  /** Nothing that was found is an error. */
  ok: flag(),
  findings: listOf(
    shape({ level: oneOf(['error', 'warning', 'info']), text: text(), mapping: textOrNull(), field: textOrNull() }),
  ),
});

/** Where records go: how it is, and what a person does about it. */
export function targetRoutes(parts: ConsoleParts, kept: Kept<{ readonly targets: SeenTarget[] }>): Endpoint[] {
  const { config, states, audit, mappings, toolsFor, folderOf, now } = parts;
  return [
    endpoint({
      method: 'get',
      path: '/targets',
      role: 'viewer',
      summary: { ru: 'Цели: как они и что им должны', en: 'Targets, how they are and what they are owed' },
      answer: page(targetSchema),
      act: async ({ language }) => {
        const hearer = { language, zone: config.zone, now: now() };
        return { items: (await kept.get()).targets.map((target) => shownTarget(target, hearer)), next: null };
      },
    }),
    endpoint({
      method: 'post',
      path: '/targets/:name/pause',
      role: 'operator',
      summary: {
        ru: 'Держать всё для цели; ничего не теряется. reason видят все, имени человека там не место',
        en: 'Hold everything for a target; nothing is lost. reason is shown to all: no names of people in it',
      },
      body: object({ reason: trimmedText().max(longestReason) }).noUnknown(),
      answer: targetSchema,
      act: async ({ params, body: { reason }, caller, language }) => {
        const { name } = targetNamed(parts, params['name']);
        await pause(parts, name, caller, reason);
        return targetNow(parts, name, language);
      },
    }),
    endpoint({
      method: 'post',
      path: '/targets/:name/resume',
      role: 'operator',
      summary: { ru: 'Продолжить', en: 'Go on' },
      answer: targetSchema,
      act: async ({ params, caller, language }) => {
        const { name } = targetNamed(parts, params['name']);
        await states.resume(name, { actor: actorOf(audit, caller), now: now() });
        return targetNow(parts, name, language);
      },
    }),
    endpoint({
      method: 'post',
      path: '/targets/:name/check',
      role: 'operator',
      summary: { ru: 'Проверить вживую, ничего не записывая', en: 'Check it live, writing nothing' },
      answer: checkedSchema,
      act: async ({ params, language, signal }) => {
        const target = targetNamed(parts, params['name']);
        const own = mappings.current.filter(({ to }) => to === target.name);
        const findings = await checkTarget(target, own, toolsFor, signal);
        return {
          ok: !findings.some(({ level }) => level === 'error'),
          findings: findings.map(({ level, text: words, mapping, path }) => ({
            level,
            text: typeof words === 'string' ? words : words[language],
            mapping: mapping ?? null,
            field: path === undefined ? null : path.join('.'),
          })),
        };
      },
    }),
    endpoint({
      method: 'post',
      path: '/targets/:name/confirm',
      role: 'operator',
      summary: { ru: 'Диск под папкой цели тот самый', en: 'The disk under the folder of a target is the right one' },
      answer: targetSchema,
      act: async ({ params, caller, language }) => {
        const target = targetNamed(parts, params['name']);
        const folder = folderOf(target);
        if (folder === undefined)
          throw conflict({
            ru: `«${target.name}» не пишет в папку: подтверждать нечего`,
            en: `"${target.name}" writes to no folder: there is nothing to confirm`,
          });
        await folder.confirm().catch((error: unknown) => {
          if (adapterErrorKind(error) === undefined || !(error instanceof UnavailableError)) throw error;
          throw conflict(error.text);
        });
        await states.endRest(target.name);
        await audit.add(actorOf(audit, caller), { action: 'confirm', on: [`target/${target.name}`] });
        return targetNow(parts, target.name, language);
      },
    }),
  ];
}

export async function targetsOf({ targets, outbox, states, now }: ConsoleParts) {
  return seenTargets({
    targets,
    open: await outbox.openAtAGlance(),
    known: await states.all(),
    attention: await outbox.attentionAtAGlance(),
    ...(await outbox.flowOf(targets.map(({ name }) => name))),
    now: now(),
  });
}

async function pause(
  { states, audit, now }: ConsoleParts,
  name: string,
  caller: Caller,
  reason: string | undefined,
): Promise<void> {
  const { state } = await states.find(name);
  if (state.is === 'paused') {
    const by = state.by ?? undefined;
    throw conflict(
      {
        ru: `«${name}» уже на паузе${by === undefined ? '' : ` (${by})`}`,
        en: `"${name}" is paused already${by === undefined ? '' : ` (${by})`}`,
      },
      'paused',
      by,
    );
  }
  const why = reason === '' ? undefined : reason;
  await states.pause(name, now(), actorOf(audit, caller), why);
}

async function targetNow(parts: ConsoleParts, name: string, language: Language) {
  const found = (await targetsOf(parts)).find((target) => target.name === name);
  if (found === undefined) throw unknownTarget(name);
  return shownTarget(found, { language, zone: parts.config.zone, now: parts.now() });
}

function targetNamed({ targets }: ConsoleParts, name = ''): Target {
  const target = targets.find((each) => each.name === name);
  if (target === undefined) throw unknownTarget(name);
  return target;
}

function unknownTarget(name: string) {
  const shown = name.slice(0, 100);
  return notFound({
    ru: `цели «${shown}» нет в connector.yaml`,
    en: `there is no target "${shown}" in connector.yaml`,
  });
}
