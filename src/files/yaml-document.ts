import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type Scalar,
  visit,
} from 'yaml';
import type { Fault, Position } from './fault.ts';
import type { Text } from '../text.ts';
import type { Path, Problem } from './validation.ts';

/** A plain or quoted value of the file, with the place it stands in. */
export interface YamlScalar {
  readonly path: Path;
  readonly value: unknown;
  /** The characters as typed, without quotes. */
  readonly source: string;
  readonly quoted: boolean;
}

/** A YAML file that remembers where everything stands, so that each fault can name its line and column. */
export class YamlDocument {
  readonly file: string;
  /** What the YAML itself got wrong: syntax, tabs, duplicate keys. The value is not to be used when there are any. */
  readonly faults: readonly Fault[];
  readonly value: unknown;
  readonly #document: Document;
  readonly #lines = new LineCounter();

  /** `file` is the path as people should see it. */
  constructor(file: string, text: string) {
    this.file = file;
    this.#document = parseDocument(text.replace(/^\uFEFF/, ''), {
      lineCounter: this.#lines,
      uniqueKeys: true,
      strict: true,
    });
    const syntax = this.#document.errors.map((error) =>
      this.#at(error.pos[0], syntaxText(error.code, firstLine(error.message))),
    );
    const unresolved =
      syntax.length > 0
        ? []
        : unresolvedAliases(this.#document).map((alias) =>
            this.#at(alias.range?.[0] ?? 0, syntaxText('BAD_ALIAS', '')),
          );
    const plain = syntax.length > 0 || unresolved.length > 0 ? undefined : plainValue(this.#document);
    this.faults = [...syntax, ...unresolved, ...(plain instanceof ReferenceError ? [this.#at(0, tooManyAliases)] : [])];
    this.value = this.faults.length > 0 ? undefined : plain;
  }

  #at(offset: number, text: Text): Fault {
    const { line, col } = this.#lines.linePos(offset);
    return { file: this.file, line: Math.max(line, 1), column: Math.max(col, 1), level: 'error', text };
  }

  /** A fault at the value (or with `atKey` the key) the path leads to, or at its nearest ancestor that exists. */
  fault(path: Path, text: Text, options: { readonly level?: Fault['level']; readonly atKey?: boolean } = {}): Fault {
    return { file: this.file, ...this.#position(path, options.atKey ?? false), level: options.level ?? 'error', text };
  }

  faultsOf(problems: readonly Problem[], base: Path = []): Fault[] {
    return problems.map((problem) =>
      this.fault([...base, ...problem.path], problem.text, { atKey: problem.unknownKey }),
    );
  }

  *scalars(): Generator<YamlScalar> {
    if (this.#document.contents !== null) yield* scalarsOf(this.#document.contents, []);
  }

  #position(path: Path, atKey: boolean): Position {
    let node: unknown = this.#document.contents;
    let offset = 0;
    for (const [depth, step] of path.entries()) {
      const last = depth === path.length - 1;
      let next: unknown;
      if (isMap(node)) {
        const pair = node.items.find((item) => keyText(item.key) === String(step));
        if (pair === undefined) break;
        if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
        next = last && atKey ? undefined : pair.value;
      } else if (isSeq(node)) {
        next = node.items[Number(step)];
      }
      if (!isNode(next)) break;
      // An empty value has no place of its own: its key stands for it.
      const range = next.range;
      if (range && range[1] > range[0]) offset = range[0];
      node = next;
    }
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }
}

/** A ReferenceError when aliases multiply beyond reason: a few lines can stand for gigabytes. */
function plainValue(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    if (error instanceof ReferenceError) return error;
    throw error;
  }
}

function unresolvedAliases(document: Document): Alias[] {
  const found: Alias[] = [];
  visit(document, { Alias: (_, alias) => void (alias.resolve(document) === undefined && found.push(alias)) });
  return found;
}

const tooManyAliases: Text = {
  ru: 'ссылки YAML (* и &) умножают содержимое сверх меры: напишите значения прямо',
  en: 'YAML references (* and &) multiply the content beyond reason: write the values themselves',
};

function* scalarsOf(node: Node, path: Path): Generator<YamlScalar> {
  if (isScalar(node)) yield scalarAt(node, path);
  else if (isMap(node)) {
    for (const item of node.items)
      if (isPair(item) && isNode(item.value)) yield* scalarsOf(item.value, [...path, keyText(item.key)]);
  } else if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) if (isNode(item)) yield* scalarsOf(item, [...path, index]);
  }
}

function scalarAt(node: Scalar, path: Path): YamlScalar {
  return { path, value: node.value, source: node.source ?? String(node.value), quoted: node.type !== 'PLAIN' };
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value);
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}

function firstLine(words: string): string {
  return (words.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '');
}

function syntaxText(code: string, words: string): Text {
  switch (code) {
    case 'TAB_AS_INDENT':
      return {
        ru: 'отступ сделан табуляцией: YAML принимает только пробелы',
        en: 'a tab is used for indentation: YAML takes spaces only',
      };
    case 'DUPLICATE_KEY':
      return { ru: 'этот ключ уже есть выше: оставьте один', en: 'this key is there already above: keep one of them' };
    case 'BAD_ALIAS':
      return {
        ru: 'значение начинается с «*» или «&»: возьмите его в кавычки',
        en: 'a value that begins with * or & must be quoted',
      };
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return {
        ru: `лишнее «: » в значении или ошибка в отступе; значение с двоеточием берут в кавычки (${words})`,
        en: `a stray ": " in a value, or wrong indentation; a value with a colon must be quoted (${words})`,
      };
    case 'BAD_INDENT':
      return { ru: `неверный отступ (${words})`, en: `wrong indentation (${words})` };
    default:
      return { ru: `ошибка YAML: ${words}`, en: `YAML: ${words}` };
  }
}
