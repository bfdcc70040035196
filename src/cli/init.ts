import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { environment } from '../config/config.ts';
import { rememberConfig } from '../config/location.ts';
import { isZone } from '../config/schema.ts';
import { errorCode } from '../process/error-code.ts';
import type { Language } from '../text.ts';
import { type Answers, type Kind, kinds } from './init/answers.ts';
import { isOurs, makeFolder, typed } from './init/folder.ts';
import { ask } from './init/questions.ts';
import { starters } from './init/starter.ts';
import { oneOf } from './options.ts';
import { CommandError, type Terminal } from './terminal.ts';

interface InitOptions {
  readonly target?: readonly Kind[];
  readonly stage?: string;
  readonly onec?: string;
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
    .option('--stage <name>', 'name or id of the stage at which somebody is hired', stageName)
    .option('--onec <url>', 'OData address of 1C, with --target onec-odata', webAddress)
    .option('--intranet <url>', 'address of the JSON API, with --target rest', webAddress)
    .option('--zone <zone>', 'time zone of dates (default: Europe/Moscow)', zoneName)
    .option('--port <port>', 'for webhooks; the next one is for health (default: 8080)', portNumber)
    .option('--yes', 'ask nothing, also at a terminal')
    .option('--lang <language>', 'ru or en (default: by LANG)', oneOf('ru', 'en'))
    .action((folder: string | undefined, options: InitOptions) => init(folder, options, terminal));
}

async function init(folder: string | undefined, options: InitOptions, terminal: Terminal): Promise<void> {
  const defaults: Answers = {
    language: terminal.language,
    folder: process.cwd(),
    targets: ['csv'],
    stage: 'Выход на работу',
    onec: undefined,
    intranet: undefined,
    zone: 'Europe/Moscow',
    port: 8080,
  };
  const { target, stage, onec, intranet, zone, port, lang } = options;
  const given = { folder, targets: target, stage, onec, intranet, zone, port, language: lang };
  const asking = !options.yes && process.stdin.isTTY && process.stdout.isTTY;
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const answers: Answers = asking ? await ask(given, defaults) : { ...defaults, ...said };
  make({ ...answers, folder: resolve(answers.folder) }, terminal);
}

function make(answers: Answers, terminal: Terminal): void {
  const { folder, language, port } = answers;
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
  const unfilled = answers.targets.flatMap((kind) => starters[kind].variables).join(', ');
  const remembered = rememberConfig(config, environment());
  const ru = [
    `Создано в ${folder}: ${made.join(', ')}`,
    '',
    'Дальше:',
    unfilled === ''
      ? `  1. секрет вебхука уже придуман, он в ${join(folder, '.env')}; вписывать ничего не нужно`
      : `  1. впишите в ${join(folder, '.env')}: ${unfilled}; секрет вебхука там уже есть`,
    `  2. проверьте: ${typed(folder, 'check')}`,
    `  3. запустите: ${typed(folder, 'serve')} (или служба: huntflow-connector.service в этой папке)`,
    `  4. в Huntflow, Настройки → API → вебхуки: адрес вашего прокси, который передаёт на порт ${port}, путь /webhooks/huntflow, и секрет из .env`,
    ...(remembered ? ['', 'Команды, которые только читают, найдут эту папку откуда угодно.'] : []),
  ];
  const en = [
    `Made in ${folder}: ${made.join(', ')}`,
    '',
    'Next:',
    unfilled === ''
      ? `  1. the secret of the webhook is made, it is in ${join(folder, '.env')}; nothing has to be filled in`
      : `  1. fill in ${unfilled} in ${join(folder, '.env')}; the secret of the webhook is there`,
    `  2. check it: ${typed(folder, 'check')}`,
    `  3. run it: ${typed(folder, 'serve')} (or as a service: huntflow-connector.service in this folder)`,
    '  4. in Huntflow, Settings → API → webhooks: the address of your proxy, which passes on to port ' +
      `${port}, path /webhooks/huntflow, and the secret of .env`,
    ...(remembered ? ['', 'Commands that only read find this folder from anywhere.'] : []),
  ];
  terminal.print((language === 'ru' ? ru : en).join('\n'));
}

/** Throws CommandError when the folder cannot be written. */
function writtenFiles(answers: Answers): string[] {
  try {
    return makeFolder(answers);
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new CommandError({
      ru: `в папку ${answers.folder} не записать (${code}): проверьте путь и права`,
      en: `the folder ${answers.folder} cannot be written to (${code}): check its path and permissions`,
    });
  }
}

function stageName(text: string): string {
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
