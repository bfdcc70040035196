import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { InferType } from 'yup';
import { alarmRuleOf } from './alarm-rules.ts';
import type { Config } from './config.ts';
import { configSchema } from './schema.ts';
import { isKernelFolder, sqliteFile } from '../database/url.ts';
import { readPlainFileNow } from '../files/plain-file.ts';
import { unicodeText } from '../files/unicode-text.ts';
import { consoleOf } from './console.ts';
import { dotEnv } from './dot-env.ts';
import { withVariables } from './empty-variable.ts';
import { type Environment, isOfSecret, substitute } from './environment.ts';
import type { Fault } from '../files/fault.ts';
import { isLoopback } from './host.ts';
import { absoluteUrl, privacyOf, storeProblem } from './privacy.ts';
import { environment } from './process-environment.ts';
import { slipsIn } from './slips.ts';
import { soundPart } from './sound-part.ts';
import { oddSecrets, sourceOf, withoutSecret } from './sources.ts';
import { targetOf } from './target-config.ts';
import type { Text } from '../text.ts';
import { type Path, validate } from '../files/validation.ts';
import { YamlDocument } from '../files/yaml-document.ts';
import { property } from '../process/property.ts';

/** What a config has that says nothing else: milliseconds, and bytes, as mail servers commonly take. */
const usual = { deadline: 1000, attachment: 25 * 1024 ** 2 } as const;

export interface LoadedConfig {
  /** Undefined when a fault is an error. */
  readonly config: Config | undefined;
  /**
   * What a faulty file says without its faulty values: nothing to serve with, but enough to look for further faults.
   */
  readonly remainder: Config | undefined;
  readonly faults: readonly Fault[];
  /** For whoever finds further faults in it: adapters check their settings. */
  readonly document: YamlDocument;
}

export interface LoadOptions {
  /**
   * For whoever only works on the database: no variable has to be set that stands in secrets or in settings of
   * targets.
   */
  readonly lenient?: boolean;
}

/**
 * Reads and checks a connector.yaml; every fault is found in one go. `path` is relative to the working folder.
 * Variables are those of the environment and, where it lacks them, of the `.env` beside the file.
 */
export function loadConfig(path: string, given?: Environment, { lenient = false }: LoadOptions = {}): LoadedConfig {
  const file = resolve(path);
  const beside = given === undefined ? dotEnv(file) : { variables: {}, faults: [] };
  const variables = { ...beside.variables, ...(given ?? environment()) };
  const read = readText(file);
  const document = new YamlDocument(path, read.text);
  if (read.fault !== undefined) return nothing([document.fault([], read.fault)], document);
  if (document.faults.length > 0) return nothing([...beside.faults, ...document.faults], document);
  if (document.root?.kind === 'list' || (document.root?.kind === 'scalar' && document.root.value !== null))
    return nothing([document.fault([], noSettings)], document);

  const spare = (place: Path) => lenient && isOfSecret(place);
  const { value, faults: unset, spared } = substitute(document, variables, { spare });
  const { value: whole, problems } = validate(configSchema, value ?? {});
  // What is wrong with the value of a variable that is not set is that.
  const isUnset = ({ line, column }: Fault) =>
    unset.some((fault) => fault.level === 'error' && fault.line === line && fault.column === column);
  const told = document.faultsOf(withVariables(problems, document, value));
  const faults = [...beside.faults, ...slipsIn(document), ...unset, ...told.filter((fault) => !isUnset(fault))];
  const cast = whole ?? validate(configSchema, soundPart(value, problems)).value;
  if (cast === undefined) return nothing(faults, document);

  const config = configOf(cast, { file, value, spared });
  faults.push(...clashes(cast, config).map(([place, text]) => document.fault(place, text)));
  for (const { name, secrets, unsigned } of config.sources) {
    faults.push(...oddSecrets(cast.sources[name]?.secrets ?? [], name, document));
    // What is wrong with the source may be just why it seems to have no secret.
    const sound =
      !isSpared(spared, 'sources', name) &&
      !unset.some(({ level }) => level === 'error') &&
      !problems.some(({ path: [section, at] }) => section === 'sources' && at === name);
    if (sound && secrets.length === 0 && !unsigned)
      faults.push(withoutSecret(document, name, isLoopback(cast.server.host)));
  }
  deepFreeze(config);
  const faulty = faults.some((fault) => fault.level === 'error');
  return { config: faulty ? undefined : config, remainder: config, faults, document };
}

function nothing(faults: readonly Fault[], document: YamlDocument): LoadedConfig {
  return { config: undefined, remainder: undefined, faults, document };
}

interface Written {
  readonly file: string;
  /** The file's own value, in the order in which it was written. */
  readonly value: unknown;
  /** Where a variable is not set that whoever only reads does without. */
  readonly spared: readonly Path[];
}

type Cast = InferType<typeof configSchema>;

