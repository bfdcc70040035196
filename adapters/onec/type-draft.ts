import type { Fields, FieldShape } from './field-shape.ts';
import type { Words } from './words.ts';

/** What the tags of a type say, in numbers of words. */
export interface TypeTags {
  readonly keys: number[];
  /** Name, type and length, one property after the other. */
  readonly properties: number[];
  /** Name of the reference and number of its end, one after the other. */
  readonly ways: number[];
}

/** A type as numbers alone: a whole base has half a million properties, of some thousand names. */
export class TypeDraft {
  readonly #words: Words;
  readonly #ends: ReadonlyMap<number, number>;
  readonly #keys: Uint32Array;
  readonly #properties: Uint32Array;
  readonly #ways: Float64Array;

  /** @param ends the word of the type at each end; they are known only when everything is read. */
  constructor(words: Words, ends: ReadonlyMap<number, number>, { keys, properties, ways }: TypeTags) {
    this.#words = words;
    this.#ends = ends;
    this.#keys = Uint32Array.from(keys);
    this.#properties = Uint32Array.from(properties);
    this.#ways = Float64Array.from(ways);
  }

  keys(): readonly string[] {
    return [...this.#keys].map((word) => this.#words.text(word));
  }

  fields(): Fields {
    const targets = new Map<string, string>();
    for (let at = 0; at < this.#ways.length; at += 2) {
      const target = this.#ends.get(this.#ways[at + 1] ?? -1);
      if (target !== undefined) targets.set(`${this.#words.text(this.#ways[at] ?? 0)}_Key`, this.#words.text(target));
    }
    const fields: Record<string, FieldShape> = {};
    for (const { name, type, maxLength } of this.#each()) {
      const target = targets.get(name);
      if (!type.startsWith('Collection('))
        fields[name] = {
          type,
          ...(maxLength > 0 ? { maxLength } : {}),
          ...(target === undefined ? {} : { target }),
        };
    }
    return fields;
  }

  /** Tabular sections: name and the complex type of their rows. */
  sections(): readonly (readonly [section: string, row: string])[] {
    return [...this.#each()].flatMap(({ name, type }) => {
      const row = /^Collection\((?:.*\.)?([^.]+)\)$/.exec(type)?.[1];
      return row === undefined ? [] : [[name, row] as const];
    });
  }

  *#each(): Generator<{ readonly name: string; readonly type: string; readonly maxLength: number }> {
    for (let at = 0; at < this.#properties.length; at += 3) {
      const [name = 0, type = 0, maxLength = 0] = this.#properties.subarray(at, at + 3);
      yield { name: this.#words.text(name), type: this.#words.text(type), maxLength };
    }
  }
}
