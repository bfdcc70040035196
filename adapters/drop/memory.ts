import type { Batch, Entry, Intent } from './entry.ts';

/** What the entries of a journal add up to: keys written, keys in doubt, intents whose outcome is not noted yet. */
export class Memory {
  readonly #written = new Set<string>();
  readonly #doubtful = new Set<string>();
  readonly #open = new Map<string, Intent>();
  readonly #batches = new Map<string, Batch>();
  readonly #vain = new Map<string, number>();
  readonly #limit: number;
  #lastNumber = 0;

  /** @param limit how many written keys are remembered, the oldest go first. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get open(): readonly Intent[] {
    return [...this.#open.values()];
  }

  /** What gathers in hidden files. */
  get batches(): readonly Batch[] {
    return [...this.#batches.values()];
  }

  hasBatch(file: string): boolean {
    return this.#batches.has(file);
  }

  /** Of the files that were published in a series. */
  get lastNumber(): number {
    return this.#lastNumber;
  }

  hasWritten(key: string): boolean {
    return this.#written.has(key);
  }

  /** How often publishing came to nothing: each try has a hidden name of its own. */
  vainTriesOf(key: string): number {
    return this.#vain.get(key) ?? 0;
  }

  isDoubtful(key: string): boolean {
    return this.#doubtful.has(key);
  }

  apply(entry: Entry): void {
    switch (entry.kind) {
      case 'append':
      case 'publish':
        this.#open.set(entry.file, entry);
        return;
      case 'batch':
        this.#batches.set(entry.file, { file: entry.file, name: entry.name, since: entry.since, rows: entry.rows });
        return;
      case 'done':
        this.#count(this.#open.get(entry.file), entry.rows);
        for (const key of this.#close(entry.file).slice(0, entry.rows)) this.#remember(key);
        return;
      case 'doubt':
        this.#batches.delete(this.#hiddenOf(entry.file));
        for (const key of this.#close(entry.file)) if (key !== null) this.#doubtful.add(key);
        return;
      case 'asked':
        this.#doubtful.delete(entry.key);
        return;
      case 'kept':
        for (const key of entry.written) this.#remember(key);
        for (const key of entry.doubtful) this.#doubtful.add(key);
        this.#lastNumber = Math.max(this.#lastNumber, entry.number ?? 0);
        for (const [key, tries] of Object.entries(entry.vain ?? {})) this.#vain.set(key, tries);
    }
  }

  /** The same memory as a few entries, a thousand keys each. */
  *compacted(): Generator<Entry> {
    yield {
      kind: 'kept',
      written: [],
      doubtful: [...this.#doubtful],
      number: this.#lastNumber,
      vain: Object.fromEntries(this.#vain),
    };
    const keys = [...this.#written];
    for (let at = 0; at < keys.length; at += 1000)
      yield { kind: 'kept', written: keys.slice(at, at + 1000), doubtful: [] };
    for (const batch of this.#batches.values()) yield { kind: 'batch', ...batch };
    yield* this.#open.values();
  }

  #count(intent: Intent | undefined, rows: number): void {
    if (intent?.kind === 'publish' && rows > 0) {
      this.#lastNumber = Math.max(this.#lastNumber, intent.number ?? 0);
      this.#batches.delete(intent.temporary);
    }
    if (intent?.kind === 'publish' && intent.key !== '' && rows === 0)
      this.#vain.set(intent.key, this.vainTriesOf(intent.key) + 1);
    const batch = this.#batches.get(intent?.file ?? '');
    if (batch === undefined || intent?.kind !== 'append') return;
    const added = intent.rows.slice(0, rows).filter(({ key }) => key !== null).length;
    this.#batches.set(batch.file, { ...batch, rows: batch.rows + added });
  }

  /** Whatever gathered there was taken away or replaced. */
  #hiddenOf(file: string): string {
    const intent = this.#open.get(file);
    return intent?.kind === 'publish' ? intent.temporary : file;
  }

  #close(file: string): (string | null)[] {
    const intent = this.#open.get(file);
    this.#open.delete(file);
    if (intent === undefined) return [];
    return intent.kind === 'publish' ? [intent.key] : intent.rows.map((row) => row.key);
  }

  #remember(key: string | null): void {
    if (key === null) return;
    this.#doubtful.delete(key);
    this.#vain.delete(key);
    this.#written.add(key);
    for (const oldest of this.#written) {
      if (this.#written.size <= this.#limit) return;
      this.#written.delete(oldest);
    }
  }
}
