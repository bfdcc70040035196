import { Command } from 'commander';
import { mask, maskKey } from '../report/mask.ts';
import { shownExchanges } from '../report/shown-attempt.ts';
import type { Delivery } from '../outbox/delivery.ts';
import type { Intervention } from '../outbox/intervene.ts';
import type { Composition } from '../container.ts';
import type { Language } from '../text.ts';
import { chooseCommand } from './choose.ts';
import { withComposition } from './open.ts';
import { type ConfigOption, configured, count, counts, type JsonOption, oneOf } from './options.ts';
import { formatTime, table } from './table.ts';
import { CommandError, type Terminal } from './terminal.ts';

const states = ['pending', 'sending', 'delivered', 'dead', 'cancelled', 'blocked'] as const;

interface FilterOptions {
  /** `blocked`: pending, behind a dead letter. */
  readonly state?: (typeof states)[number];
  readonly target?: string;
  readonly mapping?: string;
  readonly event?: number;
  readonly key?: string;
}

interface ListOptions extends FilterOptions, ConfigOption, JsonOption {
  readonly limit?: number;
}

interface ShowOptions extends ConfigOption, JsonOption {
  readonly reveal?: boolean;
}

interface ChangeOptions extends FilterOptions, ConfigOption, JsonOption {}

export function deliveriesCommand(terminal: Terminal): Command {
  const list = filtered(configured('list', 'records owed to targets, newest first'))
    .option('--limit <count>', 'at most so many', count)
    .option('--json', 'for machines')
    .action((options: ListOptions) => listDeliveries(options, terminal));
  const show = configured('show', 'one delivery with its record and attempts')
    .argument('<id>', 'delivery id', count)
    .option('--reveal', 'show personal data')
    .option('--json', 'for machines')
    .action((id: number, options: ShowOptions) => showDelivery(id, options, terminal));
  const retry = filtered(
    configured('retry', 'try again now: dead letters come back to life, waiting deliveries are not kept waiting'),
  )
    .argument(
      '[ids...]',
      'delivery ids; without any, every dead letter that fits the filters (or what --state says, as far as ' +
        'it can be retried)',
      counts,
    )
    .option('--json', 'for machines')
    .action((ids: readonly number[], options: ChangeOptions) => change('retry', ids, options, terminal));
  const cancel = filtered(configured('cancel', 'give up for good; what waits behind goes on'))
    .argument(
      '[ids...]',
      'delivery ids; without any, every dead letter that fits the filters (or what --state says, as far as ' +
        'it can be cancelled)',
      counts,
    )
    .option('--json', 'for machines')
    .action((ids: readonly number[], options: ChangeOptions) => change('cancel', ids, options, terminal));
  return new Command('deliveries')
    .description('what the outbox owes and has delivered')
    .addCommand(list)
    .addCommand(show)
    .addCommand(retry)
    .addCommand(cancel)
    .addCommand(chooseCommand(terminal));
}

function filtered(command: Command): Command {
  return command
    .option('--state <state>', states.join(', '), oneOf(...states))
    .option('--target <name>', 'to one target')
    .option('--mapping <name>', 'of one mapping')
    .option('--event <id>', 'of one event', count)
    .option('--key <key>', 'of one key, e.g. applicant/17');
}

async function listDeliveries(options: ListOptions, terminal: Terminal): Promise<void> {
  const { config, json, ...filter } = options;
  await withComposition(config, async (composition) => {
    const {
      config: { zone },
    } = composition;
    const deliveries = await found(composition, filter);
    if (json)
      terminal.print(
        JSON.stringify({ items: deliveries.map((delivery) => summary(delivery, terminal.language)), next: null }),
      );
    else
      terminal.print(
        table(
          terminal.language,
          ['ID', 'EVENT', 'MAPPING', 'TARGET', 'KEY', 'STATE', 'ATTEMPTS', 'DUE', 'LAST ERROR'],
          deliveries.map((delivery) => [
            String(delivery.id),
            String(delivery.eventId),
            delivery.mapping,
            delivery.target,
            shownKey(delivery) ?? '',
            stateWords(delivery),
            String(delivery.attempts),
            formatTime(delivery.dueAt, zone),
            delivery.lastError?.[terminal.language] ?? '',
          ]),
        ),
      );
  });
}

