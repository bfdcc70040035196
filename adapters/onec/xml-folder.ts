import {
  type AdapterTools,
  type DeliveryContext,
  type Exchange,
  type Finding,
  type Receipt,
  UnavailableError,
  UncertainError,
} from '../../src/adapter.ts';
import { WrittenFolder } from '../../src/toolkit.ts';
import { DropWriter } from '../drop/drop-writer.ts';
import { LocalDepot } from '../drop/local-depot.ts';
import { ParcelQueue } from '../drop/parcel-queue.ts';
import { publishFiles } from '../drop/publish-files.ts';
import type { Parcel } from '../drop/parcel.ts';
import { declaration, elementOf } from './xml-document.ts';
import type { XmlRecord } from './xml-record.ts';
import type { XmlSettings } from './xml-settings.ts';

interface Document extends Parcel {
  readonly text: string;
}

const rules = { bytesOf: ({ text }: Document) => Buffer.from(text), ownName: true };

/**
 * Puts each document into a file of its own that appears whole. The same delivery always asks for the same name, so 1C
 * can tell a repetition; where a file of other content has it (of a database from before), it gets the next one.
 */
export class XmlFolder {
  readonly #folder: WrittenFolder;
  readonly #name: string;
  readonly #writer: DropWriter<Document>;
  readonly #queue: ParcelQueue<Document>;

  constructor(
    { folder, create, name }: Pick<XmlSettings, 'create' | 'name'> & { folder: string },
    tools: AdapterTools,
  ) {
    const { target, timeout, resolvePath, stateFolder } = tools;
    this.#folder = new WrittenFolder({ target, folder: resolvePath(folder), create, stateFolder });
    this.#name = name.replaceAll('{target}', fileSafe(target));
    this.#writer = new DropWriter({
      depot: new LocalDepot(this.#folder),
      stateFolder: stateFolder(),
      lockTimeout: timeout,
      write: (documents, desk, outcomes) => publishFiles(documents, desk, outcomes, rules),
    });
    this.#queue = new ParcelQueue((documents) => this.#writer.write(documents));
  }

  async deliver(record: XmlRecord, delivery: DeliveryContext): Promise<Receipt> {
    const name = this.#name
      .replaceAll('{id}', String(delivery.id))
      .replaceAll('{key}', fileSafe(delivery.key ?? 'none'));
    // Versions before the journal saved the name here when the file was there.
    if (delivery.progress === name) return { summary: 'already there' };
    let answered: ((response: Exchange) => void) | undefined;
    const outcome = await this.#queue.add({
      key: delivery.idempotencyKey,
      name,
      text: declaration + elementOf(record),
      signal: delivery.signal,
      leaving: () => {
        if (!delivery.signal.aborted) answered = delivery.sent({ summary: `write ${name}`, body: record.content });
      },
    });
    if (outcome === undefined) throw answered === undefined ? stopped() : unseen();
    switch (outcome.kind) {
      case 'failed':
        answered?.({ summary: 'failed' });
        throw outcome.error;
      case 'there':
        return { summary: 'already there' };
      case 'written':
        answered?.({ summary: `written to ${outcome.file}` });
        return outcome.file === name
          ? { summary: 'written' }
          : { summary: `written to ${outcome.file}`, warnings: [elsewhere(name, outcome.file)] };
    }
  }

  async check(): Promise<Finding[]> {
    const text = await this.#folder.problem();
    return text === undefined ? [] : [{ level: 'error', text }];
  }

  async close(): Promise<void> {
    await this.#queue.idle();
    await this.#writer.close();
  }
}

function fileSafe(text: string): string {
  return text.replace(/[^\p{L}\p{N}._-]+/gu, '_');
}

function elsewhere(wanted: string, file: string): { readonly ru: string; readonly en: string } {
  return {
    ru: `Имя ${wanted} занято файлом с другим содержимым, поэтому документ записан в ${file}.`,
    en: `A file of other content has the name ${wanted}, so the document is in ${file}.`,
  };
}

function stopped(): UnavailableError {
  return new UnavailableError({
    ru: 'Служба останавливается, файл не записан; повторим.',
    en: 'The service is stopping, the file was not written; it will be tried again.',
  });
}

function unseen(): UncertainError {
  return new UncertainError({
    ru: 'Служба остановилась, пока файл писался: следующая попытка увидит, записан ли он.',
    en: 'The service stopped while the file was written: the next try will see whether it is there.',
  });
}
