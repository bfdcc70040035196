import type { BulkAction, Preview } from '../../bulk/bulk.ts';
import type { Composition } from '../../container.ts';
import { inDefaultState, wantedRows } from '../../bulk/wanted-rows.ts';
import type { DeliveryFilter } from '../../outbox/filter.ts';
import { shownBulk, shownPreview } from '../../shown/bulk.ts';
import { withComposition } from '../open.ts';
import { userName } from '../operator.ts';
import type { ConfigOption, JsonOption } from '../options.ts';
import { canAsk, isConfirmed } from '../question.ts';
import { CommandError, type Terminal } from '../terminal.ts';
import { runBulk } from './bulk-run.ts';
import { filterOf, type FilterOptions } from './filter-options.ts';
import { printPreview } from './preview.ts';

export interface ChangeOptions extends FilterOptions, ConfigOption, JsonOption {
  readonly yes?: boolean;
  readonly pace?: number;
  readonly evenUnknown?: boolean;
}

/** One action over named deliveries, over all that fit a filter, or over those that both say. */
export async function change(
  action: BulkAction,
  named: readonly number[],
  options: ChangeOptions,
  terminal: Terminal,
): Promise<void> {
  await withComposition(options.config, async (composition) => {
    const filter = await filterOf(composition, options);
    const narrowed = Object.keys(filter).length > 0;
    if (named.length === 0 && !narrowed) throw nothingNamed;
    const wanted = wantedRows(action, named, filter, options.evenUnknown);
    const preview = await composition.bulks.preview({
      action,
      filter: wanted,
      by: userName(),
      pace: options.pace,
      // Ids alone are heeded as they are: of one that is not there somebody should hear.
      ...(named.length > 0 && !narrowed && action !== 'remap' && { rows: ascending(named) }),
    });
    const all =
      named.length > 0
        ? new Set(named).size
        : (await composition.outbox.extent(inDefaultState(action, filter))).ids.length;
    const leftAlone = Math.max(0, all - preview.total);
    if (action === 'remap' || action === 'replay') await tellOfOldVersions(composition, wanted, terminal);
    const strangers = action === 'remap' && !narrowed ? await unknownIds(composition, named) : [];
    if (preview.deliveries > 1 && options.yes !== true)
      await ask(composition, action, preview, wanted, options, terminal);
    const seen = { action, leftAlone: leftAlone - strangers.length, json: options.json === true };
    await perform(composition, preview, seen, terminal);
    if (strangers.length > 0) throw noSuchDelivery(strangers);
  });
}

/** A file with a fault is not in use: whoever has just mended it wants to know that it is not what makes the records. */
async function tellOfOldVersions(
  { mappings, outbox }: Composition,
  wanted: DeliveryFilter,
  terminal: Terminal,
): Promise<void> {
  const { refused } = await mappings.read();
  const faulty = new Set(refused.flatMap(({ name }) => name ?? []));
  if (faulty.size === 0) return;
  const meant = new Set((await outbox.list({ ...wanted, limit: mostTold })).map(({ mapping }) => mapping));
  for (const name of [...meant].filter((one) => faulty.has(one)))
    terminal.note(
      {
        ru: `Файл маппинга «${name}» с ошибками (их покажет check), поэтому записи сделает его последняя годная версия, а не этот файл.`,
        en:
          `The file of the mapping "${name}" has faults (check shows them), so its last good version makes the ` +
          'records, and not this file.',
      }[terminal.language],
    );
}

async function unknownIds({ outbox }: Composition, named: readonly number[]): Promise<readonly number[]> {
  const known = new Set((await outbox.list({ ids: [...named] })).map(({ id }) => id));
  return ascending(named).filter((id) => !known.has(id));
}

function noSuchDelivery(ids: readonly number[]): CommandError {
  const list = ids.slice(0, 20).join(', ');
  return new CommandError({ ru: `таких доставок нет: ${list}`, en: `there are no such deliveries: ${list}` });
}

function ascending(ids: readonly number[]): readonly number[] {
  return [...new Set(ids)].toSorted((a, b) => a - b);
}

