import { performance } from 'node:perf_hooks';
import { setImmediate as breathe } from 'node:timers/promises';
import { type Tag, tagsOf } from './metadata-tags.ts';

/** One property as `$metadata` publishes it. */
export interface FieldShape {
  /** For example `Edm.String`. */
  readonly type: string;
  /** Older releases publish none (facts/1c.md 1.3). */
  readonly maxLength?: number;
  /** The set that a `…_Key` points to, where the base publishes it. */
  readonly target?: string;
}

export type Fields = Readonly<Record<string, FieldShape>>;

/** One published set: a catalog, a document, a register and so on. */
export interface SetShape {
  readonly name: string;
  readonly keys: readonly string[];
  readonly fields: Fields;
  /** Tabular sections by name. */
  readonly sections: Readonly<Record<string, Fields>>;
}

export interface Metadata {
  readonly sets: Readonly<Record<string, SetShape>>;
  /** Complex types: rows of sections and records of registers. */
  readonly rows: Readonly<Record<string, Fields>>;
}

/** A property of its own: names come from people and from 1C, so `constructor` must not be found. */
export function own<V>(record: Readonly<Record<string, V>>, name: string): V | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/**
 * Reads `$metadata`: 15 MB of a whole ZUP are reported, 45 MB must not hold anybody up (facts/1c-zup.md 6). The bytes
 * are taken piece by piece, what is kept of each is small, and the event loop breathes every few milliseconds.
 * @throws Error when it is no EDMX document.
 */
export async function readMetadata(source: string | Uint8Array): Promise<Metadata> {
  const bytes =
    typeof source === 'string' ? Buffer.from(source) : Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  if (!/<(?:\w+:)?Edmx\b/.test(bytes.toString('utf8', 0, 2000))) throw new Error('not an EDMX document');
  const breath = new Breath();
  const words = new Words();
  const types = new Map<string, TypeDraft>();
  const rows = new Map<string, TypeDraft>();
  const ends = new Map<string, string>();
  const sets: { readonly name: string; readonly type: string }[] = [];
  for (const { kind, piece } of piecesOf(bytes)) {
    await breath.take();
    const tags = tagsOf(piece);
    const { attributes = {} } = tags[0] ?? {};
    const name = words.kept(attributes['Name'] ?? '');
    if (kind === 'EntityType') types.set(name, draftOf(tags, words));
    else if (kind === 'ComplexType') rows.set(name, draftOf(tags, words));
    else if (kind === 'EntitySet') sets.push({ name, type: words.kept(bare(attributes['EntityType'] ?? '')) });
    else
      for (const { name: tag, attributes: end } of tags)
        if (tag === 'End') ends.set(`${name} ${end['Role'] ?? ''}`, words.kept(bare(end['Type'] ?? '')));
  }
  const shapes = new Shapes(ends);
  const rowFields: Record<string, Fields> = {};
  for (const [name, draft] of rows) {
    await breath.take();
    rowFields[name] = shapes.fieldsOf(draft);
  }
  const result: Record<string, SetShape> = {};
  for (const { name, type } of sets) {
    await breath.take();
    // Some generators publish an independent register with its record apart, as in edmx/03.
    const draft =
      (name.startsWith('InformationRegister_') ? types.get(`${type}_RecordType`) : undefined) ?? types.get(type);
    if (draft !== undefined) result[name] = shapes.setOf(name, draft, rowFields);
  }
  return { sets: result, rows: rowFields };
}

/** Lets others have the event loop whenever work has gone on for a while. */
class Breath {
  #since = performance.now();

  async take(): Promise<void> {
    if (performance.now() - this.#since < 15) return;
    await breathe();
    this.#since = performance.now();
  }
}

/** Each text once, and as a text of its own: a slice would keep the whole document in memory. */
class Words {
  readonly #known = new Map<string, string>();

