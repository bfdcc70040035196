import 'reflect-metadata';
import { dirname, resolve } from 'node:path';
import { Container } from 'inversify';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Alarms } from './alarms/alarms.ts';
import { calendarOf, type Calendar } from './alarms/calendar.ts';
import { Certificates, secureHosts } from './alarms/certificates.ts';
import { clockSightings, diskSightings, freeSpace, mappingSightings } from './alarms/machine-sightings.ts';
import type { AlarmRule } from './alarms/rule.ts';
import { sharedSightings } from './alarms/shared-sightings.ts';
import { WebhookWatch } from './alarms/webhook-watch.ts';
import { Audit, type AuditKeys } from './audit/audit.ts';
import { HeadLog } from './audit/head-log.ts';
import { keyFromFile, readKey } from './audit/key-file.ts';
import { SiemSender } from './audit/siem/siem-sender.ts';
import { Attachments } from './attachments/attachments.ts';
import { wantFiles } from './attachments/named-files.ts';
import { type Config, stagesOf } from './config/config.ts';
import {
  attachmentFolderOf,
  auditKeyFileOf,
  madeFolder,
  spoolKeyFileOf,
  stateFolderOf,
  writtenFolders,
} from './config/folders.ts';
import { BulkRunner } from './bulk/bulk-runner.ts';
import { Bulks } from './bulk/bulks.ts';
import { Database } from './database/database.ts';
import { unavailable } from './database/unavailable.ts';
import type { Writer } from './database/procedure.ts';
import type { WriterStart } from './database/sqlite/wire.ts';
import { sqliteFile } from './database/url.ts';
import { DatabaseClock } from './database/postgres/clock.ts';
import { Dispatcher } from './dispatch/dispatcher.ts';
import { Inbox } from './inbox/inbox.ts';
import { Quarantine } from './inbox/quarantine.ts';
import { Stages } from './mapping/store/stages.ts';
import { createLog, type Log } from './report/log.ts';
import { MappingEngine } from './mapping/thread/engine.ts';
import { Mapper } from './mapping/mapper.ts';
import { Mappings } from './mapping/mappings.ts';
import { Replay } from './mapping/replay.ts';
import { Drafts } from './mapping/store/drafts.ts';
import { MappingVersions } from './mapping/store/mapping-versions.ts';
import { Outbox } from './outbox/outbox.ts';
import { SealingOfWords } from './outbox/sealing-of-words.ts';
import { Attribution } from './people/attribution.ts';
import { Forgetting } from './forget/forgetting.ts';
import { KeyRing } from './people/key-ring.ts';
import { KeyStore } from './people/key-store.ts';
import { People } from './people/people.ts';
import { Seals } from './people/seals.ts';
import { Sealing } from './people/sealing.ts';
import { SealingOfOld } from './people/sealing-of-old.ts';
import { WrittenFolder } from './targets/written-folder.ts';
import { TargetStates } from './targets/target-state.ts';
import { productVersion } from './process/version.ts';
import { Report } from './report/report.ts';
import { clearCopies, clearPlainCopies } from './retention/old-copies.ts';
import { Retention } from './retention/retention.ts';
import type { Target, LentTools } from './targets/target.ts';
import { Spool } from './spool/spool.ts';
import { SpooledInbox } from './spool/spooled-inbox.ts';
import { startWriter } from './writer/start.ts';

/** What tests put in the place of the real thing. */
export interface Overrides {
  readonly now?: () => number;
  readonly random?: () => number;
  readonly log?: Log;
  /** Milliseconds that whoever works on something holds it; after that it counts as dead. */
  readonly leaseTime?: number;
  readonly startWriter?: (start: WriterStart) => Writer;
  /** Bytes that are free in a folder. */
  readonly freeSpace?: (folder: string) => Promise<number | undefined>;
}

/** What only a process that serves needs. */
interface Serving {
  readonly rules: readonly AlarmRule[];
  readonly calendar: Calendar;
}

