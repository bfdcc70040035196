import type { Alarms } from '../alarms/alarms.ts';
import type { Audit } from '../audit/audit.ts';
import type { Bulks } from '../bulk/bulks.ts';
import type { Config } from '../config/config.ts';
import type { Database } from '../database/database.ts';
import type { Inbox } from '../inbox/inbox.ts';
import type { Mappings } from '../mapping/mappings.ts';
import type { Replay } from '../mapping/replay.ts';
import type { MappingVersions } from '../mapping/store/mapping-versions.ts';
import type { MappingEngine } from '../mapping/thread/engine.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { People } from '../people/people.ts';
import type { Seals } from '../people/seals.ts';
import type { Report } from '../report/report.ts';
import type { Target, LentTools } from '../targets/target.ts';
import type { TargetStates } from '../targets/target-state.ts';
import type { WrittenFolder } from '../targets/written-folder.ts';
import type { Text } from '../text.ts';

/** What the console shows and changes, as the composition has it. */
export interface ConsoleParts {
  readonly config: Config;
  readonly targets: readonly Target[];
  readonly now: () => number;
  readonly database: Database;
  readonly alarms: Alarms;
  readonly audit: Audit;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly people: People;
  readonly seals: Seals;
  readonly states: TargetStates;
  readonly bulks: Bulks;
  readonly engine: MappingEngine;
  readonly mappings: Mappings;
  readonly versions: MappingVersions;
  readonly replay: Replay;
  readonly report: Report;
  /** Why events cannot be kept now; undefined: they can. */
  readonly refusing: () => Text | undefined;
  readonly toolsFor: (target: Target) => LentTools;
  readonly folderOf: (target: Target) => WrittenFolder | undefined;
}
