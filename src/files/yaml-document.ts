import type { Text } from '../text.ts';
import type { Fault, Position } from './fault.ts';
import type { Path, Problem } from './validation.ts';
import { readYamlTree } from './yaml-reader.ts';
import { oddBlankIn, oddBlanks, withRemedies } from './yaml-remedies.ts';
import { yamlSentence } from './yaml-sentences.ts';
import { valueOf, type YamlMap, type YamlNode, type YamlPair, type YamlTree } from './yaml-tree.ts';

/** A value of the file and whether it stands inside of braces or brackets. */
export interface YamlPlace {
  readonly node: YamlNode | undefined;
  readonly inFlow: boolean;
}

/** A YAML file that remembers where everything stands, so that each fault can name its line and column. */
export class YamlDocument {
  readonly file: string;
  /** Without a byte order mark; a lone CR is a line feed. */
  readonly text: string;
  /** What the YAML itself got wrong: syntax, tabs, duplicate keys. The value is not to be used when there are any. */
  readonly faults: readonly Fault[];
  readonly root: YamlNode | undefined;
  readonly value: unknown;
  readonly #lineStarts: readonly number[];
  /** Maps by key: many values of one map are asked for. */
  readonly #pairs = new WeakMap<YamlMap, ReadonlyMap<string, YamlPair>>();

  /** `file` is the path as people should see it; `tree` what readYamlTree made of the text, in whichever thread. */
  constructor(file: string, text: string, tree: YamlTree = readYamlTree(plainLines(text))) {
    this.file = file;
    this.text = plainLines(text);
    this.#lineStarts = lineStartsOf(this.text);
    const faults = tree.faults.map((fault): Fault => ({
      file,
      ...this.positionAt(fault.offset),
      level: 'error',
      text: yamlSentence(fault),
    }));
    this.root = tree.root;
    this.faults = faults.length > 0 ? withRemedies(faults, this.text) : this.#oddIndents();
    this.value = tree.root === undefined ? (this.faults.length > 0 ? undefined : null) : valueOf(tree.root);
  }

  /** YAML takes a line that begins with a no-break blank for one at the margin, and the blank for a part of its key. */
  #oddIndents(): Fault[] {
    if (this.root?.kind !== 'map') return [];
    const odd = this.root.pairs.filter(({ key }) => key.search(oddBlanks) === 0);
    const [first] = odd;
    if (first === undefined) return [];
    return [{ file: this.file, ...this.positionAt(first.keyStart), level: 'error', text: oddBlankIn(odd.length) }];
  }

  /** Of a character, by its place in `text`. */
  positionAt(offset: number): Position {
    let [low, high] = [0, this.#lineStarts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#lineStarts[low] ?? 0) + 1 };
  }

  /** A fault at the value (or with `atKey` the key) the path leads to, or at its nearest ancestor that exists. */
  fault(path: Path, text: Text, options: { readonly level?: Fault['level']; readonly atKey?: boolean } = {}): Fault {
    const offset = this.#offset(path, options.atKey ?? false);
    return { file: this.file, ...this.positionAt(offset), level: options.level ?? 'error', text };
  }

  faultsOf(problems: readonly Problem[], base: Path = []): Fault[] {
    return problems.map((problem) =>
      this.fault([...base, ...problem.path], problem.text, { atKey: problem.unknownKey }),
    );
  }

  /** Undefined where the path leads nowhere. */
  at(path: Path): YamlPlace | undefined {
    let place: YamlPlace = { node: this.root, inFlow: false };
    for (const step of path) {
      const { node } = place;
      if (node === undefined || node.kind === 'scalar') return undefined;
      const inFlow = place.inFlow || node.flow;
      if (node.kind === 'list') {
        if (!(Number(step) in node.items)) return undefined;
        place = { node: node.items[Number(step)], inFlow };
      } else {
        const pair = this.#pairOf(node, String(step));
        if (pair === undefined) return undefined;
        place = { node: pair.value, inFlow };
      }
    }
    return place;
  }

  #pairOf(map: YamlMap, key: string): YamlPair | undefined {
    let pairs = this.#pairs.get(map);
    if (pairs === undefined) this.#pairs.set(map, (pairs = new Map(map.pairs.map((pair) => [pair.key, pair]))));
    return pairs.get(key);
  }

  #offset(path: Path, atKey: boolean): number {
    let node = this.root;
    let offset = 0;
    for (const [depth, step] of path.entries()) {
      let next: YamlNode | undefined;
      if (node?.kind === 'map') {
        const pair = this.#pairOf(node, String(step));
        if (pair === undefined) break;
        offset = pair.keyStart;
        if (atKey && depth === path.length - 1) break;
        next = pair.value;
      } else if (node?.kind === 'list') next = node.items[Number(step)];
      if (next === undefined) break;
      // An empty value has no place of its own: its key stands for it.
      if (next.end > next.start) offset = next.start;
      node = next;
    }
    return offset;
  }
}

/** Without a byte order mark, and with the line ends of old Macs as YAML's parser knows them; as long as before. */
export function plainLines(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/\r(?!\n)/g, '\n');
}

function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
