import { constants } from 'node:fs';
import { access, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import {
  type AdapterTools,
  type DeliveryContext,
  type Finding,
  type Receipt,
  UnavailableError,
} from '../../src/adapter.ts';
import { declaration, elementOf } from './xml-document.ts';
import type { XmlRecord } from './xml-record.ts';

/**
 * Puts each document into a file of its own that appears whole; the same delivery always has the same name, so 1C can
 * tell a repetition.
 */
export class XmlFolder {
  readonly #folder: string;
  readonly #name: string;

  constructor(folder: string, name: string, tools: AdapterTools) {
    this.#folder = tools.resolvePath(folder);
    this.#name = name.replaceAll('{target}', fileSafe(tools.target));
  }

  async deliver(record: XmlRecord, delivery: DeliveryContext): Promise<Receipt> {
    const name = this.#name
      .replaceAll('{id}', String(delivery.id))
      .replaceAll('{key}', fileSafe(delivery.key ?? 'none'));
    const text = declaration + elementOf(record);
    // Saved when the file was there: 1C may have fetched it since, and must not get it again.
    if (delivery.progress === name) return { summary: 'already there' };
    if (delivery.signal.aborted) throw stopped();
    const answered = delivery.sent({ summary: `write ${name}`, body: record.content });
    try {
      await this.#write(name, text, delivery.id);
    } catch (error) {
      answered({ summary: 'failed' });
      throw diskError(error, this.#folder);
    }
    answered({ summary: 'written' });
    await delivery.saveProgress(name);
    return { summary: 'written' };
  }

  async #write(name: string, text: string, id: number): Promise<void> {
    // The folder itself may be made, a missing parent is a mistyped path or a drive that is not there.
    await mkdir(this.#folder).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
    const part = join(this.#folder, `.${id}.part`);
    const file = await open(part, 'w', 0o640);
    try {
      await file.writeFile(text, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, join(this.#folder, name)).catch(async (error: unknown) => {
      await rm(part, { force: true });
      throw error;
    });
    const folder = await open(this.#folder, 'r');
    await folder.sync().finally(() => folder.close());
  }

  async check(): Promise<Finding[]> {
    try {
      const there = await stat(this.#folder).catch((error: unknown) => {
        if (codeOf(error) !== 'ENOENT') throw error;
      });
      if (there?.isDirectory() === false) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
      await access(there === undefined ? dirname(this.#folder) : this.#folder, constants.W_OK | constants.X_OK);
      return [];
    } catch (error) {
      return [{ level: 'error', text: diskError(error, this.#folder).text }];
    }
  }
}

function codeOf(error: unknown): string {
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' ? code : 'no code';
}

function fileSafe(text: string): string {
  return text.replace(/[^\p{L}\p{N}._-]+/gu, '_');
}

function diskError(error: unknown, folder: string): UnavailableError {
  const code = codeOf(error);
  return new UnavailableError({
    ru: `Не записать файл в папку ${basename(folder)} (${code}): проверьте, что она есть, что на неё хватает прав и места; повторим сами.`,
    en:
      `Cannot write a file to the folder ${basename(folder)} (${code}): check that it exists, that rights and ` +
      'space suffice; it will be tried again.',
  });
}

function stopped(): UnavailableError {
  return new UnavailableError({
    ru: 'Служба останавливается, файл не записан; повторим.',
    en: 'The service is stopping, the file was not written; it will be tried again.',
  });
}
