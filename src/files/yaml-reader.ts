import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
  visit,
} from 'yaml';
import type {
  YamlFault,
  YamlFaultKind,
  YamlList,
  YamlMap,
  YamlNode,
  YamlPair,
  YamlScalar,
  YamlTree,
} from './yaml-tree.ts';

/** Keys, values and items of one file, those that aliases repeat included. */
const nodeLimit = 50_000;
/** Maps and lists in one another. */
const depthLimit = 100;
const faultLimit = 100;

/**
 * Reads a YAML text in time and memory that grow with its length and nothing else: aliases are followed within the
 * limits of size and depth, and one that leads back to itself is a fault.
 */
export function readYamlTree(text: string): YamlTree {
  const document = parsed(text);
  if (document === undefined) return { root: undefined, faults: [{ offset: 0, what: 'too deep', words: '' }] };
  if (document.errors.length > 0)
    return {
      root: undefined,
      faults: document.errors.slice(0, faultLimit).map(({ code, message, pos: [offset] }) => {
        const quote = /^Missing closing ["']/.test(message) ? openQuote(document, offset) : undefined;
        return quote === undefined
          ? { offset, what: kindOf(code, message), words: firstLine(message) }
          : { offset: quote, what: 'quote', words: text.slice(quote, quote + 1) };
      }),
    };
  const copy = new TreeCopy(text);
  const root = document.contents === null ? undefined : copy.node(document.contents, 0)?.node;
  return copy.faults.length > 0 ? { root: undefined, faults: copy.faults } : { root, faults: [] };
}

function parsed(text: string) {
  try {
    // prettyErrors looks through the whole text for each of them; uniqueKeys compares each key with all others
    return parseDocument(text, { prettyErrors: false, uniqueKeys: false, strict: true, schema: 'core', merge: false });
  } catch (error) {
    if (error instanceof RangeError) return undefined; // the parser calls itself for each level
    throw error;
  }
}

/** A node with what it weighs, for aliases that repeat it. */
interface Copied {
  readonly node: YamlNode;
  readonly size: number;
  readonly height: number;
}

class TreeCopy {
  readonly faults: YamlFault[] = [];
  readonly #text: string;
  readonly #anchors = new Map<string, Copied | 'open'>();
  #size = 0;

  constructor(text: string) {
    this.#text = text;
  }

  node(source: Node, depth: number): Copied | undefined {
    const offset = source.range?.[0] ?? 0;
    this.#size += 1;
    if (this.#size > nodeLimit) return this.#refuse(offset, 'too many');
    if (depth > depthLimit) return this.#refuse(offset, 'too deep');
    if (isAlias(source)) return this.#aliased(source.source, offset, depth);
    if (!isKnownTag(source.tag)) return this.#refuse(offset, 'tag', source.tag);
    const anchor = isScalar(source) || isMap(source) || isSeq(source) ? source.anchor : undefined;
    if (anchor !== undefined) this.#anchors.set(anchor, 'open');
    const copied = this.#copy(source, depth);
    if (anchor !== undefined && copied !== undefined) this.#anchors.set(anchor, copied);
    return copied;
  }

  #copy(source: Node, depth: number): Copied | undefined {
    if (isScalar(source)) return { node: scalarOf(source), size: 1, height: 0 };
    if (isMap(source)) return this.#map(source, depth);
    return isSeq(source) ? this.#list(source, depth) : undefined;
  }

  #aliased(name: string, offset: number, depth: number): Copied | undefined {
    const anchored = this.#anchors.get(name);
    if (anchored === undefined) return this.#refuse(offset, 'unknown alias');
    if (anchored === 'open') return this.#refuse(offset, 'cycle', name);
    this.#size += anchored.size;
    if (this.#size > nodeLimit) return this.#refuse(offset, 'too many');
    if (depth + anchored.height > depthLimit) return this.#refuse(offset, 'too deep');
    return anchored;
  }

  #map(source: YAMLMap, depth: number): Copied | undefined {
    const pairs: YamlPair[] = [];
    const keys = new Map<string, number>();
    let [size, height] = [1, 0];
    for (const { key, value } of source.items) {
      const keyStart = isNode(key) ? (key.range?.[0] ?? 0) : 0;
      const name = this.#key(key);
      if (name === '<<' && isNode(value) && !isScalar(value)) return this.#refuse(keyStart, 'merge');
      const earlier = keys.get(name);
      if (earlier === undefined) keys.set(name, keyStart);
      else this.#refuse(keyStart, 'duplicate key', name.slice(0, 100), earlier);
      const copied = isNode(value) ? this.node(value, depth + 1) : undefined;
      if (this.#full) return undefined;
      size += 1 + (copied?.size ?? 0);
      height = Math.max(height, 1 + (copied?.height ?? 0));
      pairs.push({ key: name, keyStart, value: copied?.node });
    }
    const node: YamlMap = { kind: 'map', ...spanOf(source), flow: source.flow === true, pairs };
    return { node, size, height };
  }

  #list(source: YAMLSeq, depth: number): Copied | undefined {
    const items: (YamlNode | undefined)[] = [];
    let [size, height] = [1, 0];
    for (const item of source.items) {
      const copied = isNode(item) ? this.node(item, depth + 1) : undefined;
      if (this.#full) return undefined;
      size += copied?.size ?? 1;
      height = Math.max(height, 1 + (copied?.height ?? 0));
      items.push(copied?.node);
    }
    const node: YamlList = { kind: 'list', ...spanOf(source), flow: source.flow === true, items };
    return { node, size, height };
  }

  #key(key: unknown): string {
    if (isScalar(key)) return key.type === 'PLAIN' ? (key.source ?? '') : String(key.value);
    if (isAlias(key)) return `*${key.source}`;
    const [start = 0, end = start] = isNode(key) ? (key.range ?? []) : [];
    return this.#text.slice(start, end);
  }

  /** What comes behind is not worth looking at. */
  get #full(): boolean {
    return this.faults.length >= faultLimit || this.#size > nodeLimit;
  }

  #refuse(offset: number, what: YamlFaultKind, words = '', other?: number): undefined {
    if (this.faults.length >= faultLimit || this.faults.at(-1)?.what === 'too many') return;
    const line = other === undefined ? undefined : this.#text.slice(0, other).split('\n').length;
    this.faults.push({ offset, what, words, ...(line !== undefined && { line }) });
  }
}

