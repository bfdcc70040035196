import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type AdapterTools, UnavailableError } from '../../src/adapter.ts';
import { errorText } from '../../src/toolkit.ts';
import type { Infobase } from './infobase.ts';
import type { Metadata } from './metadata.ts';
import { MetadataCopy } from './metadata-copy.ts';
import { readMetadata } from './metadata-reader.ts';
import { milliseconds, type Settings } from './settings.ts';

/**
 * A name that is not published is asked for again after this long, milliseconds: somebody may have published it, and
 * retries.
 */
const askAgain = 60_000;

/**
 * What the base publishes, read once and kept in a file: a whole ZUP takes tens of seconds (facts/1c.md 1.3), so no
 * delivery ever carries the reading; it goes on by itself, and who cannot wait gets UnavailableError.
 */
export class PublishedMetadata {
  readonly #infobase: Infobase;
  readonly #tools: Pick<AdapterTools, 'now' | 'stateFolder' | 'warn'>;
  readonly #name: string;
  readonly #lifetime: number;
  readonly #wait: number;
  readonly #stop = new AbortController();
  /** When each unknown name was last asked for. */
  readonly #asked = new Map<string, number>();
  #current: { readonly metadata: Metadata; readonly readAt: number } | undefined;
  #reading: Promise<void> | undefined;
  #failure: unknown;
  #failedAt = -Infinity;

  constructor(infobase: Infobase, settings: Settings, tools: Pick<AdapterTools, 'now' | 'stateFolder' | 'warn'>) {
    this.#infobase = infobase;
    this.#tools = tools;
    // Another url is another base, whose metadata must not be mistaken for this one's.
    this.#name = `metadata-${createHash('sha256').update(settings.url).digest('hex').slice(0, 8)}.xml`;
    this.#lifetime = milliseconds(settings.metadata.lifetime);
    this.#wait = milliseconds(settings.metadata.wait);
  }

  /** @throws UnavailableError as long as it is not read. */
  async current(signal: AbortSignal): Promise<Metadata> {
    if (this.#current === undefined && !signal.aborted) await this.#within(this.#begin(true), signal);
    if (this.#current === undefined) throw unread(this.#failure);
    if (this.#hasPassed(this.#lifetime, this.#current.readAt)) void this.#begin(false);
    return this.#current.metadata;
  }

  /**
   * The metadata after they were read again on account of this unknown name: once per name, since 1C may have got a
   * field while the file is old. @throws UnavailableError when that takes too long.
   */
  async refreshed(name: string, signal: AbortSignal): Promise<Metadata> {
    if (this.#hasPassed(askAgain, this.#asked.get(name) ?? -Infinity)) {
      await this.#within(this.#begin(false), signal);
      if (this.#reading !== undefined) throw unread(undefined);
      if (this.#failure !== undefined) throw unread(this.#failure);
      this.#asked.set(name, this.#tools.now());
    }
    return this.current(signal);
  }

  /** Reads now, for as long as it takes: for `check`. */
  async read(signal: AbortSignal): Promise<Metadata> {
    await unlessAborted(this.#begin(false), signal);
    if (signal.aborted) throw unread(undefined);
    if (this.#failure !== undefined || this.#current === undefined) throw unread(this.#failure);
    return this.#current.metadata;
  }

  close(): Promise<void> {
    this.#stop.abort();
    return this.#reading ?? Promise.resolve();
  }

  /** Also when the clock was set back by more than that since. */
  #hasPassed(time: number, since: number): boolean {
    return Math.abs(this.#tools.now() - since) > time;
  }

  #begin(fromFile: boolean): Promise<void> {
    this.#reading ??= this.#load(fromFile)
      .then(
        () => {
          this.#failure = undefined;
        },
        (error: unknown) => {
          this.#fail(error);
        },
      )
      .finally(() => {
        this.#reading = undefined;
      });
    return this.#reading;
  }

  #fail(error: unknown): void {
    this.#failure = error;
    // One line a minute is enough while 1C is away.
    if (this.#stop.signal.aborted || !this.#hasPassed(60_000, this.#failedAt)) return;
    this.#failedAt = this.#tools.now();
    this.#tools.warn('1C metadata cannot be read');
  }

  async #load(fromFile: boolean): Promise<void> {
    if (fromFile && (await this.#loadFile())) return;
    const copy = new MetadataCopy(this.#file());
    try {
      const metadata = await this.#infobase.metadata((body) => readMetadata(copy.of(body)), this.#stop.signal);
      this.#current = { metadata, readAt: this.#tools.now() };
    } catch (error) {
      await copy.drop();
      throw error;
    }
    if (!(await copy.keep()))
      this.#tools.warn('1C metadata cannot be cached on disk, it will be read again at every start');
  }

  async #loadFile(): Promise<boolean> {
    try {
      const metadata = await readMetadata(createReadStream(this.#file()));
      this.#current = { metadata, readAt: (await stat(this.#file())).mtimeMs };
      return true;
    } catch {
      return false; // none yet, or cut short by a crash of the machine: 1C has it
    }
  }

  #file(): string {
    return join(this.#tools.stateFolder(), this.#name);
  }

  async #within(reading: Promise<void>, signal: AbortSignal): Promise<void> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), this.#wait);
    try {
      await unlessAborted(reading, AbortSignal.any([signal, late.signal]));
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Ends with the work or with the signal, whichever is first; the work goes on. */
async function unlessAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  const aborted = Promise.withResolvers<void>();
  if (signal.aborted) return;
  signal.addEventListener('abort', () => aborted.resolve(), { once: true });
  await Promise.race([work, aborted.promise]);
}

function unread(failure: unknown): Error {
  const text = errorText(failure);
  if (text !== undefined) return new UnavailableError(text, { cause: failure });
  if (failure !== undefined) {
    return new UnavailableError(
      {
        ru: '$metadata базы не читается: по url отвечает не интерфейс OData 1С; проверьте url в settings.',
        en:
          '$metadata of the base cannot be read: what answers at url is not the OData interface of 1C; check ' +
          'url in settings.',
      },
      { cause: failure },
    );
  }
  return new UnavailableError(
    {
      ru: 'Состав базы 1С ($metadata) ещё читается; доставка повторится сама. Если это длится, сократите состав интерфейса OData до нужных объектов.',
      en:
        'What the base publishes ($metadata) is still being read; the delivery will be tried again. If this ' +
        'lasts, publish only the needed objects over OData.',
    },
    { retryAfter: 5 },
  );
}
