import type { AlarmRuleConfig } from './alarm-rules.ts';
import type { ConsoleConfig } from './console.ts';
import type { Retention, SiemAddress } from './keeping.ts';
import type { Listener } from './host.ts';
import type { Source, Stages } from './sources.ts';

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

/** The stages of a source; the organisation's for one that is not named or is gone. */
export function stagesOf(config: Config, source: string | undefined): Stages {
  return config.sources.find(({ name }) => name === source)?.stages ?? config.stages;
}
