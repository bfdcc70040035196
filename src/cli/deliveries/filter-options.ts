import type { Command } from 'commander';
import type { Composition } from '../../container.ts';
import { validate } from '../../files/validation.ts';
import { deadReasons } from '../../outbox/delivery.ts';
import type { DeliveryFilter } from '../../outbox/filter.ts';
import type { People } from '../../people/people.ts';
import { count, oneOf } from '../options.ts';
import { CommandError } from '../terminal.ts';
import { deliveryFilter, filterSchema, filterStates } from '../../shown/delivery-filter.ts';
import { join } from '../../text.ts';

export interface FilterOptions {
  /** `blocked`: pending, behind a dead letter. */
  readonly state?: (typeof filterStates)[number];
  readonly target?: string;
  readonly mapping?: string;
  readonly event?: number;
  readonly key?: string;
  readonly reason?: string;
  readonly cause?: string;
  readonly applicant?: string;
  readonly vacancy?: string;
  /** A name, or a mail address, or a phone. */
  readonly name?: string;
  readonly from?: string;
  readonly to?: string;
}

export function filtered(command: Command): Command {
  return command
    .option('--state <state>', filterStates.join(', '), oneOf(...filterStates))
    .option('--target <name>', 'to one target')
    .option('--mapping <name>', 'of one mapping')
    .option('--event <id>', 'of one event', count)
    .option('--key <key>', 'of one key, e.g. applicant/17')
    .option('--reason <reason>', `dead for this: ${deadReasons.join(', ')}`)
    .option('--cause <id>', 'of one cause, see causes')
    .option('--applicant <id>', 'about one applicant')
    .option('--vacancy <id>', 'about one vacancy')
    .option('--name <text>', 'about people of this name, mail address or phone')
    .option('--from <time>', 'made since then, e.g. 2026-12-01 or "2026-12-01 09:30"')
    .option('--to <time>', 'made before then');
}

/** People that a name may mean at once. */
const mostNamed = 200;

/** Throws when nobody has ever heard of the target, or a word is none. */
export async function filterOf(
  { outbox, people, targets, config: { zone } }: Composition,
  options: FilterOptions,
): Promise<DeliveryFilter> {
  const { state, event, key, mapping, reason, cause, applicant, vacancy, from, to, target: name } = options;
  const said = { state, event, key, mapping, reason, cause, applicant, vacancy, from, to, target: name };
  const { value: words, problems } = validate(filterSchema, said);
  if (words === undefined) throw new CommandError(join(problems.map(({ text }) => text)));
  const { target } = words;
  const known = target === undefined || targets.some(({ name }) => name === target);
  if (!known && (await outbox.list({ target, limit: 1 })).length === 0)
    throw new CommandError({
      ru: `цели «${target}» нет в connector.yaml, и доставок ей нет`,
      en: `there is no target "${target}" in connector.yaml, and no delivery to it`,
    });
  const filter = deliveryFilter(words, zone);
  return options.name === undefined ? filter : { ...filter, people: await rowsNamed(people, options.name) };
}

/** Of whoever is called so; the name itself goes no further. Nobody: a row that nobody has. */
async function rowsNamed(people: People, name: string): Promise<readonly number[]> {
  const found = await people.search(name, mostNamed + 1);
  if (found.length > mostNamed)
    throw new CommandError({
      ru: `людей с таким именем больше ${mostNamed}: назовите точнее или возьмите --applicant`,
      en: `more than ${mostNamed} people have that name: say more of it, or use --applicant`,
    });
  return found.length === 0 ? [0] : found.flatMap(({ ids }) => ids);
}
