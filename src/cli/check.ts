import type { Command } from 'commander';
import { type LoadedConfig, loadConfig } from '../config.ts';
import { compose } from '../container.ts';
import { type Fault, formatFault } from '../fault.ts';
import { createLog } from '../log.ts';
import { loadTargets } from '../target.ts';
import { type ConfigOption, configured, type JsonOption } from './options.ts';
import { CommandError, type Terminal } from './terminal.ts';

interface CheckOptions extends ConfigOption, JsonOption {}

export function checkCommand(terminal: Terminal): Command {
  return configured('check', 'find everything that is wrong in connector.yaml and the mappings; sends nothing')
    .option('--json', 'for machines')
    .action((options: CheckOptions) => check(options, terminal));
}

async function check(options: CheckOptions, terminal: Terminal): Promise<void> {
  const { faults, mappings } = await findFaults(loadConfig(options.config));
  const errors = faults.filter((fault) => fault.level === 'error').length;
  if (options.json) {
    terminal.print(JSON.stringify({ items: faults.map(({ file, line, column, level, text }) => ({ file, line, column, level, text: text[terminal.language] })), next: null }));
  } else {
    for (const fault of faults) terminal.print(formatFault(fault, terminal.language));
    if (errors === 0) terminal.print({ ru: `Всё в порядке: маппингов ${mappings}`, en: `All is well: ${mappings} mapping(s)` }[terminal.language]);
  }
  if (errors > 0) throw new CommandError({ ru: `Ошибок: ${errors}`, en: `Errors: ${errors}` }, 2);
}

async function findFaults(loaded: LoadedConfig): Promise<{ readonly faults: readonly Fault[]; readonly mappings: number }> {
  if (loaded.config === undefined) return { faults: loaded.faults, mappings: 0 };
  const { targets, faults } = await loadTargets(loaded.config, loaded.document);
  const composition = compose(loaded.config, targets, { log: createLog('silent') });
  try {
    const read = await composition.mappings.read();
    return { faults: [...loaded.faults, ...faults, ...read.faults], mappings: read.mappings.length };
  } finally {
    await composition.close();
  }
}
