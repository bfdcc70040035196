import { RejectedError, UnavailableError, UncertainError } from '../src/adapter.ts';
import { errorText, parseDuration, WrittenFolder } from '../src/toolkit.ts';
import { appendRows } from './csv/append-rows.ts';
import { type BatchRules, closeBatches } from './csv/batches.ts';
import { filesBeside } from './csv/beside.ts';
import { isNamedFile } from './csv/named-file.ts';
import { fileOf } from './csv/file-of.ts';
import { commonName, FileName } from './csv/file-name.ts';
import { CsvFormat } from './csv/format.ts';
import { csvRecord, csvSettings } from './csv/settings.ts';
import { keyIn } from './csv/sftp/key-file.ts';
import { SftpConnection } from './csv/sftp/connection.ts';
import { SftpDepot } from './csv/sftp/sftp-depot.ts';
import { DropWriter } from './drop/drop-writer.ts';
import { numberSign } from './drop/file-names.ts';
import { LocalDepot } from './drop/local-depot.ts';
import { ParcelQueue } from './drop/parcel-queue.ts';
import { publishFiles } from './drop/publish-files.ts';
import type {
  Adapter,
  AdapterClass,
  AdapterTools,
  CheckContext,
  DeliveryContext,
  Exchange,
  Finding,
  ForesightContext,
  Receipt,
  WrittenPlace,
} from '../src/adapter.ts';
import type { Row } from './csv/row.ts';
import type { Depot } from './drop/depot.ts';
import type { CsvRecord, CsvSettings } from './csv/settings.ts';

// How often a batch's age is looked at, milliseconds.
const shortestTick = 250;
const longestTick = 30_000;

/**
 * Rows in CSV files of a drop folder. No row is torn or doubled by crashes and retries: see drop/drop-writer.ts.
 * Whoever reads the folder may rename or delete a file at any time; rename first, then read. A file that was emptied
 * gets its header anew.
 */
export class Csv implements Adapter<CsvRecord> {
  static readonly type = 'csv';
  static readonly settings = csvSettings;
  static readonly record = csvRecord;
  static readonly looks = true;

  static writes(
    settings: CsvSettings,
    { target, resolvePath }: Pick<AdapterTools, 'target' | 'resolvePath'>,
  ): WrittenPlace | undefined {
    if (settings.sftp !== undefined) return undefined;
    return {
      folder: resolvePath(settings.folder),
      create: settings.create,
      file: commonName(patternOf(settings), target, settings.mode === 'batch'),
    };
  }

  static async foresees({ sftp }: CsvSettings, { resolvePath }: ForesightContext): Promise<readonly Finding[]> {
    if (sftp?.key === undefined) return [];
    const { key } = sftp;
    return keyIn(resolvePath(key)).then(
      () => [],
      (error: unknown) => [{ level: 'error', text: errorText(error) ?? key }],
    );
  }

  readonly #depot: Depot;
  readonly #format: CsvFormat;
  readonly #name: FileName;
  readonly #tools: AdapterTools;
  readonly #writer: DropWriter<Row>;
  readonly #queue: ParcelQueue<Row>;
  readonly #batch: BatchRules | undefined;
  #timer: NodeJS.Timeout | undefined;
  #tending: Promise<unknown> = Promise.resolve();