/** Everything that lives as long as the process; nothing is made before it is asked for. */
export interface Composition {
  readonly config: Config;
  readonly targets: readonly Target[];
  readonly now: () => number;
  /**
   * What `now` goes by on PostgreSQL, to be started or sampled before anything is written; undefined when it goes by
   * another clock.
   */
  readonly clock: DatabaseClock | undefined;
  readonly database: Database;
  readonly inbox: Inbox;
  readonly quarantine: Quarantine;
  /** Undefined: webhooks wait nowhere while the database is away. */
  readonly spooled: SpooledInbox | undefined;
  readonly outbox: Outbox;
  readonly states: TargetStates;
  readonly bulks: Bulks;
  readonly bulkRunner: BulkRunner;
  readonly engine: MappingEngine;
  readonly mappings: Mappings;
  readonly versions: MappingVersions;
  readonly stages: Stages;
  readonly audit: Audit;
  readonly people: People;
  /** Opens the keys, or says why not; before anything that was sealed is read. */
  readonly sealing: Sealing;
  readonly seals: Seals;
  readonly sealingOfOld: SealingOfOld;
  readonly forgetting: Forgetting;
  /** Where files of Huntflow are kept. */
  readonly filesFolder: string;
  readonly attribution: Attribution;
  readonly headLog: HeadLog;
  readonly retention: Retention;
  /** Undefined: the audit is sent nowhere. */
  readonly siem: SiemSender | undefined;
  readonly attachments: Attachments;
  readonly mapper: Mapper;
  readonly replay: Replay;
  readonly dispatcher: Dispatcher;
  readonly report: Report;
  readonly watch: WebhookWatch;
  readonly alarms: Alarms;
  readonly toolsFor: (target: Target) => LentTools;
  /** The folder of this machine that a target writes to; undefined for targets elsewhere. */
  readonly folderOf: (target: Target) => WrittenFolder | undefined;
  /** Closes what was opened. */
  readonly close: () => Promise<void>;
}

