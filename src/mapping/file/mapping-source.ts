import type { Fault, Position } from '../../files/fault.ts';
import type { Path, Problem } from '../../files/validation.ts';
import type { YamlDocument, YamlPlace } from '../../files/yaml-document.ts';
import type { YamlScalar } from '../../files/yaml-tree.ts';
import type { Text } from '../../text.ts';
import type { FormulaFault } from '../formulas/formula.ts';

/** A mapping file under inspection: its values, the places they stand in, and the faults found so far. */
export class MappingSource {
  readonly document: YamlDocument;
  readonly #faults: Fault[] = [];
  #errors = false;

  constructor(document: YamlDocument) {
    this.document = document;
  }

  get faults(): readonly Fault[] {
    return this.#faults;
  }

  get hasErrors(): boolean {
    return this.#errors;
  }

  error(path: Path, text: Text, options: { readonly atKey?: boolean } = {}): void {
    this.#add(this.document.fault(path, text, options));
  }

  warning(path: Path, text: Text): void {
    this.#add(this.document.fault(path, text, { level: 'warning' }));
  }

  problems(problems: readonly Problem[], base: Path = []): void {
    for (const fault of this.document.faultsOf(problems, base)) this.#add(fault);
  }

  /** Points at the very character inside of the formula, where the way it is typed lets us count. */
  formulaFault(path: Path, { text, offset }: FormulaFault, level: Fault['level']): void {
    const node = this.typingAt(path)?.node;
    // 1: the equals sign
    const place = node?.kind === 'scalar' ? this.#placeIn(node, offset + 1) : undefined;
    this.#add({ ...this.document.fault(path, text, { level }), ...place });
  }

  typingAt(path: Path): YamlPlace | undefined {
    return this.document.at(path);
  }

  #add(fault: Fault): void {
    if (fault.level === 'error') this.#errors = true;
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