const nothingNamed = new CommandError({
  ru: 'назовите доставки по номерам или отберите их, например --state dead --target zup',
  en: 'name deliveries by their ids, or choose them, e.g. --state dead --target zup',
});

async function ask(
  composition: Composition,
  action: BulkAction,
  preview: Preview,
  filter: DeliveryFilter,
  { json }: ChangeOptions,
  terminal: Terminal,
): Promise<void> {
  const examples = await composition.outbox.list({ ...filter, limit: 5 });
  if (json) terminal.print(JSON.stringify({ preview: shownPreview(action, preview, examples, terminal.language) }));
  else printPreview(action, preview, examples, composition.config.zone, terminal);
  if (!canAsk() || json)
    throw new CommandError({
      ru: 'ничего не сделано: добавьте --yes, если так и задумано',
      en: 'nothing was done: add --yes if that is meant',
    });
  if (!(await isConfirmed({ ru: 'Сделать? (да/нет)', en: 'Go ahead? (yes/no)' }, terminal)))
    throw new CommandError({ ru: 'ничего не сделано', en: 'nothing was done' });
}

const words: Readonly<Record<BulkAction, { readonly ru: string; readonly en: string; readonly key: string }>> = {
  retry: { ru: 'Повторяется сейчас', en: 'Tried again now', key: 'retried' },
  cancel: { ru: 'Отменено', en: 'Cancelled', key: 'cancelled' },
  remap: { ru: 'Записи делаются заново', en: 'Records are made anew', key: 'remapped' },
  replay: { ru: 'Повторено новой доставкой', en: 'Repeated by a new delivery', key: 'replayed' },
};

const leftAloneWords = {
  ru: 'Не тронуто (доставлено, отменено, отправляется, ждёт очереди, или исход неизвестен)',
  en: 'Left alone (delivered, cancelled, being sent, waiting behind another delivery, or of unknown outcome)',
} as const;

const nothingFits = { ru: 'Ничего не подошло', en: 'Nothing fits' } as const;

/** So that it can be ended from another terminal. */
const underWay = (bulk: number) => ({
  ru: `Действие ${bulk}; прервать его: huntflow-connector bulk abort ${bulk}`,
  en: `Action ${bulk}; to end it: huntflow-connector bulk abort ${bulk}`,
});

/** Rows told of one by one; the rest is counted. */
const mostTold = 1000;

async function perform(
  composition: Composition,
  preview: Preview,
  { action, leftAlone, json }: { readonly action: BulkAction; readonly leftAlone: number; readonly json: boolean },
  terminal: Terminal,
): Promise<void> {
  if (!json && preview.deliveries > 1) terminal.note(underWay(preview.bulk)[terminal.language]);
  const bulk = await runBulk(composition, preview.bulk, terminal);
  const rows = await composition.bulks.rows(bulk.id, mostTold);
  const refused = rows.flatMap(({ delivery, why }) =>
    why === null ? [] : [{ id: delivery, why: why[terminal.language] }],
  );
  const changed = rows.filter(({ state }) => state === 'done').map(({ delivery }) => delivery);
  if (json) {
    const told = { [words[action].key]: changed, refused, ...(leftAlone > 0 && { leftAlone }) };
    terminal.print(JSON.stringify({ ...told, bulk: shownBulk(bulk) }));
  } else {
    for (const { why } of refused) terminal.note(why);
    terminal.print(`${words[action][terminal.language]}: ${bulk.done}`);
    if (bulk.total === 0 && leftAlone === 0) terminal.note(nothingFits[terminal.language]);
    if (leftAlone > 0) terminal.note(`${leftAloneWords[terminal.language]}: ${leftAlone}`);
  }
  if (bulk.state === 'aborted')
    throw new CommandError({ ru: `прервано, осталось: ${bulk.left}`, en: `aborted, left: ${bulk.left}` });
  if (bulk.failed > 0) throw new CommandError({ ru: `не сделано: ${bulk.failed}`, en: `not done: ${bulk.failed}` });
}
