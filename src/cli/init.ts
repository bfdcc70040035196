import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { environment } from '../config/process-environment.ts';
import { rememberConfig } from '../config/location.ts';
import { isZone } from '../config/schema.ts';
import { KeyFileError, recoveryText } from '../people/key-file.ts';
import { errorCode } from '../process/error-code.ts';
import type { Language, Text } from '../text.ts';
import { type Answers, type Kind, kinds } from './init/answers.ts';
import { isOurs, keyFileIn, makeFolder } from './init/folder.ts';
import { nextSteps } from './init/next-steps.ts';
import { ask } from './init/questions.ts';
import { oneOf } from './options.ts';
import { CommandError, type Terminal } from './terminal.ts';

interface InitOptions {
  readonly target?: readonly Kind[];
  readonly stage?: string;
  readonly onec?: string;
  readonly organisation?: string;
  readonly intranet?: string;
  readonly zone?: string;
  readonly port?: number;
  readonly yes?: boolean;
  readonly lang?: Language;
}

export function initCommand(terminal: Terminal): Command {
  const kind = oneOf(...kinds);
  return new Command('init')
    .description('make a folder of your own: connector.yaml, .env with a secret, mappings, a systemd unit')
    .argument('[folder]', 'where (default: here)')
    .option(
      '--target <kind>',
      `where records go, may be repeated: ${kinds.join(', ')} (default: csv)`,
      (text: string, before?: readonly Kind[]) => [...(before ?? []), kind(text)],
    )
    .option('--stage <name>', 'name or id of the stage at which somebody is hired', oneLine)
    .option('--onec <url>', 'OData address of 1C, with --target onec-odata', webAddress)
    .option('--organisation <name>', 'your organisation as 1C calls it, with --target onec-odata', oneLine)
    .option('--intranet <url>', 'address of the JSON API, with --target rest', webAddress)
    .option('--zone <zone>', 'time zone of dates (default: Europe/Moscow)', zoneName)
    .option('--port <port>', 'for webhooks; the next one is for health (default: 8080)', portNumber)
    .option('--yes', 'ask nothing, also at a terminal')
    .option('--lang <language>', 'ru or en, kept in the folder (default: by LANG)', oneOf('ru', 'en'))
    .action((folder: string | undefined, options: InitOptions) => init(folder, options, terminal));
}

async function init(folder: string | undefined, options: InitOptions, terminal: Terminal): Promise<void> {
  const defaults: Answers = {
    language: terminal.language,
    folder: process.cwd(),
    targets: ['csv'],
    stage: 'Выход на работу',
    onec: undefined,
    organisation: 'ООО Ромашка',
    intranet: undefined,
    zone: 'Europe/Moscow',
    port: 8080,
  };
  const { target, stage, onec, organisation, intranet, zone, port, lang } = options;
  const given = { folder, targets: target, stage, onec, organisation, intranet, zone, port, language: lang };
  const asking = !options.yes && process.stdin.isTTY && process.stdout.isTTY;
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const answers: Answers = asking ? await ask(given, defaults) : { ...defaults, ...said };
  make({ ...answers, folder: resolve(answers.folder) }, terminal);
}

function make(answers: Answers, terminal: Terminal): void {
  const { folder, language } = answers;
  const config = join(folder, 'connector.yaml');
  if (isOurs(folder))
    throw new CommandError({
      ru: 'это папка самой программы, её заменит обновление: назовите другую, например huntflow-connector init ~/huntflow',
      en:
        'this is the folder of the program itself, which an update replaces: name another one, e.g. ' +
        'huntflow-connector init ~/huntflow',
    });
  if (existsSync(config))
    throw new CommandError({
      ru: `${config} уже есть, и init его не трогает: выберите другую папку или измените файл сами`,
      en: `${config} is there already, and init leaves it alone: choose another folder, or edit the file`,
    });
  const made = writtenFiles(answers);
  const remembered = rememberConfig(config, environment());
  terminal.print(
    [
      language === 'ru' ? `Создано в ${folder}: ${made.join(', ')}` : `Made in ${folder}: ${made.join(', ')}`,
      '',
      ...(made.includes('connector.key')
        ? [keyWords(keyFileIn(folder))[language], recoveryText(keyFileIn(folder)).trimEnd(), '']
        : []),
      language === 'ru' ? 'Дальше:' : 'Next:',
      ...nextSteps(answers).map((step, at) => `  ${at + 1}. ${step[language]}`),
      ...(remembered ? ['', rememberedWords[language]] : []),
    ].join('\n'),
  );
}

function keyWords(file: string): Text {
  return {
    ru: `Ключ в ${file} шифрует всё, что хранится о людях: без него базу не прочесть. Сохраните его копию отдельно от копий базы, или этот текст для восстановления, он показан один раз:`,
    en:
      `The key in ${file} seals whatever is kept about people: without it nobody reads the database. Keep a copy of it ` +
      'apart from copies of the database, or this recovery text, which is shown once:',
  };
}

const rememberedWords = {
  ru: 'Команды, которые только читают, найдут эту папку отовсюду, где нет своего connector.yaml (в папке программы он есть: добавляйте --config или задайте HUNTFLOW_CONNECTOR_CONFIG).',
  en:
    'Commands that only read find this folder from anywhere that has no connector.yaml of its own (the folder of the ' +
    'program has: add --config, or set HUNTFLOW_CONNECTOR_CONFIG).',
};

/** Throws CommandError when the folder cannot be written. */
function writtenFiles(answers: Answers): string[] {
  try {
    return makeFolder(answers);
  } catch (error) {
    if (error instanceof KeyFileError) throw new CommandError(error.text);
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new CommandError({
      ru: `в папку ${answers.folder} не записать (${code}): проверьте путь и права`,
      en: `the folder ${answers.folder} cannot be written to (${code}): check its path and permissions`,
    });
  }
}

function oneLine(text: string): string {
  const name = text.trim();
  if (name === '' || /\p{Cc}/u.test(name)) throw new InvalidArgumentError('a name or an id on one line is needed');
  return name;
}

function webAddress(text: string): string {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text))
    throw new InvalidArgumentError('an address that begins with http:// or https:// is needed');
  return text;
}

function zoneName(text: string): string {
  if (!isZone(text)) throw new InvalidArgumentError('a time zone is needed, e.g. Europe/Moscow');
  return text;
}

function portNumber(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (!(port >= 1 && port < 65_535)) throw new InvalidArgumentError('a port from 1 to 65534 is needed');
  return port;
}
