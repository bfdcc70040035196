import { readFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import type { Actor } from '../audit/entry.ts';
import type { Composition } from '../container.ts';
import { formatFault } from '../files/fault.ts';
import { fewFaults } from '../files/few-faults.ts';
import { loadDictionaries } from '../mapping/dictionaries/dictionaries.ts';
import { readMappingFile } from '../mapping/file/mapping-file.ts';
import { readVersion } from '../mapping/file/kept-version.ts';
import type { Mapping } from '../mapping/file/mapping.ts';
import type { Replayed, ReplayVersion } from '../mapping/replay.ts';
import { shownReplayed } from '../shown/replayed.ts';
import { join, resolve } from 'node:path';
import { withComposition } from './open.ts';
import { operator } from './operator.ts';
import { type ConfigOption, configured, counts, type JsonOption } from './options.ts';
import { table } from './table.ts';
import { CommandError, type Terminal } from './terminal.ts';

interface ReplayOptions extends ConfigOption, JsonOption {
  readonly mapping?: string;
  readonly version: string;
  readonly dryRun?: boolean;
  readonly reveal?: boolean;
  readonly missed?: string;
  readonly event?: string;
  readonly source?: string;
  readonly since?: number;
  readonly until?: number;
}

export function replayCommand(terminal: Terminal): Command {
  return configured('replay', 'map kept events again and show what changes; without --dry-run, deliver the result')
    .argument('[events...]', 'event ids; or choose them by the filters', counts)
    .option('--mapping <name>', 'one mapping (default: all that want the event)')
    .option('--version <version>', 'current, original, the beginning of a hash, or draft:FILE', 'current')
    .option('--dry-run', 'show the differences, send nothing')
    .option('--missed <mapping>', 'the events that a mapping did not see while it had no good version')
    .option('--event <type>', 'filter: event type, e.g. APPLICANT')
    .option('--source <name>', 'filter: one source')
    .option('--since <time>', 'filter: received at or after, e.g. 2026-12-01 or 2026-12-01T09:00:00+03:00', time)
    .option('--until <time>', 'filter: received before', time)
    .option('--reveal', 'show values instead of masking them')
    .option('--json', 'for machines')
    .action((ids: readonly number[], options: ReplayOptions) =>
      withComposition(options.config, (composition) => replay(ids, options, composition, terminal)),
    );
}

function time(text: string): number {
  const parsed = Date.parse(text);
  if (Number.isNaN(parsed)) throw new InvalidArgumentError('a date or a time is needed, e.g. 2026-12-01');
  return parsed;
}

async function replay(
  ids: readonly number[],
  options: ReplayOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<void> {
  const dryRun = options.dryRun ?? false;
  const actor = dryRun ? undefined : operator(composition);
  const replayed: Replayed[] = [];
  const run =
    options.missed === undefined
      ? composition.replay.run(
          await chosenEvents(ids, options, composition),
          await chosenVersion(options, composition, terminal),
          dryRun,
          actor,
        )
      : await missed(options.missed, dryRun, composition, actor);
  for await (const each of run) replayed.push(each);
  if (options.reveal)
    await composition.audit.add(operator(composition), {
      action: 'reveal',
      on: [...new Set(replayed.map(({ event }) => `event/${event}`))],
    });
  const shown = replayed.map((each) => shownReplayed(each, terminal.language, options.reveal));
  if (options.json) terminal.print(JSON.stringify({ items: shown, next: null }));
  else {
    terminal.print(
      table(
        terminal.language,
        ['EVENT', 'MAPPING', 'TARGET', 'WAS', 'RESULT', 'DELIVERY', ''],
        shown.map((each) => [
          String(each.event),
          each.mapping,
          each.target,
          each.original === null ? '' : String(each.original),
          each.result,
          each.delivery === null ? '' : String(each.delivery),
          each.why ?? '',
        ]),
      ),
    );
    for (const each of shown)
      for (const { field, before, after } of each.differences)
        terminal.print(
          `  ${each.event} ${each.mapping}  ${field}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`,
        );
    if (dryRun)
      terminal.note({ ru: 'Ничего не отправлено (--dry-run)', en: 'Nothing was sent (--dry-run)' }[terminal.language]);
  }
  if (replayed.some(({ result }) => result === 'failed'))
    throw new CommandError({ ru: 'не всё удалось сопоставить', en: 'not everything could be mapped' });
}

async function chosenEvents(ids: readonly number[], options: ReplayOptions, { inbox }: Composition): Promise<number[]> {
  if (ids.length > 0) {
    for (const id of ids) {
      const event = await inbox.find(id);
      if (event === undefined) throw new CommandError({ ru: `события ${id} нет`, en: `there is no event ${id}` });
      if (event.state === 'quarantined')
        throw new CommandError({
          ru: `событие ${id} в карантине: сначала примите его (events verify ${id})`,
          en: `event ${id} is in quarantine: take it in first (events verify ${id})`,
        });
    }
    return ids.toSorted((a, b) => a - b);
  }
  const { event, source, since, until } = options;
  if (event === undefined && source === undefined && since === undefined && until === undefined) {
    throw new CommandError({
      ru: 'назовите события по номерам или отберите их: --event, --source, --since, --until',
      en: 'name events by their ids, or choose them: --event, --source, --since, --until',
    });
  }
  const events = await inbox.list({
    ...(event && { event }),
    ...(source && { source }),
    ...(since !== undefined && { since }),
    ...(until !== undefined && { until }),
  });
  return events.map(({ id }) => id).toReversed();
}

async function chosenVersion(
  { version, mapping }: ReplayOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<ReplayVersion> {
  if (version === 'original') return { kind: 'original', mapping };
  if (version === 'current') {
    const { mappings } = await composition.mappings.read();
    const chosen = mappings.filter(({ name }) => mapping === undefined || name === mapping);
    if (chosen.length === 0) throw noMapping(mapping ?? '');
    return { kind: 'mappings', mappings: chosen };
  }
  return {
    kind: 'mappings',
    mappings: [
      version.startsWith('draft:')
        ? await draft(version.slice('draft:'.length), composition, terminal)
        : await kept(version, composition),
    ],
  };
}

async function draft(file: string, { config, mappings }: Composition, terminal: Terminal): Promise<Mapping> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    throw new CommandError({ ru: `файл ${file} не читается`, en: `the file ${file} cannot be read` });
  }
  const dictionaries = await loadDictionaries(join(config.mappings, 'dictionaries'), 'dictionaries');
  const reading = await readMappingFile(resolve(file), file, text, mappings.context, dictionaries);
  for (const fault of fewFaults(reading.faults, 20)) terminal.note(formatFault(fault, terminal.language));
  if (reading.mapping === undefined)
    throw new CommandError({ ru: `черновик ${file} с ошибками`, en: `the draft ${file} is faulty` }, 2);
  return reading.mapping;
}

async function kept(hash: string, { versions, mappings }: Composition): Promise<Mapping> {
  const version = /^[0-9a-f]{6,64}$/.test(hash) ? await versions.find(hash) : undefined;
  const reading =
    version === undefined
      ? undefined
      : await readVersion(version.content, `${version.mapping}@${hash.slice(0, 12)}`, mappings.context);
  if (reading?.mapping !== undefined) return reading.mapping;
  throw version === undefined
    ? new CommandError({
        ru: `версии ${hash} нет: нужны current, original, начало хеша (от 6 знаков, см. deliveries list --json) или draft:ФАЙЛ`,
        en:
          `there is no version ${hash}: current, original, the beginning of a hash (6 characters or more, see ` +
          'deliveries list --json) or draft:FILE is needed',
      })
    : new CommandError({
        ru: `версия ${hash} больше не подходит к настройкам`,
        en: `the version ${hash} does not fit the configuration any more`,
      });
}

async function missed(
  name: string,
  dryRun: boolean,
  composition: Composition,
  actor: Actor | undefined,
): Promise<AsyncGenerator<Replayed>> {
  const gap = (await composition.versions.gaps()).find(({ mapping }) => mapping === name);
  if (gap === undefined)
    throw new CommandError({
      ru: `маппинг «${name}» ничего не пропустил`,
      en: `the mapping "${name}" has missed nothing`,
    });
  const mapping = (await composition.mappings.read()).mappings.find((each) => each.name === name);
  if (mapping === undefined) throw noMapping(name);
  return composition.replay.missed(gap, mapping, dryRun, actor);
}

function noMapping(name: string): CommandError {
  return new CommandError({
    ru: `годного маппинга «${name}» нет: проверьте файлы командой check`,
    en: `there is no good mapping "${name}": look at the files with check`,
  });
}
