import { Command, InvalidArgumentError } from 'commander';

export const defaultConfig = 'config/connector.yaml';

/** A command that knows `--config` and `--lang`. */
export function configured(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option('--config <path>', 'connector.yaml to use', defaultConfig)
    .option('--lang <language>', 'ru or en (default: by LANG)', oneOf('ru', 'en'));
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

/** For arguments that may be repeated. */
export function counts(text: string, before: readonly number[] = []): readonly number[] {
  return [...before, count(text)];
}

export function oneOf<const Word extends string>(...words: readonly Word[]): (text: string) => Word {
  return (text) => {
    const found = words.find((word) => word === text);
    if (found === undefined) throw new InvalidArgumentError(`one of: ${words.join(', ')}`);
    return found;
  };
}