/** The composition root: who is made of whom is said here and nowhere else. */
export function compose(
  config: Config,
  targets: readonly Target[],
  overrides: Overrides = {},
  serving = nobodyTold,
): Composition {
  const random = overrides.random ?? Math.random;
  const leases = { ...(overrides.leaseTime !== undefined && { leaseTime: overrides.leaseTime }) };
  const orderOf = (name: string) => targets.find((target) => target.name === name)?.order ?? 'strict';
  const container = new Container({ defaultScope: 'Singleton' });

  // An SQLite file is served by one process on one machine: nobody else's clock is compared with its own, and a start
  // frees what a predecessor held.
  const clock =
    overrides.now !== undefined || sqliteFile(config.database.url) !== undefined
      ? undefined
      : new DatabaseClock({
          database: () => container.get(Database),
          differs: (seconds) => container.get(Report).clockDiffers(seconds),
        });
  const now = overrides.now ?? clock?.now ?? Date.now;

  container.bind(Report).toResolvedValue(() => {
    const report = new Report(overrides.log ?? createLog(config.log.level), now, (error) =>
      unavailable(error, config.database.url),
    );
    report.expect(
      config.sources.map(({ name }) => name),
      targets.map(({ name }) => name),
    );
    return report;
  });
  container
    .bind(Database)
    .toResolvedValue(
      (report) =>
        new Database(config.database.url, {
          lost: (error) => report.loopFailed('database connection', error),
          pooled: () => report.poolerFound(),
          startWriter: overrides.startWriter ?? startWriter,
        }),
      [Report],
    )
    .onDeactivation((database) => database.close());
  container
    .bind(Attachments)
    .toResolvedValue(
      (report, seals) =>
        new Attachments({
          seals,
          folder: () => madeFolder(attachmentFolderOf(config)),
          rules: { ...config.attachments, port: 443, timeout: attachmentTime },
          isSigned: config.sources.every(({ secrets }) => secrets.length > 0),
          now,
          failed: (error) => report.loopFailed('attachments', error),
        }),
      [Report, Seals],
    )
    .onDeactivation((attachments) => attachments.stop());
  container
    .bind(Sealing)
    .toResolvedValue((database) => new Sealing({ database, ring: ringOf(config), now }), [Database])
    .onDeactivation((sealing) => sealing.close());
  container.bind(SealingOfOld).toResolvedValue(
    (database, seals, report) =>
      new SealingOfOld({
        database,
        seals,
        words: async (signal) => {
          const drafts = await new Drafts(database, seals, now).sealOld();
          await new TargetStates(database, seals).sealOld(now());
          return drafts + (await new SealingOfWords(database, seals, now).run(signal));
        },
        copies: () => clearPlainCopies(database.file),
        postponed: () => report.cleanedAtNextStart(),
      }),
    [Database, Seals, Report],
  );
  container
    .bind(Forgetting)
    .toResolvedValue(
      (database, inbox, outbox, quarantine, { ring }) =>
        new Forgetting({ database, inbox, outbox, quarantine, ring, files: attachmentFolderOf(config), now }),
      [Database, Inbox, Outbox, Quarantine, Sealing],
    );
  container.bind(Seals).toResolvedValue((sealing) => sealing.seals, [Sealing]);
  container.bind(People).toResolvedValue((database, seals) => new People(database, seals), [Database, Seals]);
  container.bind(Attribution).toResolvedValue((database, seals) => new Attribution(database, seals), [Database, Seals]);
  container.bind(Inbox).toResolvedValue((database, seals) => new Inbox(database, seals), [Database, Seals]);
  container.bind(Outbox).toResolvedValue((database, seals) => new Outbox(database, seals), [Database, Seals]);
  container
    .bind(Quarantine)
    .toResolvedValue(
      (database, inbox, seals) => new Quarantine({ database, inbox, seals, sources: config.sources, now }),
      [Database, Inbox, Seals],
    );
  if (config.database.spool !== undefined) {
    const folder = config.database.spool;
    container.bind(SpooledInbox).toResolvedValue(
      (database, inbox, sealing, report) =>
        new SpooledInbox({
          inbox,
          spool: new Spool(folder, sealing.secret('spool') ?? Buffer.from(keyFromFile(spoolKeyFileOf(config)), 'hex')),
          kept: () => database.signal('received'),
          begun: (error) => report.intake.spoolBegun(error),
          ended: () => report.intake.spoolEnded(),
        }),
      [Database, Inbox, Sealing, Report],
    );
  }
  container.bind(Bulks).toResolvedValue((database, outbox) => new Bulks(database, outbox, now), [Database, Outbox]);
  container.bind(BulkRunner).toResolvedValue((bulks, report) => new BulkRunner(bulks, report), [Bulks, Report]);
  container
    .bind(Audit)
    .toResolvedValue(
      (database, sealing) => new Audit(database, auditKeysOf(config, sealing), now),
      [Database, Sealing],
    );
  container.bind(Retention).toResolvedValue(
    (database, audit, attachments, report) =>
      new Retention({
        database,
        audit,
        ages: config.retention,
        now,
        clearFiles: (before) => attachments.clear(before),
        clearCopies: (before) => clearCopies(database.file, before),
        cleared: (counts) => report.retentionCleared(counts),
        failed: (error) => report.loopFailed('retention', error),
      }),
    [Database, Audit, Attachments, Report],
  );
  container.bind(HeadLog).toResolvedValue(
    (audit, report) =>
      new HeadLog({
        audit,
        now,
        tell: (head) => report.auditHead(head),
        failed: (error) => report.loopFailed('audit head', error),
      }),
    [Audit, Report],
  );
  if (config.siem !== undefined) {
    const end = config.siem;
    container.bind(SiemSender).toResolvedValue(
      (database, audit, report) =>
        new SiemSender({
          database,
          audit,
          now,
          end,
          version: productVersion(),
          away: (error) => report.siemAway(error),
          back: () => report.siemBack(),
        }),
      [Database, Audit, Report],
    );
  }
  container
    .bind(TargetStates)
    .toResolvedValue((database, seals) => new TargetStates(database, seals), [Database, Seals]);
  container
    .bind(MappingEngine)
    .toResolvedValue(() => new MappingEngine({ deadline: config.formulas.deadline }))
    .onDeactivation((engine) => engine.close());
  container.bind(MappingVersions).toResolvedValue((database) => new MappingVersions(database), [Database]);
  container.bind(Stages).toResolvedValue((database) => new Stages(database), [Database]);
  container
    .bind(Mappings)
    .toResolvedValue(
      (engine, versions) => new Mappings({ config, targets, engine, versions, now }),
      [MappingEngine, MappingVersions],
    );
  container.bind(Mapper).toResolvedValue(
    (database, seals, inbox, outbox, engine, mappings, report, attachments) =>
      new Mapper({
        database,
        seals,
        inbox,
        outbox,
        engine,
        mappings,
        report,
        now,
        order: orderOf,
        stages: (source) => stagesOf(config, source),
        ...(attachments.isOn && {
          filesNamed: ({ source, scope, body, person }, records) => {
            const signed = (config.sources.find(({ name }) => name === source)?.secrets.length ?? 0) > 0;
            wantFiles(attachments, { scope, body, person, records, signed }).catch((error: unknown) =>
              report.loopFailed('attachments', error),
            );
          },
        }),
        ...leases,
      }),
    [Database, Seals, Inbox, Outbox, MappingEngine, Mappings, Report, Attachments],
  );

  container.bind(Replay).toResolvedValue(
    (inbox, outbox, versions, engine, mappings) =>
      new Replay({
        inbox,
        outbox,
        versions,
        engine,
        now,
        stages: (source) => stagesOf(config, source),
        order: orderOf,
        context: mappings.context,
      }),
    [Inbox, Outbox, MappingVersions, MappingEngine, Mappings],
  );

  function toolsFor(target: Target, report: Report): LentTools {
    return {
      target: target.name,
      zone: config.zone,
      timeout: target.timeout,
      concurrency: target.concurrency,
      unknown: target.unknown,
      statuses: target.config.retry.statuses,
      success: target.config.success,
      resolvePath: (path) => resolve(dirname(config.file), path),
      stateFolder: () => madeFolder(stateFolderOf(config, target.name)),
      attachment: (file, scope) => container.get(Attachments).find(scope, file),
      now,
      warn: (text, fields = {}) => report.dispatch.adapterWarned(target.name, text, fields),
    };
  }

  container.bind(Dispatcher).toResolvedValue(
    (database, outbox, states, report, mappings) =>
      new Dispatcher({
        constants: (target) => mappings.constantsTo(target),
        targets,
        tools: (target) => toolsFor(target, report),
        database,
        outbox,
        states,
        report,
        now,
        random,
        ...leases,
      }),
    [Database, Outbox, TargetStates, Report, Mappings],
  );

  container.bind(WebhookWatch).toResolvedValue(() => new WebhookWatch());
  container.bind(Alarms).toResolvedValue(
    (database, outbox, states, engine, mappings, report, watch) => {
      const space = overrides.freeSpace ?? freeSpace;
      const certificates = new Certificates(secureHosts(targets));
      return new Alarms({
        rules: serving.rules,
        calendar: serving.calendar,
        zone: config.zone,
        instance: randomUUID(),
        database,
        outbox,
        engine,
        report,
        watch,
        now,
        own: async (before) => [
          ...mappingSightings(mappings.refused),
          ...clockSightings(clock?.ahead, hostname()),
          ...certificates.sightings(now()),
          ...(await diskSightings(writtenFolders(config, targets), before, targets, space)),
        ],
        shared: () =>
          sharedSightings({ database, outbox, states }, targets, serving.rules, {
            sources: config.sources.map(({ name }) => name),
            now: now(),
            zone: config.zone,
            calendar: serving.calendar,
          }),
      });
    },
    [Database, Outbox, TargetStates, MappingEngine, Mappings, Report, WebhookWatch],
  );

  return {
    config,
    targets,
    now,
    clock,
    get database() {
      return container.get(Database);
    },
    get inbox() {
      return container.get(Inbox);
    },
    get spooled() {
      return config.database.spool === undefined ? undefined : container.get(SpooledInbox);
    },
    get quarantine() {
      return container.get(Quarantine);
    },
    get outbox() {
      return container.get(Outbox);
    },
    get bulks() {
      return container.get(Bulks);
    },
    get bulkRunner() {
      return container.get(BulkRunner);
    },
    get states() {
      return container.get(TargetStates);
    },
    get engine() {
      return container.get(MappingEngine);
    },
    get mappings() {
      return container.get(Mappings);
    },
    get versions() {
      return container.get(MappingVersions);
    },
    get stages() {
      return container.get(Stages);
    },
    get audit() {
      return container.get(Audit);
    },
    get sealing() {
      return container.get(Sealing);
    },
    get sealingOfOld() {
      return container.get(SealingOfOld);
    },
    get forgetting() {
      return container.get(Forgetting);
    },
    filesFolder: attachmentFolderOf(config),
    get seals() {
      return container.get(Seals);
    },
    get people() {
      return container.get(People);
    },
    get attribution() {
      return container.get(Attribution);
    },
    get retention() {
      return container.get(Retention);
    },
    get headLog() {
      return container.get(HeadLog);
    },
    get siem() {
      return config.siem === undefined ? undefined : container.get(SiemSender);
    },
    get replay() {
      return container.get(Replay);
    },
    get attachments() {
      return container.get(Attachments);
    },
    get mapper() {
      return container.get(Mapper);
    },
    get dispatcher() {
      return container.get(Dispatcher);
    },
    get watch() {
      return container.get(WebhookWatch);
    },
    get alarms() {
      return container.get(Alarms);
    },
    get report() {
      return container.get(Report);
    },
    folderOf: ({ name, folder, createsFolder = false }) =>
      folder === undefined
        ? undefined
        : new WrittenFolder({
            target: name,
            folder,
            create: createsFolder,
            stateFolder: () => stateFolderOf(config, name),
          }),
    toolsFor: (target) => toolsFor(target, container.get(Report)),
    close: () => container.unbindAllAsync(),
  };
}

/** Of the key file, which every instance has; else of a file of its own. What was written before stays verifiable. */
function auditKeysOf(config: Config, sealing: Sealing): AuditKeys {
  const file = auditKeyFileOf(config);
  const shared = () => sealing.secret('audit')?.toString('hex');
  return {
    current: () => shared() ?? keyFromFile(file),
    known: () => [shared() ?? [], readKey(file) ?? []].flat(),
  };
}

const nobodyTold: Serving = { rules: [], calendar: calendarOf({ off: [], working: [] }) };

/** Milliseconds for one file of up to 25 MB. */
const attachmentTime = 120_000;

/** The keys of a config; undefined: nothing is sealed. */
function ringOf({ privacy: { keyFile, store } }: Config): KeyRing | undefined {
  return keyFile === undefined || store === undefined ? undefined : new KeyRing(new KeyStore(store), keyFile);
}
