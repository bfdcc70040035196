import { Command, CommanderError } from 'commander';
import { checkCommand } from './cli/check.ts';
import { deliveriesCommand } from './cli/deliveries.ts';
import { eventsCommand } from './cli/events.ts';
import { mapCommand } from './cli/map.ts';
import { sendCommand } from './cli/send.ts';
import { serveCommand } from './cli/serve.ts';
import { targetsCommand } from './cli/targets.ts';
import { CommandError, type Terminal } from './cli/terminal.ts';
import { readerLanguage } from './config.ts';
import { FaultyFileError, formatFault } from './fault.ts';

const terminal: Terminal = {
  language: readerLanguage(),
  print: (line) => void process.stdout.write(`${line}\n`),
  note: (line) => void process.stderr.write(`${line}\n`),
};

/** argv → one command → exit code: 0 done, 1 not done, 2 connector.yaml or a mapping is faulty. */
async function main(): Promise<number> {
  const program = new Command('huntflow-connector')
    .description('Keeps every Huntflow webhook and delivers it to 1C:ZUP, an intranet, CSV folders and chats')
    .exitOverride();
  for (const command of [serveCommand, checkCommand, mapCommand, sendCommand, eventsCommand, deliveriesCommand, targetsCommand]) program.addCommand(command(terminal));
  for (const command of program.commands) overrideExit(command);
  try {
    await program.parseAsync();
    return 0;
  } catch (error) {
    return explain(error);
  }
}

function overrideExit(command: Command): void {
  command.exitOverride();
  for (const inner of command.commands) overrideExit(inner);
}

/** A sentence for the person at the terminal, never a stack. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode; // commander has said its sentence already
  if (error instanceof CommandError) {
    terminal.note(error.text[terminal.language]);
    return error.exitCode;
  }
  if (error instanceof FaultyFileError) {
    for (const fault of error.faults) terminal.note(formatFault(fault, terminal.language));
    return 2;
  }
  const words = error instanceof Error ? error.message : String(error);
  terminal.note({ ru: `Не получилось: ${words}`, en: `It did not work: ${words}` }[terminal.language]);
  return 1;
}

// Everything opened is closed by now; the loop empties by itself, unless something of an adapter hangs on.
process.exitCode = await main();
setTimeout(() => process.exit(), 2000).unref();
