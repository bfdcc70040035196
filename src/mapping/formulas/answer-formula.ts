import jsonata from 'jsonata';
import { limitTexts } from './text-limit.ts';

/** Items of a list, levels of calls and milliseconds, far more than asking an answer for its outcome takes. */
const limits = { sequence: 10_000, stack: 200, timeout: 500 } as const;
const known = new Map<string, jsonata.Expression>();

/** What an answer looks like to a formula of `success.when`. */
export interface AnswerView {
  /** Parsed when it is JSON, else its text. */
  readonly answer: unknown;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Whether a formula holds for an answer; undefined: it says neither true nor false, or fails. It runs in place, so the
 * answer has to be small.
 */
export async function holdsFor(source: string, view: AnswerView): Promise<boolean | undefined> {
  try {
    const result: unknown = await formulaOf(source).evaluate(view);
    return typeof result === 'boolean' ? result : undefined;
  } catch {
    return undefined;
  }
}

/** Their sources stand in connector.yaml, so there are few. */
function formulaOf(source: string): jsonata.Expression {
  const compiled = known.get(source);
  if (compiled !== undefined) return compiled;
  const formula = jsonata(source, limits);
  limitTexts(formula);
  known.set(source, formula);
  return formula;
}
