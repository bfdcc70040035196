import { dirname, resolve } from 'node:path';
import { type AlarmRuleConfig, alarmRuleOf } from './alarm-rules.ts';
import { successOf } from './answers.ts';
import { configSchema } from './schema.ts';
import { isKernelFolder, sqliteFile } from '../database/url.ts';
import { readPlainFileNow } from '../files/plain-file.ts';
import { unicodeText } from '../files/unicode-text.ts';
import { type ConsoleConfig, consoleOf } from './console.ts';
import { dotEnv } from './dot-env.ts';
import { type Environment, isOfSecret, substitute } from './environment.ts';
import type { Fault } from '../files/fault.ts';
import type { Retention, SiemAddress } from './keeping.ts';
import { isLoopback, type Listener } from './host.ts';
import { absoluteUrl, privacyOf, storeProblem } from './privacy.ts';
import { soundPart } from './sound-part.ts';
import { oddSecrets, secretsOf, type Source, type Stages, withoutSecret } from './sources.ts';
import { type Language, languageOf, type Text } from '../text.ts';
import { type Path, validate } from '../files/validation.ts';
import { YamlDocument } from '../files/yaml-document.ts';
import { property } from '../process/property.ts';

/** A destination as configured; milliseconds throughout. */
export interface TargetConfig {
  readonly name: string;
  /** A shipped adapter's type, or the path of a file. */
  readonly adapter: string;
  /** As written, after the environment was put in; the adapter's schema casts them. */
  readonly settings: unknown;
  /** Variables of the settings are not set, and whoever loaded the config does not need them. */
  readonly unsettled: boolean;
  /** Undefined: what suits the adapter. */
  readonly concurrency: number | undefined;
  /** Deliveries a second, or undefined for as fast as they go. */
  readonly rate: number | undefined;
  /** For one HTTP request; undefined: what suits the adapter. */
  readonly timeout: number | undefined;
  readonly order: 'strict' | 'none' | undefined;
  /**
   * What follows when the target may have a record: `look` before sending again, `retry`, or `dead` until a person
   * decides.
   */
  readonly unknown: 'look' | 'retry' | 'dead' | undefined;
  readonly retry: {
    readonly schedule: readonly number[];
    readonly giveUp: number;
    readonly attempts: number;
    /** What an HTTP status means, where the operators know better. */
    readonly statuses: Readonly<Record<number, 'later' | 'never'>>;
  };
  /** When an HTTP answer is a success; `when` is a formula without its `=`. */
  readonly success: { readonly status?: readonly number[]; readonly when?: string } | undefined;
  readonly breaker: { readonly after: number; readonly rest: number; readonly restMax: number };
}

/** config/connector.yaml with the environment put in: validated, with defaults, frozen. */
export interface Config {
  /** Absolute path of the file itself; relative paths in it start from its folder. */
  readonly file: string;
  readonly server: Listener & { readonly bodyLimit: number };
  readonly console: ConsoleConfig;
  /** `spool`: absolute path of a folder; undefined: nothing is taken while PostgreSQL is away. */
  readonly database: { readonly url: string; readonly spool: string | undefined };
  /** Undefined: nothing is deleted. */
  readonly retention: Retention | undefined;
  /** Undefined: the audit is sent nowhere. */
  readonly siem: SiemAddress | undefined;
  readonly zone: string;
  /** Absolute path of the folder of mapping files. */
  readonly mappings: string;
  /** Template of `$candidateLink()`; undefined: Huntflow's own form. */
  readonly candidateLink: string | undefined;
  readonly formulas: { readonly deadline: number };
  readonly attachments: { readonly hosts: readonly string[]; readonly private: boolean; readonly limit: number };
  /** `keyFile`: absolute path; undefined: nothing is sealed. `store`: a URL, as that of the database. */
  readonly privacy: { readonly keyFile: string | undefined; readonly store: string | undefined };
  readonly log: { readonly level: string };
  readonly stages: Stages;
  readonly sources: readonly Source[];
  readonly targets: readonly TargetConfig[];
  readonly alarms: readonly AlarmRuleConfig[];
  /** Absolute path of a file of days off and working days; undefined: those of Russian law alone. */
  readonly calendar: string | undefined;
  /** Names of targets that had to be left out of a remainder; mappings to them are not to blame. */
  readonly faultyTargets: readonly string[];
}

/** What a target gets that says nothing else; milliseconds. */
const defaults = {
  retry: { schedule: [10_000, 60_000, 600_000, 3_600_000], giveUp: 604_800_000, attempts: 1000 },
  breaker: { after: 10, rest: 1000, restMax: 60_000 },
  deadline: 1000,
  /** Bytes; what mail servers commonly take. */
  attachment: 25 * 1024 ** 2,
} as const;

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

/** The only reader of the environment. */
export function environment(): Environment {
  return process.env;
}

export function readerLanguage(): Language {
  return languageOf(environment());
}

/** The stages of a source; the organisation's for one that is not named or is gone. */
export function stagesOf(config: Config, source: string | undefined): Stages {
  return config.sources.find(({ name }) => name === source)?.stages ?? config.stages;
}

