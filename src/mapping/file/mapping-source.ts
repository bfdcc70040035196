import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type Scalar } from 'yaml';
import type { Fault, Position } from '../../files/fault.ts';
import type { Text } from '../../text.ts';
import type { Path, Problem } from '../../files/validation.ts';
import { YamlDocument } from '../../files/yaml-document.ts';
import type { FormulaFault } from '../formulas/formula.ts';

/** How a value was typed, for traps that only the typing shows. */
export interface Typing {
  readonly path: Path;
  /** Undefined for the null of a key without a value. */
  readonly scalar: Scalar | undefined;
  /** Without quotes and not as a block. */
  readonly plain: boolean;
  /** Inside of braces or brackets. */
  readonly inFlow: boolean;
  /** The comment behind it, if any. */
  readonly comment: string | undefined;
}

/** A mapping file under inspection: its values, the places they stand in, and the faults found so far. */
export class MappingSource {
  readonly document: YamlDocument;
  readonly faults: Fault[] = [];
  readonly #text: string;
  readonly #lines = new LineCounter();
  readonly #contents: Node | null;

  /** `file` is the path as people should see it. */
  constructor(file: string, text: string) {
    this.document = new YamlDocument(file, text);
    this.#text = text.replace(/^\uFEFF/, '');
    this.#contents = parseDocument(this.#text, { lineCounter: this.#lines }).contents;
  }

  get hasErrors(): boolean {
    return this.faults.some(({ level }) => level === 'error');
  }

  error(path: Path, text: Text, options: { readonly atKey?: boolean } = {}): void {
    this.faults.push(this.document.fault(path, text, options));
  }

  warning(path: Path, text: Text): void {
    this.faults.push(this.document.fault(path, text, { level: 'warning' }));
  }

  problems(problems: readonly Problem[], base: Path = []): void {
    this.faults.push(...this.document.faultsOf(problems, base));
  }

  /** Points at the very character inside of the formula, where the way it is typed lets us count. */
  formulaFault(path: Path, { text, offset }: FormulaFault, level: Fault['level']): void {
    const typing = this.typingAt(path);
    // 1: the equals sign
    const place = typing?.scalar === undefined ? undefined : this.#placeIn(typing.scalar, offset + 1);
    const fault = this.document.fault(path, text, { level });
    this.faults.push(place === undefined ? fault : { ...fault, ...place });
  }

  typingAt(path: Path): Typing | undefined {
    return this.typings().find(
      (typing) =>
        typing.path.length === path.length && typing.path.every((step, depth) => String(step) === String(path[depth])),
    );
  }

  /** Every value that is no map and no list. */
  typings(): readonly Typing[] {
    return this.#contents === null ? [] : [...typingsOf(this.#contents, [], false)];
  }

  /** Keys of maps, with the way to each. */
  keys(): readonly Path[] {
    return this.#contents === null ? [] : [...keysOf(this.#contents, [])];
  }

  #placeIn(scalar: Scalar, index: number): Position | undefined {
    const value = String(scalar.value);
    const [start = 0, end = start] = scalar.range ?? [];
    const raw = this.#text.slice(start, end);
    const offset =
      scalar.type === 'BLOCK_LITERAL'
        ? offsetInBlock(raw, value, index)
        : offsetInLine(raw, value, index, scalar.type === 'PLAIN' ? 0 : 1);
    if (offset === undefined) return undefined;
    const { line, col } = this.#lines.linePos(start + offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  }
}

/** Works as long as the text stands in the file as it is: no escapes and no folded lines before the place. */
function offsetInLine(raw: string, value: string, index: number, quote: number): number | undefined {
  return raw.slice(quote).startsWith(value.slice(0, index)) ? quote + index : undefined;
}

/** `|`: the lines stand as they are behind an indentation of equal width. */
function offsetInBlock(raw: string, value: string, index: number): number | undefined {
  const before = value.slice(0, index).split('\n');
  const lines = raw.split('\n');
  const indent = /^ */.exec(lines.slice(1).find((line) => line.trim() !== '') ?? '')?.[0].length ?? 0;
  const at = lines[before.length];
  if (at === undefined) return undefined;
  const start = lines.slice(0, before.length).reduce((sum, line) => sum + line.length + 1, 0);
  return start + Math.min(indent + (before.at(-1)?.length ?? 0), at.length);
}

function* typingsOf(node: Node, path: Path, inFlow: boolean): Generator<Typing> {
  if (isScalar(node)) {
    yield { path, scalar: node, plain: node.type === 'PLAIN', inFlow, comment: node.comment ?? undefined };
  } else if (isMap(node)) {
    for (const { key, value } of node.items) {
      const at = [...path, keyText(key)];
      if (isNode(value)) yield* typingsOf(value, at, inFlow || node.flow === true);
      else yield { path: at, scalar: undefined, plain: true, inFlow: inFlow || node.flow === true, comment: undefined };
    }
  } else if (isSeq(node)) {
    for (const [index, item] of node.items.entries())
      if (isNode(item)) yield* typingsOf(item, [...path, index], inFlow || node.flow === true);
  }
}

function* keysOf(node: Node, path: Path): Generator<Path> {
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      const at = [...path, keyText(key)];
      yield at;
      if (isNode(value)) yield* keysOf(value, at);
    }
  } else if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) if (isNode(item)) yield* keysOf(item, [...path, index]);
  }
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value);
}
