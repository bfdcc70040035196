import type { Fault, Position } from '../../files/fault.ts';
import type { Path, Problem } from '../../files/validation.ts';
import type { YamlDocument, YamlPlace } from '../../files/yaml-document.ts';
import type { YamlScalar } from '../../files/yaml-tree.ts';
import type { Text } from '../../text.ts';
import type { FormulaFault } from '../formulas/formula.ts';

/** The place in the file that stands for a value which a preset made. */
export interface Placed {
  readonly path: Path;
  /** Said before the fault, where the place alone does not tell. */
  readonly note?: Text;
  /** What is wrong with formulas here is told where they are given. */
  readonly mute: boolean;
}

/** A mapping file under inspection: its values, the places they stand in, and the faults found so far. */
export class MappingSource {
  readonly document: YamlDocument;
  readonly #faults: Fault[] = [];
  readonly #told = new Set<string>();
  #placed: (path: Path) => Placed | undefined = () => undefined;
  #errors = false;

  constructor(document: YamlDocument) {
    this.document = document;
  }

  get faults(): readonly Fault[] {
    return this.#faults;
  }

  /** From now on faults of these paths are told at another place; undefined for what stands in the file itself. */
  relocate(placed: (path: Path) => Placed | undefined): void {
    this.#placed = placed;
  }

  get hasErrors(): boolean {
    return this.#errors;
  }

  error(path: Path, text: Text, options: { readonly atKey?: boolean } = {}): void {
    this.#add(this.faultAt(path, text, options));
  }

  warning(path: Path, text: Text): void {
    this.#add(this.faultAt(path, text, { level: 'warning' }));
  }

  problems(problems: readonly Problem[], base: Path = []): void {
    for (const problem of problems) {
      const placed = this.#placed([...base, ...problem.path]);
      if (placed === undefined) for (const fault of this.document.faultsOf([problem], base)) this.#add(fault);
      else this.error([...base, ...problem.path], problem.text);
    }
  }

  /** Points at the very character inside of the formula, where the way it is typed lets us count. */
  formulaFault(path: Path, { text, offset }: FormulaFault, level: Fault['level']): void {
    const placed = this.#placed(path);
    if (placed?.mute === true) return;
    const node = placed === undefined ? this.typingAt(path)?.node : undefined;
    // 1: the equals sign
    const place = node?.kind === 'scalar' ? this.#placeIn(node, offset + 1) : undefined;
    this.#add({ ...this.faultAt(path, text, { level }), ...place });
  }

  /** A fault at the value that the path leads to, wherever that stands. */
  faultAt(path: Path, text: Text, options: { readonly atKey?: boolean; readonly level?: Fault['level'] } = {}): Fault {
    const placed = this.#placed(path);
    if (placed === undefined) return this.document.fault(path, text, options);
    const { ru, en } = placed.note ?? { ru: '', en: '' };
    return this.document.fault(placed.path, { ru: ru + text.ru, en: en + text.en }, { ...options, atKey: false });
  }

  typingAt(path: Path): YamlPlace | undefined {
    return this.#placed(path) === undefined ? this.document.at(path) : undefined;
  }

  #add(fault: Fault): void {
    if (fault.level === 'error') this.#errors = true;
    // A parameter of a preset may stand in several places of the record.
    const told = `${fault.line}:${fault.column} ${fault.text.en}`;
    if (this.#told.has(told)) return;
    this.#told.add(told);
    this.#faults.push(fault);
  }

  #placeIn(scalar: YamlScalar, index: number): Position | undefined {
    const value = String(scalar.value);
    const raw = this.document.text.slice(scalar.start, scalar.end);
    const offset =
      scalar.style === 'literal'
        ? offsetInBlock(raw, value, index)
        : offsetInLine(raw, value, index, scalar.style === 'plain' ? 0 : 1);
    return offset === undefined ? undefined : this.document.positionAt(scalar.start + offset);
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