/** `npm start` and the like. */
export function startedByNpm(): boolean {
  return environment()['npm_lifecycle_event'] !== undefined;
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
  if (read.fault !== undefined)
    return { config: undefined, remainder: undefined, faults: [document.fault([], read.fault)], document };
  if (document.faults.length > 0) return { config: undefined, remainder: undefined, faults: document.faults, document };

  const spare = (place: Path) => lenient && isOfSecret(place);
  const { value, faults: unset, spared } = substitute(document, variables, { spare });
  const isSpared = (section: string, name: string) => spared.some(([place, at]) => place === section && at === name);
  const { value: whole, problems } = validate(configSchema, value ?? {});
  // What is wrong with the value of a variable that is not set is that.
  const isUnset = ({ line, column }: Fault) =>
    unset.some((fault) => fault.level === 'error' && fault.line === line && fault.column === column);
  const faults: Fault[] = [
    ...beside.faults,
    ...unset,
    ...document.faultsOf(problems).filter((fault) => !isUnset(fault)),
  ];
  const cast = whole ?? validate(configSchema, soundPart(value, problems)).value;
  if (cast === undefined) return { config: undefined, remainder: undefined, faults, document };

  if (cast.server.port === cast.console.port && cast.server.port !== 0) {
    faults.push(
      document.fault(['console', 'port'], {
        ru: 'у server и console один и тот же порт: задайте разные',
        en: 'server and console have the same port: give them different ones',
      }),
    );
  }
  const folder = dirname(file);
  const loopback = isLoopback(cast.server.host);
  const url = absoluteUrl(cast.database.url, folder);
  const databaseFile = sqliteFile(url);
  if (databaseFile !== undefined && isKernelFolder(databaseFile))
    faults.push(document.fault(['database', 'url'], belowProc));
  if (databaseFile !== undefined && cast.database.spool !== undefined)
    faults.push(document.fault(['database', 'spool'], spoolOfServer));
  const privacy = privacyOf(cast.privacy, url, folder);
  const misplaced = privacy.keyFile === undefined ? undefined : storeProblem(privacy.store, url);
  if (misplaced !== undefined) faults.push(document.fault(['privacy', 'store'], misplaced));
  const config: Config = {
    file,
    server: { ...cast.server },
    console: consoleOf(cast.console, file),
    database: { url, spool: cast.database.spool === undefined ? undefined : resolve(folder, cast.database.spool) },
    retention: cast.retention,
    siem: cast.audit.siem && { ...cast.audit.siem, ca: cast.audit.siem.ca && resolve(folder, cast.audit.siem.ca) },
    zone: cast.zone,
    mappings: resolve(folder, cast.mappings),
    candidateLink: cast.candidateLink,
    formulas: { deadline: cast.formulas.deadline ?? defaults.deadline },
    attachments: { ...cast.attachments, limit: cast.attachments.limit ?? defaults.attachment },
    privacy,
    log: { ...cast.log },
    stages: cast.stages,
    sources: asWritten(cast.sources, value, 'sources').map(([name, source]) => {
      const secrets = secretsOf(source.secrets);
      faults.push(...oddSecrets(source.secrets, name, document));
      // What is wrong with the source may be just why it seems to have no secret.
      const sound =
        !isSpared('sources', name) &&
        !unset.some(({ level }) => level === 'error') &&
        !problems.some(({ path: [section, at] }) => section === 'sources' && at === name);
      if (sound && secrets.length === 0 && !source.unsigned) faults.push(withoutSecret(document, name, loopback));
      const { unsigned, scope, quarantine } = source;
      return {
        name,
        secrets,
        unsigned,
        scope,
        ...(quarantine && { quarantine }),
        stages: { ...cast.stages, ...source.stages },
      };
    }),
    targets: asWritten(cast.targets, value, 'targets').map(([name, target]) => ({
      name,
      adapter: target.adapter,
      settings: target.settings,
      unsettled: isSpared('targets', name),
      concurrency: target.concurrency,
      rate: target.rate,
      timeout: target.timeout,
      order: target.order,
      unknown: target.unknown,
      retry: {
        schedule: target.retry.schedule ?? defaults.retry.schedule,
        giveUp: target.retry.giveUp ?? defaults.retry.giveUp,
        attempts: target.retry.attempts ?? defaults.retry.attempts,
        statuses: target.retry.statuses,
      },
      success: successOf(target.success),
      breaker: {
        after: target.breaker.after ?? defaults.breaker.after,
        rest: target.breaker.rest ?? defaults.breaker.rest,
        restMax: target.breaker.restMax ?? defaults.breaker.restMax,
      },
    })),
    alarms: cast.alarms.map(alarmRuleOf),
    calendar: (cast.calendar ?? '') === '' ? undefined : resolve(folder, cast.calendar ?? ''),
    faultyTargets: keysOf(value, 'targets').filter((name) => !Object.hasOwn(cast.targets, name)),
  };
  deepFreeze(config);
  return {
    config: faults.some((fault) => fault.level === 'error') ? undefined : config,
    remainder: config,
    faults,
    document,
  };
}

function readText(file: string): {
  readonly text: string;
  readonly fault?: { readonly ru: string; readonly en: string };
} {
  const read = readPlainFileNow(file, fileLimit);
  if (!read.ok) return { text: '', fault: read.missing ? missingFile : read.text };
  const text = unicodeText(read.bytes);
  return text === undefined ? { text: '', fault: notUtf8 } : { text };
}

/** Bytes. */
const fileLimit = 1024 ** 2;

const missingFile: Text = {
  ru: 'файла настроек нет: создайте его (huntflow-connector init ПАПКА) или укажите другой ключом --config',
  en: 'there is no such config file: create it (huntflow-connector init FOLDER), or name another with --config',
};

const notUtf8: Text = {
  ru: 'файл не в кодировке UTF-8: сохраните его в UTF-8',
  en: 'the file is not UTF-8: save it as UTF-8',
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