async function showDelivery(id: number, options: ShowOptions, terminal: Terminal): Promise<void> {
  await withComposition(options.config, async ({ outbox, config: { zone } }) => {
    const [delivery] = await outbox.list({ id });
    if (delivery === undefined) throw new CommandError({ ru: `доставки ${id} нет`, en: `there is no delivery ${id}` });
    const stored = (await outbox.record(id)) ?? null;
    const parsed: unknown = stored === null ? null : JSON.parse(stored);
    const record = options.reveal ? parsed : mask(parsed);
    const attempts = (await outbox.attempts(id)).map((attempt) => ({
      number: attempt.number,
      outcome: attempt.outcome,
      startedAt: new Date(attempt.startedAt).toISOString(),
      milliseconds: Math.max(0, attempt.finishedAt - attempt.startedAt),
      summary: attempt.summary?.[terminal.language] ?? null,
      exchanges: options.reveal ? attempt.exchanges : shownExchanges(attempt.exchanges, parsed),
      warnings: attempt.warnings.map((warning) => warning[terminal.language]),
    }));
    if (options.json) {
      terminal.print(
        JSON.stringify({
          ...summary(delivery, terminal.language, options.reveal),
          findings: delivery.attention.map((finding) => finding[terminal.language]),
          record,
          attemptLog: attempts,
        }),
      );
      return;
    }
    terminal.print(
      table(
        terminal.language,
        ['ID', 'EVENT', 'MAPPING', 'TARGET', 'KEY', 'STATE', 'CREATED', 'DUE'],
        [
          [
            String(delivery.id),
            String(delivery.eventId),
            delivery.mapping,
            delivery.target,
            shownKey(delivery, options.reveal) ?? '',
            stateWords(delivery),
            formatTime(delivery.createdAt, zone),
            formatTime(delivery.dueAt, zone),
          ],
        ],
      ),
    );
    terminal.print(
      {
        ru: `версия маппинга ${delivery.mappingHash.slice(0, 12)}`,
        en: `mapping version ${delivery.mappingHash.slice(0, 12)}`,
      }[terminal.language],
    );
    for (const finding of delivery.attention) terminal.print(`! ${finding[terminal.language]}`);
    if (delivery.lastError !== null) terminal.print(`\n${delivery.lastError[terminal.language]}`);
    terminal.print(`\n${JSON.stringify(record, null, 2)}`);
    for (const attempt of attempts) {
      terminal.print(
        `\n#${attempt.number}  ${attempt.startedAt}  ${attempt.outcome}  ${attempt.milliseconds} ms  ` +
          (attempt.summary ?? ''),
      );
      for (const warning of attempt.warnings) terminal.print(`  ! ${warning}`);
      for (const { sent, received } of attempt.exchanges) {
        terminal.print(`  → ${sent.summary}${sent.body === null ? '' : `\n    ${sent.body}`}`);
        terminal.print(
          received === null
            ? '  ← …'
            : `  ← ${received.summary}${received.body === null ? '' : `\n    ${received.body}`}`,
        );
      }
    }
  });
}

async function change(
  verb: 'retry' | 'cancel',
  named: readonly number[],
  options: ChangeOptions,
  terminal: Terminal,
): Promise<void> {
  const { config, json } = options;
  const { state, target, mapping, event, key } = options;
  const filter = {
    ...(state && { state }),
    ...(target !== undefined && { target }),
    ...(mapping !== undefined && { mapping }),
    ...(event !== undefined && { event }),
    ...(key !== undefined && { key }),
  };
  const narrowed = Object.keys(filter).length > 0;
  if (named.length === 0 && !narrowed) {
    throw new CommandError({
      ru: 'назовите доставки по номерам или отберите их, например --state dead --target zup',
      en: 'name deliveries by their ids, or choose them, e.g. --state dead --target zup',
    });
  }
  await withComposition(config, async (composition) => {
    const { chosen, leftAlone } = await chosenOf(composition, verb, named, narrowed ? filter : undefined);
    const results = [];
    for (const id of chosen) results.push({ id, ...(await intervene(composition, verb, id)) });
    const refused = results.flatMap((result) =>
      result.done ? [] : [{ id: result.id, why: result.why[terminal.language] }],
    );
    const changed = results.filter((result) => result.done).map((result) => result.id);
    if (verb === 'retry') await endRests(composition, changed);
    if (json)
      terminal.print(
        JSON.stringify({
          [verb === 'retry' ? 'retried' : 'cancelled']: changed,
          refused,
          ...(leftAlone > 0 && { leftAlone }),
        }),
      );
    else {
      for (const { why } of refused) terminal.note(why);
      const words = {
        retry: { ru: 'Повторяется сейчас', en: 'Tried again now' },
        cancel: { ru: 'Отменено', en: 'Cancelled' },
      }[verb];
      terminal.print(`${words[terminal.language]}: ${changed.length}`);
      if (leftAlone > 0) terminal.note(`${leftAloneWords[verb][terminal.language]}: ${leftAlone}`);
    }
    if (refused.length > 0)
      throw new CommandError({ ru: `не сделано: ${refused.length}`, en: `not done: ${refused.length}` });
  });
}