function scalarOf(source: Scalar): YamlScalar {
  const { comment } = source;
  const value = isPlainValue(source.value) ? source.value : null;
  return {
    kind: 'scalar',
    ...spanOf(source),
    value,
    source: source.source ?? String(value ?? ''),
    style: styleOf(source.type),
    ...(typeof comment === 'string' && { comment }),
  };
}

function isPlainValue(value: unknown): value is YamlScalar['value'] {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function styleOf(type: Scalar['type']): YamlScalar['style'] {
  switch (type) {
    case 'PLAIN':
      return 'plain';
    case 'BLOCK_LITERAL':
      return 'literal';
    case 'BLOCK_FOLDED':
      return 'folded';
    default:
      return 'quoted';
  }
}

function spanOf(source: Node): { readonly start: number; readonly end: number } {
  const [start = 0, end = start] = source.range ?? [];
  return { start, end };
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value);
}

/** What a tag may say is what a value is anyway. */
function isKnownTag(tag: string | undefined): boolean {
  return tag === undefined || tag === '!' || /^tag:yaml\.org,2002:(?:str|int|float|bool|null|map|seq)$/.test(tag);
}

function kindOf(code: string, message: string): YamlFaultKind {
  if (message.includes('call stack')) return 'too deep'; // its parser calls itself for each level
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'tab';
    case 'BAD_ALIAS':
      return 'unknown alias';
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return 'colon';
    case 'BAD_INDENT':
      return 'indent';
    default:
      return 'other';
  }
}

/** Where the quote stands that is still open at this place: the parser names the end of the file. */
function openQuote(document: Document, at: number): number | undefined {
  let found: number | undefined;
  visit(document, {
    Scalar: (_key, { type, range }) => {
      const isQuoted = type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE';
      if (isQuoted && range && range[0] < at && range[1] >= at - 1) found = range[0];
    },
  });
  return found;
}

function firstLine(words: string): string {
  return (words.split('\n', 1)[0] ?? '').slice(0, 200);
}
