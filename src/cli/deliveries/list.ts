import { withComposition } from '../open.ts';
import type { ConfigOption, JsonOption } from '../options.ts';
import { formatTime, table } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { filterOf, type FilterOptions } from './filter-options.ts';
import { stateWords } from './shown.ts';
import { shownDelivery, shownKey } from '../../shown/delivery.ts';
import { firstRows } from '../first-rows.ts';

export interface ListOptions extends FilterOptions, ConfigOption, JsonOption {
  readonly limit?: number | 'all';
}

export async function listDeliveries(options: ListOptions, terminal: Terminal): Promise<void> {
  await withComposition(options.config, async (composition) => {
    const { outbox, config } = composition;
    const { limit, json } = options;
    const filter = await filterOf(composition, options);
    const deliveries = await firstRows(
      limit,
      (most) => outbox.list({ ...filter, ...(most !== undefined && { limit: most }) }),
      json ? undefined : terminal,
    );
    if (json) {
      terminal.print(
        JSON.stringify({ items: deliveries.map((delivery) => shownDelivery(delivery, terminal.language)), next: null }),
      );
      return;
    }
    terminal.print(
      table(
        terminal.language,
        ['ID', 'EVENT', 'MAPPING', 'TARGET', 'KEY', 'STATE', 'ATTEMPTS', 'DUE', 'LAST ERROR'],
        deliveries.map((delivery) => [
          String(delivery.id),
          String(delivery.eventId ?? ''),
          delivery.mapping,
          delivery.target,
          shownKey(delivery) ?? '',
          stateWords(delivery),
          String(delivery.attempts),
          formatTime(delivery.dueAt, config.zone),
          delivery.lastError?.[terminal.language] ?? '',
        ]),
      ),
    );
  });
}
