import type { Fields } from './field-shape.ts';
import type { TypeDraft } from './type-draft.ts';

/** One published set: a catalog, a document, a register and so on. */
export interface SetShape {
  readonly name: string;
  readonly keys: readonly string[];
  readonly fields: Fields;
  /** Tabular sections by name. */
  readonly sections: Readonly<Record<string, Fields>>;
}

/** A property of its own: names come from people and from 1C, so `constructor` must not be found. */
export function own<V>(record: Readonly<Record<string, V>>, name: string): V | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** What the reader has kept, each by its name. */
export interface MetadataParts {
  /** The type of each set. */
  readonly sets: ReadonlyMap<string, string>;
  readonly types: ReadonlyMap<string, TypeDraft>;
  /** Complex types: rows of sections and records of registers. */
  readonly rows: ReadonlyMap<string, TypeDraft>;
}

/**
 * What a base publishes. A whole one has ten thousand sets, of which mappings name a dozen: the shape of a set is made
 * when it is asked for.
 */
export class Metadata {
  readonly #parts: MetadataParts;
  readonly #shapes = new Map<string, SetShape | undefined>();
  readonly #rows = new Map<string, Fields | undefined>();

  constructor(parts: MetadataParts) {
    this.#parts = parts;
  }

  /** Names of all published sets. */
  get names(): readonly string[] {
    return [...this.#parts.sets.keys()];
  }

  set(name: string): SetShape | undefined {
    if (!this.#shapes.has(name)) this.#shapes.set(name, this.#shapeOf(name));
    return this.#shapes.get(name);
  }

  /** Names of all complex types. */
  get rowNames(): readonly string[] {
    return [...this.#parts.rows.keys()];
  }

  /** The fields of a complex type. */
  row(name: string): Fields | undefined {
    if (!this.#rows.has(name)) this.#rows.set(name, this.#parts.rows.get(name)?.fields());
    return this.#rows.get(name);
  }

  #shapeOf(name: string): SetShape | undefined {
    const { sets, types } = this.#parts;
    const type = sets.get(name);
    if (type === undefined) return undefined;
    // Some generators publish an independent register with its record apart, as in edmx/03.
    const apart = name.startsWith('InformationRegister_') ? types.get(`${type}_RecordType`) : undefined;
    const draft = apart ?? types.get(type);
    if (draft === undefined) return undefined;
    const sections: Record<string, Fields> = {};
    for (const [section, row] of draft.sections()) {
      const fields = this.row(row);
      if (fields !== undefined) sections[section] = fields;
    }
    return { name, keys: draft.keys(), fields: draft.fields(), sections };
  }
}
