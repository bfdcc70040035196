import { Command, CommanderError } from 'commander';
import { dotEnv } from '../config/dot-env.ts';
import { configLocation } from '../config/location.ts';
import { chooseLanguage, environment, languageVariable, readerLanguage } from '../config/process-environment.ts';
import { errorCode } from '../process/error-code.ts';
import { errorPlace } from '../process/error-place.ts';
import { productVersion } from '../process/version.ts';
import { FaultyFileError, formatFault } from '../files/fault.ts';
import { fewFaults } from '../files/few-faults.ts';
import type { Language } from '../text.ts';
import { speak } from './help/speak.ts';
import { oneOf } from './options.ts';
import { CommandError, type Terminal } from './terminal.ts';

// A reader such as `head` may leave before the end; that is no fault of anybody. A service goes on without readers.
process.stdout.on('error', (error) => {
  if (process.argv[2] === 'serve') return;
  if (errorCode(error) === 'EPIPE') process.exit(0);
  throw error;
});

/** Known before any command is made, for commands speak from the start. */
function languageOf(args: readonly string[]): Language {
  const said = [given('--lang', args), environment()[languageVariable], languageOfFolder(args)];
  const language = said.find((word) => word === 'ru' || word === 'en');
  chooseLanguage(language);
  return readerLanguage();
}

function given(option: string, args: readonly string[]): string | undefined {
  return args.flatMap((arg, index) =>
    arg === option ? [args[index + 1]] : arg.startsWith(`${option}=`) ? [arg.slice(option.length + 1)] : [],
  )[0];
}

/**
 * A server's LANG tells nothing of who reads: the folder is stronger. LC_ALL and LC_MESSAGES are set on purpose, and
 * stronger than it. A new folder has none yet.
 */
function languageOfFolder(args: readonly string[]): string | undefined {
  const { LC_ALL: all, LC_MESSAGES: messages } = environment();
  if (args[0] === 'init' || all || messages) return undefined;
  return dotEnv(given('--config', args) ?? configLocation(environment()).path).variables[languageVariable];
}

function terminalFor(args: readonly string[]): Terminal {
  return {
    language: languageOf(args),
    print: (line) => void process.stdout.write(`${line}\n`),
    note: (line) => void process.stderr.write(`${line}\n`),
  };
}

/** Each command brings its own modules: whoever lists events need not wait for the web server to load. */
const commands: Readonly<Record<string, () => Promise<(terminal: Terminal) => Command>>> = {
  init: async () => (await import('./init.ts')).initCommand,
  serve: async () => (await import('./serve.ts')).serveCommand,
  check: async () => (await import('./check.ts')).checkCommand,
  doctor: async () => (await import('./doctor.ts')).doctorCommand,
  map: async () => (await import('./map.ts')).mapCommand,
  test: async () => (await import('./test.ts')).testCommand,
  capture: async () => (await import('./capture.ts')).captureCommand,
  replay: async () => (await import('./replay.ts')).replayCommand,
  stages: async () => (await import('./stages.ts')).stagesCommand,
  send: async () => (await import('./send.ts')).sendCommand,
  events: async () => (await import('./events.ts')).eventsCommand,
  deliveries: async () => (await import('./deliveries.ts')).deliveriesCommand,
  causes: async () => (await import('./causes.ts')).causesCommand,
  blocked: async () => (await import('./blocked.ts')).blockedCommand,
  person: async () => (await import('./person.ts')).personCommand,
  bulk: async () => (await import('./bulk.ts')).bulkCommand,
  attention: async () => (await import('./attention.ts')).attentionCommand,
  keys: async () => (await import('./keys.ts')).keysCommand,
  forget: async () => (await import('./forget.ts')).forgetCommand,
  export: async () => (await import('./export.ts')).exportCommand,
  backup: async () => (await import('./backup.ts')).backupCommand,
  restore: async () => (await import('./restore.ts')).restoreCommand,
  targets: async () => (await import('./targets.ts')).targetsCommand,
  copy: async () => (await import('./copy.ts')).copyCommand,
  audit: async () => (await import('./audit.ts')).auditCommand,
  user: async () => (await import('./user.ts')).userCommand,
  presets: async () => (await import('./presets.ts')).presetsCommand,
  adapter: async () => (await import('./adapter.ts')).adapterCommand,
};

/** argv → one command → exit code: 0 done, 1 not done or called wrongly, 2 connector.yaml or a mapping is faulty. */
export async function run(args: readonly string[]): Promise<number> {
  const terminal = terminalFor(args);
  const program = new Command('huntflow-connector')
    .description('Keeps every Huntflow webhook and delivers it to 1C:ZUP, an intranet, and CSV folders')
    .option('--lang <language>', 'ru or en (default: as the folder says, else by LANG)', oneOf('ru', 'en'))
    // what stands behind a command is the command's
    .enablePositionalOptions()
    .exitOverride();
  const [wanted] = args;
  const known = wanted !== undefined && Object.hasOwn(commands, wanted);
  const chosen = known ? [wanted] : Object.keys(commands);
  // before a command it would take the --version of replay
  if (!known) program.version(productVersion(), '-V, --version', 'the version of huntflow-connector');
  for (const name of chosen) program.addCommand((await commands[name]?.())?.(terminal) ?? new Command(name));
  for (const command of program.commands) overrideExit(command);
  speak(program, terminal.language);
  try {
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    return explain(error, terminal);
  }
}

function overrideExit(command: Command): void {
  command.exitOverride();
  for (const inner of command.commands) overrideExit(inner);
}

/** A sentence for the person at the terminal, never a stack. */
function explain(error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError) return error.exitCode; // commander has said its sentence already
  if (error instanceof CommandError) {
    terminal.note(error.text[terminal.language]);
    return error.exitCode;
  }
  if (error instanceof FaultyFileError) {
    for (const fault of fewFaults(error.faults, 1_000)) terminal.note(formatFault(fault, terminal.language));
    return 2;
  }
  // What nobody foresaw may quote anything in its words.
  const place = errorPlace(error);
  terminal.note(
    {
      ru: `Не получилось, и причина не предусмотрена: ${place}. Сообщите эту строку разработчику.`,
      en: `It did not work, for a reason that nobody foresaw: ${place}. Tell the developer this line.`,
    }[terminal.language],
  );
  return 1;
}
