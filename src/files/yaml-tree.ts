/** A YAML text as plain data with the places everything stands at, so that any thread may read it. */
export interface YamlTree {
  /** Undefined for an empty text, and when there is a fault. */
  readonly root: YamlNode | undefined;
  /** What the YAML itself got wrong, in the order of the text; the first hundred. */
  readonly faults: readonly YamlFault[];
}

export interface YamlFault {
  /** UTF-16 units from the start of the text, without its byte order mark. */
  readonly offset: number;
  readonly what: YamlFaultKind;
  /** The parser's own words, for what has none of ours. */
  readonly words: string;
  /** The line of what it clashes with. */
  readonly line?: number;
}

export type YamlFaultKind =
  | 'tab'
  | 'duplicate key'
  | 'unknown alias'
  | 'colon'
  | 'indent'
  | 'quote'
  | 'cycle'
  | 'too deep'
  | 'too many'
  | 'merge'
  | 'tag'
  | 'too slow'
  | 'other';

/** An alias is the node it names: the same object stands in both places. */
export type YamlNode = YamlScalar | YamlMap | YamlList;

interface Span {
  readonly start: number;
  readonly end: number;
}

export interface YamlScalar extends Span {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** The characters as typed, without quotes. */
  readonly source: string;
  readonly style: 'plain' | 'quoted' | 'literal' | 'folded';
  /** The comment behind it, if any. */
  readonly comment?: string;
}

export interface YamlMap extends Span {
  readonly kind: 'map';
  /** With braces. */
  readonly flow: boolean;
  readonly pairs: readonly YamlPair[];
}

export interface YamlPair {
  /** As typed: 007 stays 007. */
  readonly key: string;
  readonly keyStart: number;
  /** Undefined for a key without a value. */
  readonly value: YamlNode | undefined;
}

export interface YamlList extends Span {
  readonly kind: 'list';
  /** With brackets. */
  readonly flow: boolean;
  readonly items: readonly (YamlNode | undefined)[];
}

/** The tree as JavaScript has it; an alias gives the same object twice. */
export function valueOf(node: YamlNode | undefined): unknown {
  switch (node?.kind) {
    case undefined:
      return null;
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(valueOf);
    case 'map':
      return Object.fromEntries(node.pairs.map(({ key, value }) => [key, valueOf(value)]));
  }
}