  constructor(settings: CsvSettings, tools: AdapterTools) {
    const { target, zone, timeout, stateFolder } = tools;
    this.#tools = tools;
    this.#depot = depotOf(settings, tools);
    this.#format = new CsvFormat(settings);
    this.#name = new FileName(patternOf(settings), target, zone);
    const format = this.#format;
    const { checksum, ready } = settings;
    this.#batch =
      settings.mode === 'batch'
        ? { ...settings.batch, age: ageOf(settings), checksum, ready, now: tools.now }
        : undefined;
    const rules = {
      bytesOf: (row: Row) => fileOf(row, format),
      ownName: /\{(?:id|key)\}/.test(patternOf(settings)),
      checksum,
      ready,
    };
    this.#writer = new DropWriter({
      depot: this.#depot,
      stateFolder: stateFolder(),
      lockTimeout: timeout,
      write: (rows, desk, outcomes) =>
        settings.mode === 'file'
          ? publishFiles(rows, desk, outcomes, rules)
          : appendRows(rows, desk, outcomes, { format, gather: this.#batch }),
      tend: async (desk) => {
        if (this.#batch !== undefined) await closeBatches(desk, this.#batch);
      },
    });
    this.#queue = new ParcelQueue((rows) => this.#writer.write(rows));
  }

  async deliver(record: CsvRecord, delivery: DeliveryContext): Promise<Receipt> {
    const flat = Object.values(record).some(isNamedFile)
      ? await filesBeside(record, delivery, this.#tools, this.#depot)
      : record;
    const cells = this.#format.cellsOf(flat);
    const name = this.#name.of(delivery, cells);
    let answered: ((response: Exchange) => void) | undefined;
    const row: Row = {
      key: delivery.idempotencyKey,
      name,
      cells,
      signal: delivery.signal,
      leaving: () => {
        if (!delivery.signal.aborted) answered = delivery.sent({ summary: `add a row to ${name}`, body: record });
      },
    };
    const outcome = await this.#queue.add(row);
    if (outcome === undefined) throw answered === undefined ? cancelled() : unseen();
    switch (outcome.kind) {
      case 'failed':
        throw outcome.error;
      case 'there':
        return { summary: 'already there' };
      case 'written':
        answered?.({ summary: `written to ${outcome.file}` });
        if (this.#batch !== undefined) return { summary: `gathered for ${name}` };
        return outcome.file === name || name.includes(numberSign)
          ? { summary: `added to ${outcome.file}` }
          : { summary: `added to ${outcome.file}`, warnings: [elsewhere(name, outcome.file)] };
    }
  }

  /** Batches that are old enough are named also while nothing comes. */
  start(): void {
    if (this.#batch === undefined) return;
    const tend = (): void => {
      this.#tending = this.#tending.then(() => this.#writer.write([]));
    };
    tend();
    this.#timer = setInterval(tend, Math.min(Math.max(this.#batch.age / 4, shortestTick), longestTick));
    this.#timer.unref();
  }

  async check({ mappings }: CheckContext): Promise<Finding[]> {
    return [...(await this.#checkFolder()), ...mappings.flatMap(({ name, record }) => this.#checkRecord(name, record))];
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#queue.idle();
    await this.#tending;
    await this.#writer.close();
    this.#depot.close();
  }

  async #checkFolder(): Promise<Finding[]> {
    const text = await this.#depot.problem();
    return text === undefined ? [] : [{ level: 'error', text }];
  }

  #checkRecord(mapping: string, record: unknown): Finding[] {
    if (typeof record !== 'object' || record === null) return [];
    return Object.keys(record).flatMap((column): Finding[] => {
      try {
        this.#format.cellsOf({ [column]: '' });
        return [];
      } catch (error) {
        if (!(error instanceof RejectedError)) throw error;
        return [{ level: 'error', text: error.text, mapping, path: [column] }];
      }
    });
  }
}

export default Csv satisfies AdapterClass;

function depotOf(settings: CsvSettings, { target, timeout, resolvePath, stateFolder }: AdapterTools): Depot {
  const { folder, create, sftp } = settings;
  if (sftp === undefined)
    return new LocalDepot(new WrittenFolder({ target, folder: resolvePath(folder), create, stateFolder }));
  const key = sftp.key === undefined ? undefined : resolvePath(sftp.key);
  const connection = new SftpConnection({ ...sftp, key, timeout });
  return new SftpDepot(connection, `sftp://${sftp.host}:${sftp.port}`, folder, create);
}

/** Milliseconds; the schema has seen to it that it is a duration. */
function ageOf({ batch }: CsvSettings): number {
  return parseDuration(batch.age) ?? 0;
}

function patternOf({ name, mode }: CsvSettings): string {
  return name ?? (mode === 'file' ? '{date}-{id}.csv' : mode === 'batch' ? '{date}-{number}.csv' : '{date}.csv');
}

function cancelled(): UnavailableError {
  return new UnavailableError({
    ru: 'Запись в CSV отменена до начала: служба останавливается.',
    en: 'Writing to CSV was cancelled before it began: the service stops.',
  });
}

function unseen(): UncertainError {
  return new UncertainError({
    ru: 'Служба остановилась, пока строка писалась в CSV: следующая попытка увидит, записана ли она.',
    en: 'The service stopped while the row was written to CSV: the next try will see whether it is there.',
  });
}

function elsewhere(wanted: string, file: string): { readonly ru: string; readonly en: string } {
  return {
    ru: `В ${wanted} другие колонки, или его заново сохранила другая программа (Excel меняет кодировку, разделитель, концы строк), или имя занято: строка записана в ${file}.`,
    en:
      `${wanted} has other columns, or another program saved it anew (Excel changes charset, delimiter and line ` +
      `ends), or the name is taken: the row is in ${file}.`,
  };
}
