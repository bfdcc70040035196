import { Command, InvalidArgumentError } from 'commander';
import { environment, readerLanguage } from '../config/process-environment.ts';
import { configLocation } from '../config/location.ts';
import type { Text } from '../text.ts';
import { shellWord } from './init/typed-command.ts';
import { spokenWord } from './spoken-word.ts';
import { CommandError } from './terminal.ts';

/** Commands that change nothing: they may use the folder that `init` made last without being told so. */
const reading = new Set([
  'check',
  'test',
  'map',
  'list',
  'show',
  'stages',
  'causes',
  'blocked',
  'attention',
  'person',
  'doctor',
  'verify',
]);

/** `audit verify` only looks, `events verify` lets in. */
function reads(command: Command): boolean {
  return reading.has(command.name()) && !(command.name() === 'verify' && command.parent?.name() === 'events');
}

/** A command that knows `--lang`; which it is has been read from the arguments before any command was made. */
export function spoken(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option('--lang <language>', 'ru or en (default: as the folder says, else by LANG)', oneOf('ru', 'en'));
}

/** A command that knows `--config` and `--lang`. */
export function configured(name: string, description: string): Command {
  const found = configLocation(environment());
  return spoken(name, description)
    .option(
      '--config <path>',
      'connector.yaml to use (default: $HUNTFLOW_CONNECTOR_CONFIG, ./connector.yaml, ./config/connector.yaml, ' +
        'then for commands that only read the one that init made last)',
    )
    .hook('preAction', (_program, command) => {
      if (command.opts()['config'] !== undefined) return;
      if (found.remembered) {
        if (!reads(command)) throw notNamed(found.path);
        const language: unknown = command.opts()['lang'] ?? readerLanguage();
        process.stderr.write(`${language === 'ru' ? 'настройки' : 'settings'}: ${found.path}\n`);
      } else if (found.other !== undefined) {
        const language: unknown = command.opts()['lang'] ?? readerLanguage();
        process.stderr.write(`${notTheLast(found.path, found.other)[language === 'ru' ? 'ru' : 'en']}\n`);
      }
      command.setOptionValue('config', found.path);
    });
}

/** Two folders are easily taken for one another: whoever asks the wrong one sees that nothing has come. */
function notTheLast(path: string, other: string): Text {
  return {
    ru: `настройки: ${path}; папка, которую init создал последней, другая: для неё добавьте --config ${shellWord(other)}`,
    en: `settings: ${path}; the folder that init made last is another: for that one add --config ${shellWord(other)}`,
  };
}

/** A command as it is typed here: npx finds the program, and `--config` the folder where that is not found by itself. */
export function typedCommand(command: string, config: string): string {
  return `npx ${command}${configLocation(environment()).path === config ? '' : ` --config ${shellWord(config)}`}`;
}

function notNamed(path: string): CommandError {
  return new CommandError({
    ru: `здесь нет connector.yaml, а команда, которая что-то меняет, не угадывает, какой нужен: добавьте --config ${path} или перейдите в его папку`,
    en:
      'there is no connector.yaml here, and a command that changes something does not guess which one is meant: ' +
      `add --config ${path}, or go to its folder`,
  });
}

export interface ConfigOption {
  readonly config: string;
}

export interface JsonOption {
  readonly json?: boolean;
}

export function count(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError('a whole number above zero is needed');
  return Number(text);
}

/** How many rows of a list. */
export function limit(text: string): number | 'all' {
  return text === 'all' ? 'all' : count(text);
}

/** For arguments that may be repeated. */
export function counts(text: string, before: readonly number[] = []): readonly number[] {
  return [...before, count(text)];
}

export function oneOf<const Word extends string>(...words: readonly Word[]): (text: string) => Word {
  return (text) => {
    const found = words.find((word) => word === text || spokenWord(word, 'ru') === text);
    if (found === undefined) throw new InvalidArgumentError(`one of: ${words.join(', ')}`);
    return found;
  };
}
