import type { Command } from 'commander';
import { stagesOf } from '../config/config.ts';
import { isStage } from '../huntflow/stage.ts';
import { withComposition } from './open.ts';
import { type ConfigOption, configured, type JsonOption } from './options.ts';
import { formatTime, table } from './table.ts';
import type { Terminal } from './terminal.ts';

interface StagesOptions extends ConfigOption, JsonOption {}

export function stagesCommand(terminal: Terminal): Command {
  return configured('stages', 'stages that events have named: ids for `stages` in connector.yaml')
    .option('--json', 'for machines')
    .action((options: StagesOptions) => listStages(options, terminal));
}

async function listStages(options: StagesOptions, terminal: Terminal): Promise<void> {
  await withComposition(options.config, async ({ stages, config }) => {
    const seen = await stages.list();
    const aliasesOf = (source: string, id: string, name: string) =>
      Object.entries(stagesOf(config, source)).flatMap(([alias, members]) =>
        members.some((member) => isStage(member, id, name)) ? [alias] : [],
      );
    const items = seen.map((stage) => ({
      source: stage.source,
      id: stage.id,
      name: stage.name,
      events: stage.events,
      hires: stage.hires,
      lastAt: new Date(stage.lastAt).toISOString(),
      aliases: aliasesOf(stage.source, stage.id, stage.name),
    }));
    if (options.json) terminal.print(JSON.stringify({ items, next: null }));
    else
      terminal.print(
        table(
          terminal.language,
          ['SOURCE', 'ID', 'NAME', 'EVENTS', 'WITH QUOTA', 'LAST SEEN', 'ALIAS'],
          items.map((item) => [
            item.source,
            item.id,
            item.name,
            String(item.events),
            String(item.hires),
            formatTime(Date.parse(item.lastAt), config.zone),
            item.aliases.join(', '),
          ]),
        ),
      );
  });
}