const leftAloneWords = {
  retry: {
    ru: 'Не тронуто (доставлено, отменено, отправляется или ждёт очереди за другой доставкой)',
    en: 'Left alone (delivered, cancelled, being sent, or waiting behind another delivery)',
  },
  cancel: {
    ru: 'Не тронуто (доставлено, отменено или отправляется)',
    en: 'Left alone (delivered, cancelled or being sent)',
  },
} as const;

/** Whoever wants something tried now does not want its target to rest. */
async function endRests({ outbox, states }: Composition, ids: readonly number[]): Promise<void> {
  for (const target of await outbox.targetsOf(ids)) await states.endRest(target);
  if (ids.length > 0) outbox.wake();
}

/** Ids as they are given, or those of them that fit the filter too. */
async function chosenOf(
  composition: Composition,
  verb: 'retry' | 'cancel',
  named: readonly number[],
  filter: FilterOptions | undefined,
): Promise<{ readonly chosen: readonly number[]; readonly leftAlone: number }> {
  if (filter === undefined) return { chosen: named, leftAlone: 0 };
  if (named.length === 0) return oldestFirst(composition, verb, { state: 'dead', ...filter });
  const { chosen } = await oldestFirst(composition, verb, { ...filter, ids: named });
  return { chosen, leftAlone: new Set(named).size - chosen.length };
}

/** What was received first goes first again; what the verb can do nothing for is counted only. */
async function oldestFirst(
  composition: Composition,
  verb: 'retry' | 'cancel',
  filter: FilterOptions & { readonly ids?: readonly number[] },
): Promise<{ readonly chosen: number[]; readonly leftAlone: number }> {
  const deliveries = await found(composition, filter);
  const chosen = deliveries.filter(
    ({ state, dueAt }) => state === 'dead' || (state === 'pending' && (verb === 'cancel' || dueAt !== null)),
  );
  return { chosen: chosen.map(({ id }) => id).toReversed(), leftAlone: deliveries.length - chosen.length };
}

/** Newest first. Throws when nobody has ever heard of the target. */
async function found(
  { outbox, targets }: Composition,
  { state, limit, ...filter }: FilterOptions & { readonly limit?: number; readonly ids?: readonly number[] },
): Promise<Delivery[]> {
  const { target } = filter;
  if (
    target !== undefined &&
    !targets.some(({ name }) => name === target) &&
    (await outbox.list({ target, limit: 1 })).length === 0
  ) {
    throw new CommandError({
      ru: `цели «${target}» нет в connector.yaml, и доставок ей нет`,
      en: `there is no target "${target}" in connector.yaml, and no delivery to it`,
    });
  }
  if (state === 'blocked')
    return (await outbox.list({ ...filter, state: 'pending' })).filter(({ blocked }) => blocked).slice(0, limit);
  return outbox.list({ ...filter, ...(state && { state }), ...(limit !== undefined && { limit }) });
}

function intervene({ outbox, now }: Composition, verb: 'retry' | 'cancel', id: number): Promise<Intervention> {
  return verb === 'retry' ? outbox.retry(id, now()) : outbox.cancel(id, now());
}

function summary(delivery: Delivery, language: Language, reveal = false) {
  return {
    id: delivery.id,
    eventId: delivery.eventId,
    mapping: delivery.mapping,
    target: delivery.target,
    key: shownKey(delivery, reveal),
    state: delivery.state,
    attempts: delivery.attempts,
    dueAt: delivery.dueAt === null ? null : new Date(delivery.dueAt).toISOString(),
    lastError: delivery.lastError?.[language] ?? null,
    createdAt: new Date(delivery.createdAt).toISOString(),
    reason: delivery.reason,
    blocked: delivery.blocked,
    mappingHash: delivery.mappingHash,
    replayOf: delivery.replayOf,
    attention: delivery.attention.length > 0 && delivery.attentionSeenAt === null,
  };
}

function shownKey({ key }: Delivery, reveal = false): string | null {
  return key === null || reveal ? key : maskKey(key);
}

function stateWords(delivery: Delivery): string {
  if (delivery.attention.length > 0 && delivery.attentionSeenAt === null) return `${delivery.state} (attention)`;
  if (delivery.state === 'dead' && delivery.reason !== null) return `${delivery.state} (${delivery.reason})`;
  return delivery.blocked ? `${delivery.state} (blocked)` : delivery.state;
}
