import { Command } from 'commander';
import type { Composition } from '../container.ts';
import { eventTypeName } from '../huntflow/event-type.ts';
import { type Hearer, type SeenTarget, seenTargets, standingOf } from '../shown/target.ts';
import { standingWords } from '../words/target-standing.ts';
import type { Text } from '../text.ts';
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
    const hearer = { language: terminal.language, zone, now: now() };
    const items = seenTargets({ targets, open, known, attention, ...flow, now: hearer.now });
    // The same whatever language is spoken: what people read of it is the table.
    if (options.json) terminal.print(JSON.stringify({ items, next: null }));
    else {
      terminal.print(
        table(
          terminal.language,
          ['TARGET', 'ADAPTER', 'STATE', 'WAITING', 'DEAD', 'ATTENTION', 'OLDEST'],
          items.map((item) => [
            item.name,
            item.adapter ?? '—',
            stateCell(item, hearer),
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

/** The name, and what is owed, stand in columns of their own. */
function stateCell(item: SeenTarget, hearer: Hearer): string {
  const { language } = hearer;
  const words =
    item.condition === 'works' || item.condition === 'stuck'
      ? spokenWord(item.state, language)
      : standingWords(standingOf(item, hearer))[language];
  const holds = { ru: 'придержано', en: 'holds' }[language];
  return item.holds.length === 0 ? words : `${words}, ${holds} ${item.holds.length}`;
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