  kept(text: string): string {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const own = Buffer.from(text, 'utf8').toString('utf8');
    this.#known.set(own, own);
    return own;
  }
}

/** What is kept of a type until every type is read. */
interface TypeDraft {
  readonly keys: readonly string[];
  readonly properties: readonly { readonly name: string; readonly type: string; readonly maxLength: number }[];
  /** Where references lead, by association. */
  readonly ways: readonly { readonly name: string; readonly end: string }[];
}

function draftOf(tags: readonly Tag[], words: Words): TypeDraft {
  const named = (tag: string): readonly Tag[] => tags.filter(({ name }) => name === tag);
  const text = ({ attributes }: Tag, name: string): string => words.kept(attributes[name] ?? '');
  return {
    keys: named('PropertyRef').map((tag) => text(tag, 'Name')),
    properties: named('Property').map((tag) => ({
      name: text(tag, 'Name'),
      type: text(tag, 'Type'),
      maxLength: Number(tag.attributes['MaxLength']),
    })),
    ways: named('NavigationProperty').map((tag) => ({
      name: text(tag, 'Name'),
      end: words.kept(`${bare(tag.attributes['Relationship'] ?? '')} ${tag.attributes['ToRole'] ?? ''}`),
    })),
  };
}

/** Makes the shapes that are kept; equal fields share one object, for a base has hundreds of thousands. */
class Shapes {
  readonly #ends: ReadonlyMap<string, string>;
  readonly #fields = new Map<string, FieldShape>();

  constructor(ends: ReadonlyMap<string, string>) {
    this.#ends = ends;
  }

  setOf(name: string, draft: TypeDraft, rows: Readonly<Record<string, Fields>>): SetShape {
    const sections: Record<string, Fields> = {};
    for (const { name: section, type } of draft.properties) {
      const row = /^Collection\((?:.*\.)?([^.]+)\)$/.exec(type)?.[1];
      const shape = row === undefined ? undefined : own(rows, row);
      if (shape !== undefined) sections[section] = shape;
    }
    return { name, keys: draft.keys, fields: this.fieldsOf(draft), sections };
  }

  fieldsOf({ properties, ways }: TypeDraft): Fields {
    const targets = new Map<string, string>();
    for (const { name, end } of ways) {
      const target = this.#ends.get(end);
      if (target !== undefined) targets.set(`${name}_Key`, target);
    }
    const fields: Record<string, FieldShape> = {};
    for (const { name, type, maxLength } of properties)
      if (!type.startsWith('Collection(')) fields[name] = this.#shape(type, maxLength, targets.get(name));
    return fields;
  }

  #shape(type: string, maxLength: number, target: string | undefined): FieldShape {
    const name = `${type} ${maxLength} ${target ?? ''}`;
    const shape = this.#fields.get(name) ?? {
      type,
      ...(maxLength > 0 ? { maxLength } : {}),
      ...(target === undefined ? {} : { target }),
    };
    this.#fields.set(name, shape);
    return shape;
  }
}

const kinds = ['EntityType', 'ComplexType', 'Association', 'EntitySet'] as const;

/**
 * Elements of these kinds with what they hold. Each end is looked for once, and an end that is missing once is missing
 * for all: a body that never closes a tag costs one look and not one for each tag.
 */
function* piecesOf(bytes: Buffer): Generator<{ readonly kind: string; readonly piece: string }> {
  const next = new Map(kinds.map((kind) => [kind, openingOf(bytes, kind, 0)]));
  const unclosed = new Set<string>();
  for (;;) {
    const [kind, at] = [...next].reduce((first, one) => (one[1] < first[1] ? one : first), ['EntityType', Infinity]);
    const tagEnd = at === Infinity ? -1 : bytes.indexOf('>', at);
    if (tagEnd === -1) return;
    const closing = `</${kind}>`;
    const isWhole = bytes[tagEnd - 1] === slash;
    const close = isWhole || unclosed.has(kind) ? -1 : bytes.indexOf(closing, tagEnd);
    if (!isWhole && close === -1) unclosed.add(kind);
    const from = close === -1 ? tagEnd + 1 : close + closing.length;
    yield { kind, piece: bytes.toString('utf8', at, from) };
    for (const one of kinds) if ((next.get(one) ?? 0) < from) next.set(one, openingOf(bytes, one, from));
  }
}

const slash = 0x2f;

/** Where the next element of this very name begins; Infinity when there is none. */
function openingOf(bytes: Buffer, kind: string, from: number): number {
  for (let at = bytes.indexOf(`<${kind}`, from); at !== -1; at = bytes.indexOf(`<${kind}`, at + 1)) {
    const after = bytes[at + kind.length + 1] ?? 0;
    // A blank, a slash or the end of the tag: `AssociationSet` is another name.
    if (after <= 0x20 || after === slash || after === 0x3e) return at;
  }
  return Infinity;
}

function bare(name: string): string {
  return name.replace(/^StandardODATA\./, '');
}
