import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Attachment, RejectedError, UnavailableError } from '../adapter.ts';
import { download, type FetchRules } from './download.ts';
import { addressesIn, expiryOf, filesIn, nameOfFile } from './file-reference.ts';
import type { Text } from '../text.ts';
import type { SealKey, Seals } from '../people/seals.ts';
import { ifMissing } from '../process/if-missing.ts';
import { type KeptFile, readKept, writeKept } from './kept-file.ts';
import { isSealedFile, lentFile, sealingStream } from './sealed-file.ts';
import { hasNoAddress, isOff, isUnsigned, notYet } from './why-not.ts';

export interface AttachmentParts {
  /** Made on first use, for the owner only. */
  readonly folder: () => string;
  readonly rules: FetchRules;
  readonly seals: Seals;
  /** Every source signs its webhooks, so that an address in a record was vouched for by one. */
  readonly isSigned: boolean;
  readonly now: () => number;
  /** A loop of ours failed in a way nobody foresaw. */
  readonly failed: (error: unknown) => void;
}

/** Milliseconds between tries; the last one repeats. */
const pauses = [10_000, 60_000, 600_000];
/** A link whose end is not known is asked for as long as Huntflow's live (facts/huntflow.md 4.8). */
const unknownEnd = 7 * 24 * 3_600_000;
const atOnce = 2;
/** A draft of a fetch is no older. */
const longestFetch = 3_600_000;

/**
 * Files that records name, fetched as soon as a mapping named them, for their addresses are signed and run out. Each
 * lies in the folder under a name made of its id, beside a note of what is known of it; both sealed with the key of
 * whom the webhook was about, where there are keys.
 */
