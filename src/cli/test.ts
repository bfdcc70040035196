import { watch } from 'node:fs';
import type { Command } from 'commander';
import type { Composition } from '../container.ts';
import { type Fault, formatFault } from '../files/fault.ts';
import { fewFaults } from '../files/few-faults.ts';
import { withComposition } from './open.ts';
import { type ConfigOption, configured, type JsonOption } from './options.ts';
import { CommandError, type Terminal } from './terminal.ts';

interface TestOptions extends ConfigOption, JsonOption {
  readonly watch?: boolean;
}

export function testCommand(terminal: Terminal): Command {
  return configured('test', 'run the tests inside mapping files')
    .argument('[mappings...]', 'names of mappings (default: all)')
    .option('--watch', 'run again whenever a file changes')
    .option('--json', 'for machines')
    .action((names: readonly string[], options: TestOptions) =>
      withComposition(
        options.config,
        async (composition) => {
          const passed = await test(names, options, composition, terminal);
          if (options.watch) await again(names, options, composition, terminal);
          else if (!passed) throw new CommandError({ ru: 'есть ошибки', en: 'there are faults' }, 2);
        },
        { database: 'unneeded' },
      ),
    );
}

async function test(
  names: readonly string[],
  options: TestOptions,
  { mappings }: Composition,
  terminal: Terminal,
): Promise<boolean> {
  const read = await mappings.read();
  const chosen = (name: string | undefined) => names.length === 0 || (name !== undefined && names.includes(name));
  const missing = names.filter((name) => ![...read.mappings, ...read.refused].some((each) => each.name === name));
  if (missing.length > 0)
    throw new CommandError({
      ru: `таких маппингов нет: ${missing.join(', ')}`,
      en: `there are no such mappings: ${missing.join(', ')}`,
    });
  const good = read.mappings.filter(({ name }) => chosen(name));
  const bad = read.refused.filter(({ name }) => chosen(name));
  const faults: readonly Fault[] = bad.flatMap((file) => fewFaults(file.faults, 1_000));
  if (options.json) {
    terminal.print(
      JSON.stringify({
        items: [
          ...good.map(({ name, tests }) => ({ mapping: name, passed: true, tests: tests.length, faults: [] })),
          ...bad.map((file) => ({
            mapping: file.name ?? null,
            passed: false,
            tests: null,
            faults: fewFaults(file.faults, 1_000).map((fault) => formatFault(fault, terminal.language)),
          })),
        ],
        next: null,
      }),
    );
    return bad.length === 0;
  }
  for (const fault of faults) terminal.print(formatFault(fault, terminal.language));
  for (const { name, tests } of good) terminal.print(`✔ ${name}: ${tests.length}`);
  for (const file of bad) terminal.print(`✘ ${file.name ?? file.file}`);
  return bad.length === 0;
}

/** Until the command is interrupted. */
async function again(
  names: readonly string[],
  options: TestOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<void> {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  let timer: NodeJS.Timeout | undefined;
  await new Promise<void>((resolve) => {
    const watcher = watch(composition.config.mappings, { recursive: true, signal: stop.signal }, () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        terminal.print('');
        void test(names, options, composition, terminal).catch((error: unknown) =>
          terminal.note(error instanceof Error ? error.message : String(error)),
        );
      }, 200);
    });
    watcher.on('error', () => resolve());
    stop.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  clearTimeout(timer);
}
