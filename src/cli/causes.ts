import type { Command } from 'commander';
import { mostCounted } from '../outbox/open-causes.ts';
import { shownCause } from '../shown/cause.ts';
import { lookedFor } from '../shown/open-texts.ts';
import type { Text } from '../text.ts';
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
  await withComposition(options.config, async ({ outbox, targets, config: { zone } }) => {
    const causes = await outbox.causes();
    const shown = await Promise.all(
      causes.map(async (cause) =>
        shownCause(cause, targets, terminal.language, await lookedFor(outbox, targets, cause)),
      ),
    );
    if (options.json) {
      terminal.print(JSON.stringify({ items: shown, next: null }));
      return;
    }
    if (causes.length === 0) terminal.note(nothing[terminal.language]);
    terminal.print(
      table(
        terminal.language,
        ['CAUSE', 'TARGET', 'KIND', 'DELIVERIES', 'DEAD', 'PEOPLE', 'FIRST', 'LAST', 'WHO', 'WHY'],
        shown.map((cause) => [
          cause.id,
          cause.target,
          cause.kind,
          counted(cause.deliveries),
          counted(cause.dead),
          counted(cause.people),
          formatTime(Date.parse(cause.first), zone),
          formatTime(Date.parse(cause.last), zone),
          cause.who,
          cause.text,
        ]),
      ),
    );
    for (const { id, dead, advice, command } of shown) {
      terminal.print(`\n${id}: ${dead === 0 ? waitsOnly[terminal.language] : ''}${advice}`);
      terminal.print(`  ${typedCommand(command, options.config)}`);
    }
  });
}

const waitsOnly: Text = {
  ru: 'всё это ещё повторится само, человека не ждёт; ',
  en: 'all of it is tried again by itself and waits for nobody; ',
};

/** Counting stops. */
export function counted(count: number): string {
  return count >= mostCounted ? '1 000+' : String(count);
}
