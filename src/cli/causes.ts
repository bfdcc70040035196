import type { Command } from 'commander';
import { adviceFor } from '../outbox/advice.ts';
import { mostCounted } from '../outbox/open-causes.ts';
import { shownCause } from '../shown/cause.ts';
import { nothing } from './first-rows.ts';
import { withComposition } from './open.ts';
import { type ConfigOption, configured, type JsonOption, typedCommand } from './options.ts';
import { formatTime, table } from './table.ts';
import type { Terminal } from './terminal.ts';

interface Options extends ConfigOption, JsonOption {}

/** What failures have in common. */
export function causesCommand(terminal: Terminal): Command {
  return configured('causes', 'why deliveries fail: what they have in common, how many people wait, who can mend it')
    .option('--json', 'for machines')
    .action((options: Options) => listCauses(options, terminal));
}

async function listCauses(options: Options, terminal: Terminal): Promise<void> {
  await withComposition(options.config, async ({ outbox, config: { zone } }) => {
    const causes = await outbox.causes();
    if (options.json) {
      terminal.print(
        JSON.stringify({ items: causes.map((cause) => shownCause(cause, terminal.language)), next: null }),
      );
      return;
    }
    if (causes.length === 0) terminal.note(nothing[terminal.language]);
    terminal.print(
      table(
        terminal.language,
        ['CAUSE', 'TARGET', 'KIND', 'DELIVERIES', 'PEOPLE', 'FIRST', 'LAST', 'WHO', 'WHY'],
        causes.map((cause) => [
          cause.id,
          cause.target,
          cause.kind,
          counted(cause.deliveries),
          counted(cause.people),
          formatTime(cause.first, zone),
          formatTime(cause.last, zone),
          adviceFor(cause.kind, cause.code, cause.field).who[terminal.language],
          cause.text[terminal.language],
        ]),
      ),
    );
    for (const { id, advice, command } of causes.map((cause) => shownCause(cause, terminal.language))) {
      terminal.print(`\n${id}: ${advice}`);
      terminal.print(`  ${typedCommand(command, options.config)}`);
    }
  });
}

/** Counting stops. */
export function counted(count: number): string {
  return count >= mostCounted ? '1 000+' : String(count);
}
