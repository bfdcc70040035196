import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { readAlarms } from './alarms/read-alarms.ts';
import { readStanding } from './alarms/read-standing.ts';
import { placeOf } from './audit/cursor.ts';
import { siemCursor } from './audit/siem/siem-sender.ts';
import { loadConfig } from './config/load-config.ts';
import { compose, type Composition, type Overrides } from './container.ts';
import { healthRouter } from './console/health.ts';
import { metricsRouter } from './console/metrics.ts';
import { consoleOf } from './console/console.ts';
import { Readiness } from './console/readiness.ts';
import type { ConsoleParts } from './console/parts.ts';
import { refuseHalfCopy } from './database/copy/half-copy.ts';
import { clearDraftsBeside } from './database/sqlite/backup.ts';
import { AlreadyServedError, ServingLock } from './database/sqlite/serving-lock.ts';
import { copyBeforeUpgrade } from './database/sqlite/upgrade-copy.ts';
import { type Fault, FaultyFileError } from './files/fault.ts';
import { FolderWatch } from './mapping/file/folder-watch.ts';
import { LaterReading } from './mapping/file/later-reading.ts';
import { putBackText } from './forget/put-back.ts';
import { HttpListener } from './http-listener.ts';
import { intakeRouter } from './intake/route.ts';
import { SpoolTakenError } from './spool/spool-taken.ts';
import { readConfig } from './targets/configured.ts';

/**
 * How long a stop may take before what is still on the wire is cut; what heeds no cut takes 4 s more, and the whole
 * must end within 10 s.
 */
const stopPatience = 5000;

type State = 'created' | 'started' | 'stopped';

/** The order in which things live and die. */
export class App {
  readonly composition: Composition;
  readonly #warnings: readonly Fault[];
  readonly #server: HttpListener;
  readonly #console: HttpListener;
  readonly #readiness: Readiness;
  readonly #closeConsole: () => Promise<void>;
  readonly #watch: FolderWatch;
  readonly #later: LaterReading;
  #reloading: Promise<void> = Promise.resolve();
  readonly #stopping = new AbortController();
  /** Whom events of an earlier version are about is found out beside everything else. */
  #upgrading: Promise<unknown> = Promise.resolve();
  #lock: ServingLock | undefined;
  #spoolLock: ServingLock | undefined;
  #state: State = 'created';
  #stopped: Promise<void> | undefined;

