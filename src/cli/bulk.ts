import { Command } from 'commander';
import type { Bulk } from '../bulk/bulk.ts';
import type { Composition } from '../container.ts';
import { shownBulk, shownBulkRow } from '../shown/bulk.ts';
import { withComposition } from './open.ts';
import { operator } from './operator.ts';
import { type ConfigOption, configured, count, type JsonOption, limit } from './options.ts';
import type { Language } from '../text.ts';
import { spokenWord } from './spoken-word.ts';
import { formatTime, table } from './table.ts';
import { CommandError, type Terminal } from './terminal.ts';
import { firstRows } from './first-rows.ts';

interface Options extends ConfigOption, JsonOption {
  readonly limit?: number | 'all';
}

/** Rows of one that are shown. */
const mostRows = 1000;

export function bulkCommand(terminal: Terminal): Command {
  const list = configured('list', 'actions over many deliveries, newest first')
    .option('--limit <count>', 'at most so many, or all (default: 50)', limit)
    .option('--json', 'for machines')
    .action((options: Options) => listBulks(options, terminal));
  const show = configured('show', 'one of them, with what became of its deliveries')
    .argument('<id>', 'bulk id', count)
    .option('--json', 'for machines')
    .action((id: number, options: Options) => showBulk(id, options, terminal));
  const abort = configured('abort', 'do no more of it; what is done stays done')
    .argument('<id>', 'bulk id', count)
    .option('--json', 'for machines')
    .action((id: number, options: Options) => abortBulk(id, options, terminal));
  return new Command('bulk')
    .description('actions over many deliveries')
    .addCommand(list, { isDefault: true })
    .addCommand(show)
    .addCommand(abort);
}

async function listBulks(options: Options, terminal: Terminal): Promise<void> {
  await withComposition(options.config, async ({ bulks, config: { zone } }) => {
    const found = await firstRows(options.limit, (most) => bulks.list(most), options.json ? undefined : terminal);
    if (options.json) terminal.print(JSON.stringify({ items: found.map(shownBulk), next: null }));
    else
      terminal.print(
        table(
          terminal.language,
          ['ID', 'ACTION', 'STATE', 'TOTAL', 'DONE', 'FAILED', 'LEFT', 'BY', 'CREATED'],
          found.map((bulk) => [
            String(bulk.id),
            bulk.action,
            stateWord(bulk, terminal.language),
            String(bulk.total),
            String(bulk.done),
            String(bulk.failed),
            String(bulk.left),
            bulk.by,
            formatTime(bulk.createdAt, zone),
          ]),
        ),
      );
  });
}

async function showBulk(id: number, options: Options, terminal: Terminal): Promise<void> {
  await withComposition(options.config, async ({ bulks }) => {
    const bulk = await found(bulks, id);
    const rows = (await bulks.rows(id, mostRows)).map((row) => shownBulkRow(row, terminal.language));
    if (options.json) {
      terminal.print(JSON.stringify({ ...shownBulk(bulk), rows }));
      return;
    }
    terminal.print(
      {
        ru: `${bulk.action}, ${stateWord(bulk, 'ru')}: сделано ${bulk.done}, не сделано ${bulk.failed}, всего ${bulk.total}`,
        en: `${bulk.action}, ${stateWord(bulk, 'en')}: ${bulk.done} done, ${bulk.failed} failed, ${bulk.total} in all`,
      }[terminal.language],
    );
    terminal.print(
      table(
        terminal.language,
        ['DELIVERY', 'RESULT', 'WHY'],
        rows.map(({ delivery, state, why }) => [String(delivery), rowWords[state][terminal.language], why ?? '']),
      ),
    );
  });
}

/** Of one that has come to its end: what became of its rows stands beside it. */
function stateWord({ state }: Bulk, language: Language): string {
  return state === 'done' ? { ru: 'окончено', en: 'done' }[language] : spokenWord(state, language);
}

const rowWords = {
  done: { ru: 'сделано', en: 'done' },
  failed: { ru: 'не сделано', en: 'failed' },
  left: { ru: 'осталось', en: 'left' },
} as const;

async function abortBulk(id: number, options: Options, terminal: Terminal): Promise<void> {
  await withComposition(options.config, async (composition) => {
    const { bulks } = composition;
    await found(bulks, id);
    const aborted = await bulks.abort(id, operator(composition));
    const bulk = await found(bulks, id);
    if (options.json) terminal.print(JSON.stringify(shownBulk(bulk)));
    else if (aborted)
      terminal.print({ ru: `Прервано, осталось: ${bulk.left}`, en: `Aborted, left: ${bulk.left}` }[terminal.language]);
    if (!aborted) throw new CommandError({ ru: `действие ${id} не идёт`, en: `bulk ${id} does not run` });
  });
}

async function found(bulks: Composition['bulks'], id: number): Promise<Bulk> {
  const bulk = await bulks.find(id);
  if (bulk === undefined) throw new CommandError({ ru: `действия ${id} нет`, en: `there is no bulk ${id}` });
  return bulk;
}
