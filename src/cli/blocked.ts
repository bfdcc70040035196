import type { Command } from 'commander';
import { maskKey } from '../report/mask.ts';
import { shownBlocked } from '../shown/cause.ts';
import { counted } from './causes.ts';
import { withComposition } from './open.ts';
import { type ConfigOption, configured, type JsonOption, limit } from './options.ts';
import { spokenWord } from './spoken-word.ts';
import { formatTime, table } from './table.ts';
import type { Terminal } from './terminal.ts';
import { firstRows } from './first-rows.ts';

interface Options extends ConfigOption, JsonOption {
  readonly limit?: number | 'all';
}

/** Keys that a dead letter holds back. */
export function blockedCommand(terminal: Terminal): Command {
  return configured('blocked', 'keys that a dead letter holds back, and how many wait behind it')
    .option('--limit <count>', 'at most so many, or all (default: 50)', limit)
    .option('--json', 'for machines')
    .action((options: Options) => listBlocked(options, terminal));
}

async function listBlocked(options: Options, terminal: Terminal): Promise<void> {
  await withComposition(options.config, async ({ outbox, config: { zone } }) => {
    const blocked = await firstRows(options.limit, (most) => outbox.blocked(most), options.json ? undefined : terminal);
    if (options.json) {
      terminal.print(JSON.stringify({ items: blocked.map(shownBlocked), next: null }));
      return;
    }
    terminal.print(
      table(
        terminal.language,
        ['TARGET', 'KEY', 'DELIVERY', 'WHY', 'SINCE', 'BEHIND'],
        blocked.map(({ target, key, head, reason, since, behind }) => [
          target,
          maskKey(key),
          String(head),
          spokenWord(reason, terminal.language),
          formatTime(since, zone),
          counted(behind),
        ]),
      ),
    );
  });
}
