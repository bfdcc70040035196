import { setImmediate as turn } from 'node:timers/promises';
import { typographicFormula, typographicIn } from '../../files/typographic.ts';
import { type FormulaFault, syntaxFault } from '../formulas/formula.ts';
import { type NameFault, unknownNames } from '../names/formula-names.ts';
import type { Shape } from '../names/shape.ts';
import { isScalar, scalarTemplate } from '../record/template.ts';

export interface FormulaFaults {
  readonly syntax: FormulaFault | undefined;
  readonly names: readonly NameFault[];
}

/** Milliseconds that formulas are looked at before whoever waits has a turn. */
const slice = 10;

/** What is wrong with formulas of a file, by their text. */
export class CheckedFormulas {
  readonly #shape: Shape | undefined;
  readonly #faults = new Map<string, FormulaFaults>();

  /** `shape` is what the events of the mapping have, if that is known. */
  constructor(shape: Shape | undefined) {
    this.#shape = shape;
  }

  /** Looks at all formulas in these values: 3,000 take a second (measured), and webhooks are answered meanwhile. */
  async prepare(values: readonly unknown[]): Promise<void> {
    const open = [...values];
    for (let began = performance.now(), next = open.pop(); open.length > 0 || next !== undefined; next = open.pop()) {
      if (isScalar(next)) {
        const template = scalarTemplate(next);
        if (template.kind === 'formula') this.of(template.source);
      } else if (typeof next === 'object' && next !== null) for (const part of Object.values(next)) open.push(part);
      if (performance.now() - began < slice) continue;
      await turn();
      began = performance.now();
    }
  }

  of(source: string): FormulaFaults {
    let faults = this.#faults.get(source);
    if (faults === undefined) {
      const odd = typographicIn(source);
      const syntax = odd === undefined ? syntaxFault(source) : { text: typographicFormula, offset: odd };
      faults = { syntax, names: syntax === undefined ? unknownNames(source, this.#shape) : [] };
      this.#faults.set(source, faults);
    }
    return faults;
  }
}