  private constructor(composition: Composition, warnings: readonly Fault[]) {
    const { config, database, inbox, report, now, watch } = composition;
    this.composition = composition;
    this.#readiness = new Readiness(composition, () => this.#state);
    const readiness = this.#readiness;
    const health = healthRouter(() => readiness.health(), config.file);
    this.#warnings = warnings;
    this.#server = new HttpListener({
      listener: config.server,
      routers: [
        intakeRouter({
          sources: config.sources,
          inbox: composition.spooled ?? inbox,
          report,
          now,
          watch,
          bodyLimit: config.server.bodyLimit,
          kept: () => database.signal('received'),
          keeping: (works, error) => readiness.keeping(works, error),
          forwarded: (source) => readiness.forwarded(source),
        }),
        health,
      ],
      failed: (error) => report.requestFailed('server', error),
      refused: (reason, from) => report.intake.requestRefused('server', reason, from),
    });
    this.#watch = new FolderWatch([config.mappings, join(config.mappings, 'dictionaries')], () => this.reload());
    this.#later = new LaterReading(() => this.reload());
    const operatorsConsole = consoleOf({ ...consolePartsOf(composition), refusing: () => readiness.refusing });
    this.#closeConsole = operatorsConsole.close;
    this.#console = new HttpListener({
      listener: config.console,
      routers: [health, metricsRouter(report.registry, () => this.#refreshGauges()), ...operatorsConsole.routers],
      failed: (error) => report.requestFailed('console', error),
      refused: (reason, from) => report.intake.requestRefused('console', reason, from),
    });
  }

  /** Reads the config; throws FaultyFileError with every fault of connector.yaml. */
  static async create(path: string, overrides: Overrides = {}): Promise<App> {
    const loaded = loadConfig(path);
    const { config, targets, warnings } = await readConfig(loaded);
    const alarms = await readAlarms(config, targets, loaded.document);
    if (alarms.faults.some(({ level }) => level === 'error')) throw new FaultyFileError(alarms.faults);
    return new App(compose(config, targets, overrides, alarms), [...warnings, ...alarms.faults]);
  }

  /** Resolves once webhooks are taken. */
  async start(): Promise<void> {
    const { clock, database, engine, mappings, outbox, dispatcher, mapper, report, targets, folderOf, attachments } =
      this.composition;
    if (database.file !== undefined) {
      this.#lock = await ServingLock.takeDatabase(database.file);
      if (this.#lock === undefined)
        throw new AlreadyServedError(
          'another huntflow-connector serves this database already: stop it first, or give this one a ' +
            'database of its own',
        );
      clearDraftsBeside(database.file);
    }
    const copy = await this.#copyBeforeUpgrade();
    if (copy !== undefined) report.copiedBeforeUpgrade(copy);
    await database.migrate();
    await database.takeOver();
    this.overtaken.addEventListener('abort', () => void this.#giveWay(), { once: true });
    await refuseHalfCopy(database);
    await clock?.start();
    // Alone with the file, nobody else can be at work: what a predecessor held is free at once.
    await this.composition.sealing.open('begin');
    await this.#cleanLargeFile();
    if (this.#lock !== undefined) await outbox.expireLeases();
    await database.serve();
    await this.#startSpool();
    // Not waited for: a share that hangs keeps nobody from starting.
    for (const target of targets) void folderOf(target)?.remember();
    for (const warning of this.#warnings) report.configWarning(warning);
    report.mapping.mappingsLoaded(await mappings.load(), mappings.faults);
    this.#later.note(mappings.undecided);
    engine.warm(mappings.current);
    await this.#watch.start();
    await attachments.start();
    await this.#recall();
    mapper.start();
    await dispatcher.start();
    this.composition.bulkRunner.start();
    this.composition.headLog.start();
    this.composition.retention.start();
    this.composition.siem?.start();
    this.composition.alarms.start();
    this.#state = 'started';
    report.listening('server', await this.#server.start());
    report.listening('console', await this.#console.start());
    this.#upgrading = this.#upgrade();
  }

  /** No room for it is no reason to keep Huntflow waiting: it is tried at the next start again. */
  async #cleanLargeFile(): Promise<void> {
    const { sealingOfOld, report } = this.composition;
    await sealingOfOld.cleanAtStart().catch((error: unknown) => report.loopFailed('the file written anew', error));
  }

  /** The first screen begins with the hour before this start. */
  async #recall(): Promise<void> {
    const { inbox, outbox, report, now } = this.composition;
    const since = now() - 3_600_000;
    try {
      report.recall({ received: await inbox.receivedSince(since), ended: await outbox.attemptsSince(since) });
    } catch (error) {
      report.loopFailed('the hour before', error);
    }
  }

  /** Nothing more is written here, so nothing more may leave either. */
  async #giveWay(): Promise<void> {
    this.composition.report.overtaken();
    await this.stop();
  }

  async #startSpool(): Promise<void> {
    const { config, spooled } = this.composition;
    if (spooled === undefined || config.database.spool === undefined) return;
    this.#spoolLock = ServingLock.take(join(config.database.spool, 'spool'));
    if (this.#spoolLock === undefined) throw new SpoolTakenError();
    await spooled.start();
  }

  /** The path of the copy; undefined: the schema need not change, or is PostgreSQL's, which its administrator saves. */
  async #copyBeforeUpgrade(): Promise<string | undefined> {
    const { database } = this.composition;
    const state = database.file === undefined ? undefined : await database.schema().catch(() => undefined);
    // Whatever is wrong with the file, the migration says it.
    if (database.file === undefined || state?.is !== 'older') return undefined;
    return copyBeforeUpgrade(database.file, state.has, Date.now());
  }

  /** What an earlier process or version left: people half forgotten, events that name nobody, rows in clear. */
  async #upgrade(): Promise<void> {
    const { forgetting, attribution, sealingOfOld, report } = this.composition;
    const { signal } = this.#stopping;
    try {
      await forgetting.finishAll(signal);
      const acts = await forgetting.actsElsewhere();
      if (acts !== undefined) report.putBack(putBackText(acts).en);
      await attribution.run(signal);
      // What attempts are at work on is sealed a minute later.
      while (!signal.aborted && (await sealingOfOld.run(signal)).left > 0)
        await setTimeout(60_000, undefined, { signal, ref: false }).catch(() => undefined);
    } catch (error) {
      report.loopFailed('what an earlier version left', error);
    }
  }

  /** Takes changed mapping files into use; a faulty one changes nothing but the faults that are shown. */
  reload(): Promise<void> {
    const { mappings, report } = this.composition;
    this.#reloading = this.#reloading.then(async () => {
      try {
        report.mapping.mappingsLoaded(await mappings.reload(), mappings.faults);
        this.#later.note(mappings.undecided);
      } catch (error) {
        report.loopFailed('mapping reload', error);
      }
    });
    return this.#reloading;
  }

  get serverUrl(): string {
    return this.#server.url;
  }

  get consoleUrl(): string {
    return this.#console.url;
  }

  /** Maps and attempts everything that is due now; returns when nothing is. For tests and the demo. */
  async drain(): Promise<void> {
    while ((await this.composition.mapper.drain()) + (await this.composition.dispatcher.drain()) > 0);
  }

  /** Aborted once another process serves the database of this one, which then ends by itself. */
  get overtaken(): AbortSignal {
    return this.composition.database.overtaken;
  }

  /** Stops taking, finishes or gives back what is in flight, frees everything. May be called more than once. */
  stop(): Promise<void> {
    return (this.#stopped ??= this.#end());
  }

  async #end(): Promise<void> {
    // Of a start that failed there is nothing to tell but why.
    const began = this.#state === 'started';
    this.#state = 'stopped';
    const { clock, mapper, dispatcher, bulkRunner, headLog, retention, siem, spooled, alarms, report, close } =
      this.composition;
    if (began) report.stopping();
    // What is in flight may be in flight elsewhere by now.
    const deadline = this.overtaken.aborted ? AbortSignal.abort() : AbortSignal.timeout(stopPatience);
    this.#stopping.abort();
    await this.#watch.stop();
    await this.#reloading;
    this.#later.stop();
    await this.#upgrading;
    await Promise.all([
      this.#server.stop(deadline),
      mapper.stop(deadline),
      dispatcher.stop(deadline),
      bulkRunner.stop(),
      headLog.stop(),
      retention.stop(),
      siem?.stop(),
      began ? alarms.stop() : undefined,
    ]);
    await spooled?.stop();
    this.#spoolLock?.release();
    await this.#console.stop(AbortSignal.abort());
    await this.#closeConsole();
    clock?.stop();
    await close();
    this.#lock?.release();
    if (began) report.stopped();
  }

  async #refreshGauges(): Promise<void> {
    if (this.composition.spooled !== undefined)
      this.composition.report.intake.spooled(this.composition.spooled.waiting ?? 0);
    const { inbox, outbox, audit, config, database, report, now } = this.composition;
    if (config.siem !== undefined)
      report.auditUnsent(((await audit.head())?.seq ?? 0) - (await placeOf(database, siemCursor)));
    report.backlog({ events: await inbox.backlog(), deliveries: await outbox.open(), now: now() });
    report.standing(await readStanding(this.composition));
  }
}

/** Getters of the composition make what they give: the console's parts are made when it is. */
function consolePartsOf(composition: Composition): Omit<ConsoleParts, 'refusing'> {
  const { config, targets, now, database, audit, inbox, outbox, people, states, bulks, engine } = composition;
  const { alarms, mappings, versions, replay, report, seals, toolsFor, folderOf } = composition;
  const stores = { database, alarms, audit, inbox, outbox, people, seals, states, bulks, versions };
  return { config, targets, now, ...stores, engine, mappings, replay, report, toolsFor, folderOf };
}