export class Attachments {
  readonly #parts: AttachmentParts;
  readonly #waiting = new Map<string, number>();
  readonly #running = new Map<string, Promise<void>>();
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: AttachmentParts) {
    this.#parts = parts;
  }

  /** Nothing is fetched without a host in `attachments.hosts`. */
  get isOn(): boolean {
    return this.#parts.rules.hosts.length > 0;
  }

  /** Goes on with what an earlier process left. */
  async start(): Promise<void> {
    const { seals, folder } = this.#parts;
    if (!this.isOn && !seals.isOn) return;
    for (const file of await readdir(folder())) {
      if (!file.endsWith('.json')) {
        await this.#dropDraft(file);
        continue;
      }
      const name = file.slice(0, -'.json'.length);
      if (seals.isOn) await this.#sealOld(name);
      if (this.isOn && (await this.#kept(name))?.state === 'wanted') this.#waiting.set(name, 0);
    }
    this.#go();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    clearTimeout(this.#timer);
    await Promise.allSettled(this.#running.values());
  }

  /**
   * Fetches what a record names; `body` is the webhook, which has the addresses of files that are named by id, `person`
   * whom it is about.
   */
  async want(scope: string, record: unknown, body: unknown, person: number | null = null): Promise<void> {
    if (!this.isOn) return;
    const files = filesIn(record);
    if (files.length === 0) return;
    const addresses = addressesIn(body);
    for (const { file } of files) {
      const address = /^https?:\/\//i.test(String(file)) ? String(file) : addresses.get(String(file));
      const name = nameOfFile(scope, file);
      if (address !== undefined) await this.#wantOne(name, address, person);
      else await this.#giveUp(name, hasNoAddress, person);
    }
    this.#go();
  }

  /** Says of what a record names that it is never fetched, unless a signed webhook names it as well. */
  async refuse(scope: string, record: unknown, person: number | null = null): Promise<void> {
    if (!this.isOn) return;
    for (const { file } of filesIn(record)) await this.#giveUp(nameOfFile(scope, file), isUnsigned, person);
  }

  /**
   * @throws UnavailableError while it is not there yet, RejectedError when it never will be.
   */
  async find(scope: string, file: string | number): Promise<Attachment> {
    if (!this.isOn) throw new RejectedError(isOff);
    const name = nameOfFile(scope, file);
    const kept = await this.#kept(name);
    if (kept?.state === 'here') return lentFile(this.#parts.seals, this.#path(name), name, kept);
    if (kept?.state === 'gone') {
      const { ru, en } = kept.why;
      throw new RejectedError({ ru: `Файла не будет: ${ru}.`, en: `The file will never be here: ${en}.` });
    }
    const isAddress = /^https?:\/\//i.test(String(file));
    // Another instance may have mapped it; of an id nobody here knows whether anything will come of it.
    if (kept === undefined && !isAddress) throw new UnavailableError(notYet, { retryAfter: 10 });
    if (kept === undefined && !this.#parts.isSigned) throw new RejectedError(isUnsigned);
    if (kept === undefined) await this.#wantOne(name, String(file), null);
    this.#go();
    throw new UnavailableError(notYet, { retryAfter: 10, holds: 'delivery' });
  }

  /** Files that came, or turned out never to come, before a time go; returns how many. */
  async clear(before: number): Promise<number> {
    let gone = 0;
    for (const note of await readdir(this.#parts.folder())) {
      const name = note.slice(0, -'.json'.length);
      const kept = note.endsWith('.json') ? await this.#kept(name) : undefined;
      // Of one that no key opens any more nothing is known but its age.
      const since = kept?.since ?? (await ifMissing(stat(this.#path(note))))?.mtimeMs ?? Infinity;
      if (!note.endsWith('.json') || kept?.state === 'wanted' || since >= before) continue;
      // The note goes last: a file without one would stay for ever.
      await rm(this.#path(name), { force: true });
      await rm(this.#path(note), { force: true });
      gone += 1;
    }
    return gone;
  }

  /** Resolves when nothing is being fetched; for tests. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running.values());
  }

  async #wantOne(name: string, address: string, person: number | null): Promise<void> {
    const kept = await this.#kept(name);
    if (kept?.state === 'here') return;
    // Every webhook signs anew: the newest address lives longest.
    const wanted = { state: 'wanted', address, since: this.#parts.now(), tries: 0, person } as const;
    if (await this.#write(name, wanted, person)) this.#waiting.set(name, 0);
  }

  async #giveUp(name: string, why: Text, person: number | null): Promise<void> {
    if ((await this.#kept(name)) !== undefined) return;
    await this.#write(name, { state: 'gone', why, since: this.#parts.now() }, person);
  }

  #go(): void {
    if (this.#stop.signal.aborted) return;
    const now = this.#parts.now();
    for (const [name, due] of this.#waiting) {
      if (this.#running.size >= atOnce) return;
      if (due > now || this.#running.has(name)) continue;
      this.#waiting.delete(name);
      const run = this.#fetch(name)
        .catch(this.#parts.failed)
        .finally(() => {
          this.#running.delete(name);
          this.#go();
        });
      this.#running.set(name, run);
    }
    clearTimeout(this.#timer);
    if (this.#waiting.size > 0) this.#timer = setTimeout(() => this.#go(), pauses[0]).unref();
  }

  async #fetch(name: string): Promise<void> {
    const kept = await this.#kept(name);
    if (kept?.state !== 'wanted') return;
    const { rules, now } = this.#parts;
    const draft = `${this.#path(name)}.${randomUUID()}`;
    const end = expiryOf(kept.address) ?? kept.since + unknownEnd;
    const person = kept.person ?? null;
    if (await this.#droppedWith(person, name)) return;
    const key = await this.#key(person);
    const wrap = key && (() => sealingStream(this.#parts.seals, key, name));
    const got = await download(kept.address, draft, rules, this.#stop.signal, wrap);
    if (this.#stop.signal.aborted) {
      await rm(draft, { force: true });
      return;
    }
    if (got.is === 'here') {
      const { fileTypeFromBuffer } = await import('file-type'); // at first use: most processes fetch no file
      const type = (await fileTypeFromBuffer(got.begins))?.mime ?? 'application/octet-stream';
      await rename(draft, this.#path(name));
      await this.#write(name, { state: 'here', size: got.size, type, since: now() }, person);
    } else if (got.is === 'gone' || now() >= end) {
      await this.#write(name, { state: 'gone', why: got.why, since: now() }, person);
    } else {
      const pause = pauses[Math.min(kept.tries, pauses.length - 1)] ?? 0;
      if (await this.#write(name, { ...kept, tries: kept.tries + 1 }, person)) this.#waiting.set(name, now() + pause);
    }
  }

  #path(name: string): string {
    return join(this.#parts.folder(), name);
  }

  #kept(name: string): Promise<KeptFile | undefined> {
    return readKept(`${this.#path(name)}.json`, this.#parts.seals);
  }

  /** False: it is about whoever was forgotten, and gone. */
  async #write(name: string, kept: KeptFile, person: number | null): Promise<boolean> {
    await writeKept(`${this.#path(name)}.json`, kept, this.#parts.seals, await this.#key(person));
    return !(await this.#droppedWith(person, name));
  }

  /**
   * Whoever forgets a person marks them first and takes the files away last: what is written meanwhile goes here, by
   * whoever wrote it.
   */
  async #droppedWith(person: number | null, name: string): Promise<boolean> {
    if (person === null || !(await this.#parts.seals.isForgotten(person))) return false;
    for (const path of [this.#path(name), `${this.#path(name)}.json`]) await rm(path, { force: true });
    return true;
  }

  /** Undefined: nothing is sealed. What is about whoever was forgotten meanwhile goes as soon as it is written. */
  async #key(person: number | null): Promise<SealKey | undefined> {
    const { seals, now } = this.#parts;
    return seals.isOn ? ((await seals.forRow(person, now())) ?? seals.forMonth(now())) : undefined;
  }

  /** What came before there was a key; whose it is nobody wrote down. The note last: it says that all is done. */
  async #sealOld(name: string): Promise<void> {
    const { seals } = this.#parts;
    const path = this.#path(name);
    if (!(await readFile(`${path}.json`, 'utf8')).startsWith('{')) return;
    const [kept, key] = [await this.#kept(name), await this.#key(null)];
    if (kept === undefined || key === undefined) return;
    if (kept.state === 'here' && !(await isSealedFile(path))) {
      const draft = `${path}.${randomUUID()}`;
      const stream = sealingStream(seals, key, name);
      stream.end(await readFile(path));
      await writeFile(draft, stream, { mode: 0o600, flush: true });
      await rename(draft, path);
    }
    await this.#write(name, kept, null);
  }

  /** What a process that was killed left half written. */
  async #dropDraft(file: string): Promise<void> {
    const path = this.#path(file);
    const draft = file.includes('.') ? await ifMissing(stat(path)) : undefined;
    if (draft !== undefined && draft.mtimeMs < this.#parts.now() - longestFetch) await rm(path, { force: true });
  }
}
