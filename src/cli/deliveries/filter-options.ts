import type { Command } from 'commander';
import type { Composition } from '../../container.ts';
import type { DeadReason } from '../../outbox/delivery.ts';
import type { DeliveryFilter } from '../../outbox/filter.ts';
import { count, oneOf } from '../options.ts';
import { CommandError } from '../terminal.ts';
import { instantIn } from '../when.ts';

const states = ['pending', 'sending', 'delivered', 'dead', 'cancelled', 'blocked'] as const;
const reasons: readonly DeadReason[] = ['rejected', 'gave up', 'unknown outcome', 'mapping failed'];

export interface FilterOptions {
  /** `blocked`: pending, behind a dead letter. */
  readonly state?: (typeof states)[number];
  readonly target?: string;
  readonly mapping?: string;
  readonly event?: number;
  readonly key?: string;
  readonly reason?: string;
  readonly cause?: string;
  readonly applicant?: string;
  readonly vacancy?: string;
  readonly from?: string;
  readonly to?: string;
}

export function filtered(command: Command): Command {
  return command
    .option('--state <state>', states.join(', '), oneOf(...states))
    .option('--target <name>', 'to one target')
    .option('--mapping <name>', 'of one mapping')
    .option('--event <id>', 'of one event', count)
    .option('--key <key>', 'of one key, e.g. applicant/17')
    .option('--reason <reason>', `dead for this: ${reasons.join(', ')}`)
    .option('--cause <id>', 'of one cause, see causes')
    .option('--applicant <id>', 'about one applicant')
    .option('--vacancy <id>', 'about one vacancy')
    .option('--from <time>', 'made since then, e.g. 2026-12-01 or "2026-12-01 09:30"')
    .option('--to <time>', 'made before then');
}

/** Throws when nobody has ever heard of the target, or a word is none. */
export async function filterOf(
  { outbox, targets, config: { zone } }: Composition,
  options: FilterOptions,
): Promise<DeliveryFilter> {
  const { state, target, mapping, event, key, cause, applicant, vacancy, from, to } = options;
  const known = target === undefined || targets.some(({ name }) => name === target);
  if (!known && (await outbox.list({ target, limit: 1 })).length === 0)
    throw new CommandError({
      ru: `цели «${target}» нет в connector.yaml, и доставок ей нет`,
      en: `there is no target "${target}" in connector.yaml, and no delivery to it`,
    });
  const reason = options.reason === undefined ? undefined : reasonOf(options.reason);
  return {
    ...(state && { state }),
    ...(target !== undefined && { target }),
    ...(mapping !== undefined && { mapping }),
    ...(event !== undefined && { event }),
    ...(key !== undefined && { key }),
    ...(reason !== undefined && { reason }),
    ...(cause !== undefined && { cause }),
    ...(applicant !== undefined && { applicant }),
    ...(vacancy !== undefined && { vacancy }),
    ...(from !== undefined && { from: instantIn(zone, from) }),
    ...(to !== undefined && { to: instantIn(zone, to) }),
  };
}

/** `gave-up` is easier to type. */
function reasonOf(text: string): DeadReason {
  const found = reasons.find((reason) => reason === text.trim().replaceAll('-', ' '));
  if (found === undefined)
    throw new CommandError({
      ru: `нет такой причины: ${reasons.join(', ')}`,
      en: `there is no such reason: ${reasons.join(', ')}`,
    });
  return found;
}
