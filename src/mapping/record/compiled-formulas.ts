import type { Expression } from 'jsonata';
import type { Json } from '../../huntflow/json.ts';
import type { HuntflowView } from '../../huntflow/view.ts';
import type { Path } from '../../files/validation.ts';
import { compile } from '../formulas/formula.ts';
import { errorText } from '../formulas/formula-error.ts';
import { FormulaFailure } from '../formulas/formula-failure.ts';
import { registerFunctions } from '../formulas/functions/functions.ts';
import { MappingFailure } from './mapping-failure.ts';
import { plain } from '../formulas/plain.ts';
import { pathSteps, readPath } from '../formulas/plain-path.ts';
import { limitTexts } from '../formulas/text-limit.ts';

/** The formulas of one mapping, each compiled when it is first used. */
export class CompiledFormulas {
  readonly #candidateLink: string | undefined;
  readonly #compiled = new Map<string, Formula>();

  /** The template of `$candidateLink()`. */
  constructor(candidateLink: string | undefined) {
    this.#candidateLink = candidateLink;
  }

  /** Plain JSON; null when the formula yields nothing. Throws MappingFailure. */
  async evaluate(source: string, view: HuntflowView, path: Path): Promise<Json> {
    try {
      const formula = this.#formula(source);
      const value = formula.steps && readPath(view, formula.steps);
      if (value !== undefined) return value;
      formula.expression ??= this.#expression(source);
      const result: unknown = await formula.expression.evaluate(view);
      return plain(result) ?? null;
    } catch (error) {
      throw new MappingFailure(path, error instanceof FormulaFailure ? error.text : errorText(error, source));
    }
  }

  #formula(source: string): Formula {
    const known = this.#compiled.get(source);
    if (known !== undefined) return known;
    const formula = { steps: pathSteps(source), expression: undefined };
    this.#compiled.set(source, formula);
    return formula;
  }

  #expression(source: string): Expression {
    const expression = compile(source);
    limitTexts(expression);
    registerFunctions(expression, this.#candidateLink);
    return expression;
  }
}

interface Formula {
  /** Nine formulas of ten are a plain path, and need no interpreter. */
  readonly steps: readonly string[] | undefined;
  expression: Expression | undefined;
}
