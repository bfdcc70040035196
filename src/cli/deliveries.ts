import { Command } from 'commander';
import type { BulkAction } from '../bulk/bulk.ts';
import { chooseCommand } from './choose.ts';
import { change, type ChangeOptions } from './deliveries/change.ts';
import { editDelivery, type EditOptions } from './deliveries/edit.ts';
import { filtered } from './deliveries/filter-options.ts';
import { listDeliveries, type ListOptions } from './deliveries/list.ts';
import { showDelivery, type ShowOptions } from './deliveries/show.ts';
import { configured, count, counts, limit } from './options.ts';
import type { Terminal } from './terminal.ts';
import { paceOf } from './when.ts';

export function deliveriesCommand(terminal: Terminal): Command {
  const list = filtered(configured('list', 'records owed to targets, newest first'))
    .option('--limit <count>', 'at most so many, or all (default: 50)', limit)
    .option('--json', 'for machines')
    .action((options: ListOptions) => listDeliveries(options, terminal));
  const show = configured('show', 'one delivery with its record and attempts')
    .argument('<id>', 'delivery id', count)
    .option('--reveal', 'show personal data')
    .option('--json', 'for machines')
    .action((id: number, options: ShowOptions) => showDelivery(id, options, terminal));
  const edit = configured('edit', 'put a mended record in its place and send it')
    .argument('<id>', 'delivery id', count)
    .option('--record <file>', 'the record as JSON; an editor opens without it')
    .option('--reason <text>', 'why, for those who look later')
    .option('--even-unknown', 'also when the target may have some of it')
    .option('--yes', 'answer the question with yes')
    .option('--json', 'for machines')
    .action((id: number, options: EditOptions) => editDelivery(id, options, terminal));
  return new Command('deliveries')
    .description('what the outbox owes and has delivered')
    .addCommand(list)
    .addCommand(show)
    .addCommand(
      changing('retry', 'try again now: dead letters come back to life, waiting deliveries are not kept waiting'),
    )
    .addCommand(changing('cancel', 'give up for good; what waits behind goes on'))
    .addCommand(
      changing('remap', "make the record anew with today's mapping, in its place in the order").option(
        '--even-unknown',
        'also those of which the target may have some',
      ),
    )
    .addCommand(changing('replay', "make another delivery with today's mapping, behind what waits"))
    .addCommand(edit)
    .addCommand(chooseCommand(terminal));

  function changing(action: BulkAction, description: string): Command {
    return filtered(configured(action, description))
      .argument(
        '[ids...]',
        'delivery ids; without any, every dead letter that fits the filters, or what --state says; together they ' +
          'narrow each other',
        counts,
      )
      .option('--yes', 'answer the question with yes')
      .option('--pace <count/unit>', 'so many at most, e.g. 20/s', paceOf)
      .option('--json', 'for machines')
      .action((ids: readonly number[], options: ChangeOptions) => change(action, ids, options, terminal));
  }
}
