import { Command } from 'commander';
import { shownAttention } from '../shown/cause.ts';
import { shownKey } from '../shown/delivery.ts';
import { withComposition } from './open.ts';
import { operator } from './operator.ts';
import { type ConfigOption, configured, counts, type JsonOption, limit } from './options.ts';
import { formatTime, table } from './table.ts';
import { CommandError, type Terminal } from './terminal.ts';
import { firstRows } from './first-rows.ts';

interface ListOptions extends ConfigOption, JsonOption {
  readonly limit?: number | 'all';
}

interface SeenOptions extends ConfigOption, JsonOption {}

/** Delivered, with findings that nobody has seen. */
export function attentionCommand(terminal: Terminal): Command {
  const list = configured('list', 'deliveries with findings that nobody has seen, newest first')
    .option('--limit <count>', 'at most so many, or all (default: 50)', limit)
    .option('--json', 'for machines')
    .action((options: ListOptions) => listAttention(options, terminal));
  const seen = configured('seen', 'somebody has seen these')
    .argument('<ids...>', 'delivery ids', counts)
    .option('--json', 'for machines')
    .action((ids: readonly number[], options: SeenOptions) => markSeen(ids, options, terminal));
  return new Command('attention')
    .description('what targets have, but a person should look at')
    .addCommand(list, { isDefault: true })
    .addCommand(seen);
}

async function listAttention(options: ListOptions, terminal: Terminal): Promise<void> {
  await withComposition(options.config, async ({ outbox, config: { zone } }) => {
    const deliveries = await firstRows(
      options.limit,
      (most) => outbox.list({ attention: 'open', ...(most !== undefined && { limit: most }) }),
      options.json ? undefined : terminal,
    );
    if (options.json) {
      const items = deliveries.map((delivery) => shownAttention(delivery, terminal.language));
      terminal.print(JSON.stringify({ items, next: null }));
      return;
    }
    terminal.print(
      table(
        terminal.language,
        ['ID', 'EVENT', 'MAPPING', 'TARGET', 'KEY', 'DELIVERED', 'FINDINGS'],
        deliveries.map((delivery) => [
          String(delivery.id),
          String(delivery.eventId ?? ''),
          delivery.mapping,
          delivery.target,
          shownKey(delivery) ?? '',
          formatTime(delivery.finishedAt, zone),
          delivery.attention.map((finding) => finding[terminal.language]).join('; '),
        ]),
      ),
    );
  });
}

async function markSeen(ids: readonly number[], options: SeenOptions, terminal: Terminal): Promise<void> {
  await withComposition(options.config, async (composition) => {
    const { outbox, now } = composition;
    const seen = await outbox.markSeen(ids, now(), operator(composition));
    const left = ids.filter((id) => !seen.includes(id));
    if (options.json) terminal.print(JSON.stringify({ seen, left }));
    else terminal.print(`${{ ru: 'Отмечено', en: 'Marked as seen' }[terminal.language]}: ${seen.length}`);
    if (left.length > 0)
      throw new CommandError({
        ru: `нечего отмечать (нет такой доставки, или замечаний нет, или они уже просмотрены): ${left.join(', ')}`,
        en: `nothing to mark (no such delivery, or no findings, or seen already): ${left.join(', ')}`,
      });
  });
}
