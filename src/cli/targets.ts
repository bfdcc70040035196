import { Command } from 'commander';
import type { Composition } from '../container.ts';
import { eventTypeName } from '../huntflow/event-type.ts';
import type { KnownTarget } from '../targets/target-state.ts';
import { type ShownTarget, shownTargets } from '../shown/target.ts';
import type { Language, Text } from '../text.ts';
import { confirmCommand } from './confirm-target.ts';
import { withComposition } from './open.ts';
import { operator } from './operator.ts';
import { type ConfigOption, configured, type JsonOption } from './options.ts';
import { spokenWord } from './spoken-word.ts';
import { formatTime, table } from './table.ts';
import { CommandError, type Terminal } from './terminal.ts';

interface PauseOptions extends ConfigOption {
  readonly reason?: string;
}

interface ListOptions extends ConfigOption, JsonOption {}

export function targetsCommand(terminal: Terminal): Command {
  const list = configured('list', 'targets, how they are and what they are owed')
    .option('--json', 'for machines')
    .action((options: ListOptions) => listTargets(options, terminal));
  const pause = configured('pause', 'hold everything for a target; nothing is lost and no attempts are spent')
    .argument('<target>')
    .option('--reason <reason>', 'why, for whoever comes after you; shown to all: no names of people')
    .action((target: string, options: PauseOptions) => setPaused(target, true, options, terminal));
  const resume = configured('resume', 'go on with a paused target')
    .argument('<target>')
    .action((target: string, options: ConfigOption) => setPaused(target, false, options, terminal));
  return new Command('targets')
    .description('where records go')
    .addCommand(list, { isDefault: true })
    .addCommand(pause)
    .addCommand(resume)
    .addCommand(confirmCommand(terminal));
}

async function listTargets(options: ListOptions, terminal: Terminal): Promise<void> {
  await withComposition(options.config, async (composition) => {
    const {
      targets,
      outbox,
      states,
      now,
      config: { zone },
    } = composition;
    const [open, known, attention] = [await outbox.open(), await states.all(), await outbox.attention()];
    const flow = await outbox.flowOf(targets.map(({ name }) => name));
    const items = shownTargets({ targets, open, known, attention, ...flow, now: now() });
    if (options.json) terminal.print(JSON.stringify({ items, next: null }));
    else {
      terminal.print(
        table(
          terminal.language,
          ['TARGET', 'ADAPTER', 'STATE', 'WAITING', 'DEAD', 'ATTENTION', 'OLDEST'],
          items.map((item) => [
            item.name,
            item.adapter ?? '—',
            stateWords(item, isFailing(known.get(item.name)), zone, terminal.language),
            String(item.pending),
            String(item.dead),
            String(item.attention),
            item.oldestAt === null ? '' : formatTime(Date.parse(item.oldestAt), zone),
          ]),
        ),
      );
      for (const line of await unmapped(composition)) terminal.print(line[terminal.language]);
    }
  });
}

function stateWords(
  item: Pick<ShownTarget, 'state' | 'restingUntil' | 'holds' | 'pausedBy' | 'pausedReason' | 'nextTryAt'>,
  failing: boolean,
  zone: string,
  language: Language,
): string {
  const [till, holds] = language === 'ru' ? ['до', 'придержано'] : ['until', 'holds'];
  const until = item.restingUntil === null ? '' : ` (${till} ${formatTime(Date.parse(item.restingUntil), zone)})`;
  const why = [item.pausedBy, item.pausedReason].filter((words) => words !== null).join(': ');
  const next = item.nextTryAt === null ? '' : formatTime(Date.parse(item.nextTryAt), zone);
  if (item.state === 'active' && failing) {
    const [ru, en] = next === '' ? ['', ''] : [`, следующая попытка ${next}`, `, next try ${next}`];
    return { ru: `недоступна${ru}`, en: `unreachable${en}` }[language];
  }
  return `${spokenWord(item.state, language)}${until}${why === '' ? '' : ` (${why})`}${item.holds.length === 0 ? '' : `, ${holds} ${item.holds.length}`}`;
}

/** It works as far as the breaker goes, and could not be reached when it was tried last. */
function isFailing(known: KnownTarget | undefined): boolean {
  return known?.state.is === 'active' && known.state.failures > 0;
}

/** Events come from Huntflow that go to no target at all: a mapping may be missing, or the webhook sends too much. */
async function unmapped({ inbox, mappings }: Composition): Promise<readonly Text[]> {
  const skipped = await inbox.skippedTypes();
  if (skipped.length === 0) return [];
  const wanted = new Set((await mappings.read()).mappings.flatMap(({ on }) => on.event.map(eventTypeName)));
  return skipped
    .filter(({ event }) => !wanted.has(event))
    .map(({ event, count }) => ({
      ru: `\n${event}: сохранено, ни один маппинг их не берёт (среди последних: ${count})`,
      en: `\n${event}: kept, no mapping wants them (of the newest: ${count})`,
    }));
}

async function setPaused(name: string, paused: boolean, options: PauseOptions, terminal: Terminal): Promise<void> {
  await withComposition(options.config, async (composition) => {
    const { targets, states, now } = composition;
    if (!targets.some((target) => target.name === name)) {
      throw new CommandError({
        ru: `цели «${name}» нет в connector.yaml`,
        en: `there is no target "${name}" in connector.yaml`,
      });
    }
    const actor = operator(composition);
    await (paused ? states.pause(name, now(), actor, options.reason) : states.resume(name, { actor, now: now() }));
    const words = paused
      ? {
          ru: `«${name}» на паузе: доставки копятся и ничего не теряют`,
          en: `"${name}" is paused: deliveries wait and lose nothing`,
        }
      : { ru: `«${name}» снова работает`, en: `"${name}" goes on` };
    terminal.print(words[terminal.language]);
  });
}
