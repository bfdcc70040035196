import type { BulkAction, Preview } from '../../bulk/bulk.ts';
import type { Delivery } from '../../outbox/delivery.ts';
import { formatTime, table } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { counted } from '../causes.ts';
import { stateWords } from './shown.ts';
import { shownKey } from '../../shown/delivery.ts';

export function printPreview(
  action: BulkAction,
  { deliveries, people, oldest, newest }: Preview,
  examples: readonly Delivery[],
  zone: string,
  terminal: Terminal,
): void {
  const [from, to] = [formatTime(oldest, zone), formatTime(newest, zone)];
  terminal.print(
    {
      ru: `${action}: доставок ${counted(deliveries)}, людей ${counted(people)}, с ${from} по ${to}; например:`,
      en: `${action}: ${counted(deliveries)} deliveries of ${counted(people)} people, made from ${from} to ${to}; for example:`,
    }[terminal.language],
  );
  terminal.print(
    table(
      terminal.language,
      ['ID', 'MAPPING', 'TARGET', 'KEY', 'STATE', 'LAST ERROR'],
      examples.map((delivery) => [
        String(delivery.id),
        delivery.mapping,
        delivery.target,
        shownKey(delivery) ?? '',
        stateWords(delivery),
        delivery.lastError?.[terminal.language] ?? '',
      ]),
    ),
  );
}
