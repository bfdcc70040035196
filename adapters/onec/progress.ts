import type { DeliveryContext, Text } from '../../src/adapter.ts';
import { isEntity } from './difference.ts';

/** How a step ended; a step that ended is not done again by a later attempt. */
export interface StepEnd {
  readonly did: Deed;
  /** Ref_Key, empty for registers and for what was not there to withdraw. */
  readonly key: string;
  /** Whether the object was made by us. */
  readonly own: boolean;
}

const deeds = [
  'created',
  'found after a lost answer',
  'updated',
  'already there',
  'posted',
  'withdrawn',
  'nothing to withdraw',
] as const;
export type Deed = (typeof deeds)[number];

/** Written before an object is created, so that also a crash leaves word that 1C may have it. */
export interface Writing {
  readonly step: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The Ref_Key that was sent; empty in what an older version saved. */
  readonly key: string;
  /** Keys of objects that looked like ours before. */
  readonly before: readonly string[];
}

/** What a delivery has achieved in 1C, durable over attempts. Holds keys and names of fields, no personal data. */
export class Progress {
  readonly #delivery: Pick<DeliveryContext, 'saveProgress' | 'idempotencyKey'>;
  readonly #ends = new Map<number, StepEnd>();
  readonly #warnings = new Map<string, Text>();
  readonly #attention = new Map<string, Text>();
  #writing: Writing | undefined;

  constructor(delivery: Pick<DeliveryContext, 'saveProgress' | 'idempotencyKey' | 'progress'>) {
    this.#delivery = delivery;
    const saved = isEntity(delivery.progress) ? delivery.progress : {};
    this.#writing = readWriting(saved['writing']);
    // Another record may have other steps: what is there already is found again.
    if (saved['record'] !== delivery.idempotencyKey) return;
    for (const [index, end] of entriesOf(saved['steps'])) {
      const did = isEntity(end) ? deeds.find((deed) => deed === end['did']) : undefined;
      if (isEntity(end) && did !== undefined)
        this.#ends.set(Number(index), { did, key: String(end['key']), own: end['own'] === true || did === 'created' });
    }
    restore(this.#warnings, saved['warnings']);
    restore(this.#attention, saved['attention']);
  }

  get attention(): readonly Text[] {
    return [...this.#attention.values()];
  }

  get warnings(): readonly Text[] {
    return [...this.#warnings.values()];
  }

  /** What ended so far, in order. */
  get ends(): readonly (readonly [number, StepEnd])[] {
    return [...this.#ends].sort(([a], [b]) => a - b);
  }

  endOf(step: number): StepEnd | undefined {
    return this.#ends.get(step);
  }

  /** Set when an earlier try of this step may have created its object. */
  writingOf(step: number): Writing | undefined {
    return this.#writing?.step === step ? this.#writing : undefined;
  }

  /** `soon`: 1C keeps our keys, so that the object is found under its own whatever a crash forgets. */
  async begin(writing: Writing, when: 'now' | 'soon' = 'now'): Promise<void> {
    this.#writing = writing;
    await this.#save(when);
  }

  /** 1C has refused: nothing was written. */
  async undo(): Promise<void> {
    this.#writing = undefined;
    await this.#save();
  }

  async warn(warnings: readonly Text[]): Promise<void> {
    if (warnings.length === 0) return;
    for (const text of warnings) add(this.#warnings, text);
    await this.#save();
  }

  /** Kept with the next save. */
  see(attention: readonly Text[]): void {
    for (const text of attention) add(this.#attention, text);
  }

  async end(
    step: number,
    end: StepEnd,
    found: { readonly warnings: readonly Text[]; readonly attention: readonly Text[] },
    when: 'now' | 'soon' = 'now',
  ): Promise<void> {
    this.#ends.set(step, end);
    for (const text of found.warnings) add(this.#warnings, text);
    this.see(found.attention);
    this.#writing = undefined;
    await this.#save(when);
  }

  async #save(when: 'now' | 'soon' = 'now'): Promise<void> {
    const value = {
      record: this.#delivery.idempotencyKey,
      steps: Object.fromEntries(this.#ends),
      ...(this.#writing === undefined ? {} : { writing: this.#writing }),
      warnings: this.warnings,
      ...(this.#attention.size === 0 ? {} : { attention: this.attention }),
    };
    await this.#delivery.saveProgress(value, when);
  }
}

function readWriting(value: unknown): Writing | undefined {
  if (!isEntity(value)) return undefined;
  const { step, at, before, key } = value;
  if (typeof step !== 'number' || typeof at !== 'number') return undefined;
  return { step, at, key: typeof key === 'string' ? key : '', before: Array.isArray(before) ? before.map(String) : [] };
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

/** The same sentence counts once. */
function add(texts: Map<string, Text>, text: Text): void {
  texts.set(text.en, text);
}

function restore(texts: Map<string, Text>, saved: unknown): void {
  for (const [, text] of entriesOf(saved))
    if (isEntity(text)) add(texts, { ru: String(text['ru']), en: String(text['en']) });
}
