import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Command } from 'commander';
import { stagesOf } from '../config/config.ts';
import type { Composition } from '../container.ts';
import { formatFault } from '../files/fault.ts';
import { fewFaults } from '../files/few-faults.ts';
import type { HuntflowView } from '../huntflow/view.ts';
import type { Mapping } from '../mapping/file/mapping.ts';
import { wants } from '../mapping/record/wants.ts';
import { type Captured, expectedOf, noTest, testName, withoutPersons, yamlOf } from '../shown/captured.ts';
import { join as joined, type Text } from '../text.ts';
import { withComposition } from './open.ts';
import { type ConfigOption, configured, count } from './options.ts';
import { CommandError, type Terminal } from './terminal.ts';

interface CaptureOptions extends ConfigOption {
  readonly mapping?: string;
  readonly file?: string;
}

export function captureCommand(terminal: Terminal): Command {
  return configured(
    'capture',
    'print a test for a mapping file, made from a kept event, with invented persons in the place of real ones',
  )
    .argument('<event>', 'event id', count)
    .option('--mapping <name>', 'for this mapping (default: every mapping that takes the event)')
    .option('--file <folder>', 'write the body as a JSON file into this folder and name it in the test')
    .action((id: number, options: CaptureOptions) =>
      withComposition(options.config, (composition) => capture(id, options, composition, terminal)),
    );
}

async function capture(
  id: number,
  options: CaptureOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<void> {
  const event = await composition.inbox.find(id);
  if (event === undefined) throw new CommandError({ ru: `события ${id} нет`, en: `there is no event ${id}` });
  const captured = withoutPersons(event);
  if ('failure' in captured) throw new CommandError(captured.failure);
  const mappings = await chosen(captured.view, event.source, options.mapping, composition, terminal);
  const path = options.file === undefined ? undefined : written(captured, options.file);
  const name = testName(captured)[terminal.language];
  const failures: Text[] = [];
  for (const mapping of mappings) {
    const record = composition.targets.find((target) => target.name === mapping.to)?.record;
    const stages = stagesOf(composition.config, event.source);
    const expected = await expectedOf(captured, { mapping, stages, engine: composition.engine, record });
    if ('failure' in expected) {
      failures.push({
        ru: `«${mapping.name}»: ${expected.failure.ru}`,
        en: `"${mapping.name}": ${expected.failure.en}`,
      });
      continue;
    }
    const given = path === undefined ? captured.body : relative(dirname(mapping.file), path).replaceAll(sep, '/');
    print(`---\n# ${mapping.name}`, { name, given, expect: expected.expect }, terminal);
  }
  if (mappings.length === 0) {
    terminal.note(
      {
        ru: 'ни один маппинг не берёт это событие: тест показывает пропуск',
        en: 'no mapping takes this event: the test shows that it is skipped',
      }[terminal.language],
    );
    const given = path === undefined ? captured.body : relative(composition.config.mappings, path).replaceAll(sep, '/');
    print('---', { name, given, expect: 'skipped' }, terminal);
  }
  if (failures.length > 0) throw new CommandError(joined([noTest, ...failures], '\n'));
}

function print(heading: string, test: Readonly<Record<string, unknown>>, terminal: Terminal): void {
  terminal.print(`${heading}\n${yamlOf({ tests: [test] })}`);
}

async function chosen(
  view: HuntflowView,
  source: string,
  name: string | undefined,
  composition: Composition,
  terminal: Terminal,
): Promise<readonly Mapping[]> {
  const { mappings, faults } = await composition.mappings.read();
  if (name === undefined)
    return mappings.filter((mapping) => wants(mapping, view, stagesOf(composition.config, source)));
  const found = mappings.filter((mapping) => mapping.name === name);
  if (found.length > 0) return found;
  for (const fault of fewFaults(faults, 20)) terminal.note(formatFault(fault, terminal.language));
  throw new CommandError({ ru: `годного маппинга «${name}» нет`, en: `there is no good mapping "${name}"` });
}

/** Absolute. A file of that name with another content stays as it is. */
function written({ id, body, view }: Captured, folder: string): string {
  const words = [view.event.event, view.event.type, String(id)]
    .filter((word) => word !== undefined)
    .join('-')
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, '-');
  const path = resolve(join(folder, `${words}.json`));
  const text = `${JSON.stringify(body, null, 2)}\n`;
  if (existsSync(path) && readFileSync(path, 'utf8') !== text)
    throw new CommandError({
      ru: `файл ${path} уже есть, и в нём другое`,
      en: `the file ${path} is there already, with other content`,
    });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, text);
  return path;
}
