import type { InferType } from 'yup';
import type { Description } from '../../adapter.ts';
import type { Mapping } from '../../mapping/file/mapping.ts';
import { count, flag, listOf, shape, text, textOrNull } from '../../shown/shape.ts';
import { createAdapter, type Target } from '../../targets/target.ts';
import type { Language } from '../../text.ts';
import { errorText } from '../../toolkit.ts';
import type { ConsoleParts } from '../parts.ts';
import { namedSets } from './named-sets.ts';

/** What the target of a mapping says it has. */
export const targetFieldsSchema = shape({
  name: text(),
  adapter: text(),
  /** The target says what it has. */
  described: flag(),
  /** Why it did not. */
  why: textOrNull(),
  /** Names of everything it has, the first thousands. */
  all: listOf(text()),
  /** What the mapping names, with what is published of it. */
  sets: listOf(
    shape({
      name: text(),
      published: flag(),
      fields: listOf(
        shape({ name: text(), type: textOrNull(), max: count().nullable(), target: textOrNull(), published: flag() }),
      ),
    }),
  ),
});
type TargetFields = InferType<typeof targetFieldsSchema>;

const mostNames = 5000;
/** How long a target may take, and how long what it said holds; milliseconds. */
const longestDescription = 20_000;
const kept = 60_000;

/** Asks targets what they have, each at most once a minute. */
export class TargetDescriptions {
  readonly #parts: Pick<ConsoleParts, 'targets' | 'toolsFor'>;
  readonly #said = new Map<string, { readonly at: number; readonly description: Promise<Description | undefined> }>();

  constructor(parts: Pick<ConsoleParts, 'targets' | 'toolsFor'>) {
    this.#parts = parts;
  }

  /** Null: the target stands no more in the config. */
  async fields({ to, record }: Pick<Mapping, 'to' | 'record'>, language: Language): Promise<TargetFields | null> {
    const target = this.#parts.targets.find(({ name }) => name === to);
    if (target === undefined) return null;
    const named = namedSets(record);
    const base = { name: target.name, adapter: target.adapter.type, all: [], sets: [] };
    try {
      const description = await this.#describe(target, [...named.keys()]);
      if (description === undefined) return { ...base, described: false, why: null };
      return { ...base, described: true, why: null, ...compared(description, named) };
    } catch (error) {
      return { ...base, described: false, why: (errorText(error) ?? unanswered)[language] };
    }
  }

  #describe(target: Target, wanted: readonly string[]): Promise<Description | undefined> {
    const key = JSON.stringify([target.name, wanted]);
    const now = performance.now();
    for (const [old, { at }] of this.#said) if (now - at > kept) this.#said.delete(old);
    const known = this.#said.get(key);
    if (known !== undefined) return known.description;
    const description = this.#ask(target, wanted);
    this.#said.set(key, { at: now, description });
    description.catch(() => this.#said.delete(key));
    return description;
  }

  async #ask(target: Target, wanted: readonly string[]): Promise<Description | undefined> {
    const adapter = createAdapter(target, this.#parts.toolsFor(target));
    try {
      return await adapter.describe?.(wanted, AbortSignal.timeout(longestDescription));
    } finally {
      await adapter.close?.();
    }
  }
}

function compared({ sets, described }: Description, named: ReadonlyMap<string, ReadonlySet<string>>) {
  return {
    all: sets.slice(0, mostNames),
    sets: [...named].map(([name, used]) => {
      const set = described.find((each) => each.name === name);
      const there = set?.fields ?? [];
      // References may be named with or without `_Key`.
      const isThere = (field: string) => there.some((each) => each.name === field || each.name === `${field}_Key`);
      return {
        name,
        published: set !== undefined,
        fields: [
          ...there.map((field) => ({
            name: field.name,
            type: field.type,
            max: field.max ?? null,
            target: field.target ?? null,
            published: true,
          })),
          ...[...used]
            .filter((field) => !isThere(field) && !there.some((each) => each.name.startsWith(`${field}.`)))
            .map((field) => ({ name: field, type: null, max: null, target: null, published: false })),
        ],
      };
    }),
  };
}

const unanswered = { ru: 'цель не ответила, что у неё есть', en: 'the target did not say what it has' };
