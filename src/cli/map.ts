import type { Command } from 'commander';
import { envelopeOf } from '../huntflow/envelope.ts';
import { readBody } from '../huntflow/body.ts';
import { viewOf } from '../huntflow/view.ts';
import type { Composition } from '../container.ts';
import { formatFault } from '../fault.ts';
import { recordProblems } from '../mapping/record-check.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { wants } from '../mapping/wants.ts';
import { join } from '../text.ts';
import { withComposition } from './open.ts';
import { type ConfigOption, configured } from './options.ts';
import { readFile } from './send.ts';
import { CommandError, type Terminal } from './terminal.ts';

interface MapOptions extends ConfigOption {
  readonly source?: string;
  readonly event?: string;
}

export function mapCommand(terminal: Terminal): Command {
  return configured('map', 'print the record that a mapping makes of an event; sends nothing')
    .argument('<mapping>', 'name of a mapping')
    .argument('<file>', 'a webhook body, JSON')
    .option('--source <name>', 'whose stages hold (default: the organisation\'s)')
    .option('--event <type>', 'the X-Huntflow-Event header, for bodies of version 1.0 (default: read from the body)')
    .action((mapping: string, file: string, options: MapOptions) => withComposition(options.config, (composition) => mapEvent(mapping, file, options, composition, terminal)));
}

async function mapEvent(name: string, file: string, options: MapOptions, composition: Composition, terminal: Terminal): Promise<void> {
  const mapping = await findMapping(name, composition, terminal);
  const read = readBody(readFile(file));
  if (!read.ok) throw new CommandError(read.text);
  const event = options.event ?? envelopeOf(read.body, {}).eventType;
  const view = viewOf(read.body, event === undefined ? {} : { event });
  const { config, engine, targets } = composition;
  const stages = config.sources.find((source) => source.name === options.source)?.stages ?? config.stages;
  if (!wants(mapping, view, stages)) {
    terminal.note({ ru: 'пропущено: условия on не берут это событие', en: 'skipped: `on` does not take this event' }[terminal.language]);
    return;
  }
  const outcome = await engine.map(mapping, view);
  switch (outcome.outcome) {
    case 'skipped':
      terminal.note({ ru: 'пропущено: условие when дало false', en: 'skipped: `when` gave false' }[terminal.language]);
      return;
    case 'failed':
      throw new CommandError(outcome.text);
    case 'record': {
      terminal.print(JSON.stringify(outcome.record, null, 2));
      const target = targets.find((each) => each.name === mapping.to);
      const problems = target === undefined ? [] : recordProblems(target.record, outcome.record);
      if (problems.length > 0) throw new CommandError(join(problems.map(({ text }) => text)));
    }
  }
}

async function findMapping(name: string, { mappings }: Composition, terminal: Terminal): Promise<Mapping> {
  const read = await mappings.read();
  const mapping = read.mappings.find((each) => each.name === name);
  if (mapping !== undefined) return mapping;
  for (const fault of read.faults) terminal.note(formatFault(fault, terminal.language));
  const names = read.mappings.map((each) => each.name).join(', ');
  throw new CommandError({ ru: `годного маппинга «${name}» нет; есть: ${names}`, en: `there is no good mapping "${name}"; there are: ${names}` });
}