function configOf(cast: Cast, { file, value, spared }: Written): Config {
  const folder = dirname(file);
  const absolute = (path: string) => resolve(folder, path);
  const url = absoluteUrl(cast.database.url, folder);
  const { siem } = cast.audit;
  return {
    file,
    server: { ...cast.server },
    console: consoleOf(cast.console, file),
    database: { url, spool: cast.database.spool === undefined ? undefined : absolute(cast.database.spool) },
    retention: cast.retention,
    siem: siem && { ...siem, ca: siem.ca && absolute(siem.ca) },
    zone: cast.zone,
    mappings: absolute(cast.mappings),
    candidateLink: cast.candidateLink,
    formulas: { deadline: cast.formulas.deadline ?? usual.deadline },
    attachments: { ...cast.attachments, limit: cast.attachments.limit ?? usual.attachment },
    privacy: privacyOf(cast.privacy, url, folder),
    log: { ...cast.log },
    stages: cast.stages,
    sources: asWritten(cast.sources, value, 'sources').map(([name, source]) => sourceOf(name, source, cast.stages)),
    targets: asWritten(cast.targets, value, 'targets').map(([name, target]) =>
      targetOf(name, target, isSpared(spared, 'targets', name)),
    ),
    alarms: cast.alarms.map(alarmRuleOf),
    calendar: cast.calendar ? absolute(cast.calendar) : undefined,
    faultyTargets: keysOf(value, 'targets').filter((name) => !Object.hasOwn(cast.targets, name)),
  };
}

function isSpared(spared: readonly Path[], section: string, name: string): boolean {
  return spared.some(([place, at]) => place === section && at === name);
}

/** What is sound by itself and does not go together. */
function clashes(cast: Cast, { database, privacy }: Config): readonly (readonly [Path, Text])[] {
  const found: [Path, Text][] = [];
  const databaseFile = sqliteFile(database.url);
  if (cast.server.port === cast.console.port && cast.server.port !== 0) found.push([['console', 'port'], onePort]);
  if (databaseFile !== undefined && isKernelFolder(databaseFile)) found.push([['database', 'url'], belowProc]);
  if (databaseFile !== undefined && cast.database.spool !== undefined)
    found.push([['database', 'spool'], spoolOfServer]);
  const misplaced = privacy.keyFile === undefined ? undefined : storeProblem(privacy.store, database.url);
  if (misplaced !== undefined) found.push([['privacy', 'store'], misplaced]);
  return found;
}

function readText(file: string): {
  readonly text: string;
  readonly fault?: { readonly ru: string; readonly en: string };
} {
  const read = readPlainFileNow(file, fileLimit);
  if (!read.ok) return { text: '', fault: read.missing ? missing(file) : read.text };
  const text = unicodeText(read.bytes);
  return text === undefined ? { text: '', fault: notUtf8 } : { text };
}

/** Bytes. */
const fileLimit = 1024 ** 2;

/** Windows hides a further `.txt`, and Notepad adds it. */
function missing(file: string): Text {
  const alike = [`${file}.txt`, file.replace(/\.yaml$/, '.yml')].find((each) => each !== file && existsSync(each));
  if (alike === undefined) return missingFile;
  const [is, wanted] = [basename(alike), basename(file)];
  return {
    ru: `файла настроек нет, а рядом лежит ${is}: переименуйте его в ${wanted} (Windows прячет лишнее «.txt»)`,
    en: `there is no such config file, and ${is} lies there: name it ${wanted} (Windows hides a further ".txt")`,
  };
}

const missingFile: Text = {
  ru: 'файла настроек нет: создайте его (huntflow-connector init ПАПКА) или укажите другой ключом --config',
  en: 'there is no such config file: create it (huntflow-connector init FOLDER), or name another with --config',
};

const noSettings: Text = {
  ru: 'это не настройки: connector.yaml — набор строк «ключ: значение»',
  en: 'these are no settings: connector.yaml is a set of lines `key: value`',
};

const notUtf8: Text = {
  ru: 'файл не в кодировке UTF-8: сохраните его в UTF-8',
  en: 'the file is not UTF-8: save it as UTF-8',
};

const onePort: Text = {
  ru: 'у server и console один и тот же порт: задайте разные',
  en: 'server and console have the same port: give them different ones',
};

const spoolOfServer: Text = {
  ru: 'spool нужен только PostgreSQL: файл SQLite всегда на месте; уберите его',
  en: 'spool is for PostgreSQL alone: an SQLite file is never away; take it out',
};

const belowProc: Text = {
  ru: 'на этом пути файлы ядра (/proc), базу данных там не создать: укажите папку на диске',
  en: "the files in this path are the kernel's (/proc), no database can be made there: name a folder on a disk",
};

/** yup casts keys in an order of its own; `send` without --source means the first source of the file. */
function asWritten<T>(cast: Readonly<Record<string, T>>, written: unknown, key: string): [string, T][] {
  const names = keysOf(written, key);
  return Object.entries(cast).toSorted(([a], [b]) => names.indexOf(a) - names.indexOf(b));
}

function keysOf(written: unknown, key: string): string[] {
  const section = property(written, key);
  return typeof section === 'object' && section !== null ? Object.keys(section) : [];
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const item of Object.values(value)) deepFreeze(item);
  }
  return value;
}
