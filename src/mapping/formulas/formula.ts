import jsonata from 'jsonata';
import type { Text } from '../../text.ts';
import { errorText, readError } from './formula-error.ts';

/** Items of a list and levels of calls: more than any webhook holds, less than a thread's memory does. */
const limits = { sequence: 100_000, stack: 1_000 } as const;

/** Characters; a hundred times a long one. */
const lengthLimit = 20_000;
const tooLong: Text = {
  ru: `формула длиннее ${lengthLimit} знаков: разделите её на несколько полей`,
  en: `the formula is longer than ${lengthLimit} characters: split it over several fields`,
};

/** Throws what jsonata throws on a syntax error. */
export function compile(source: string): jsonata.Expression {
  return jsonata(source, limits);
}

export interface FormulaFault {
  readonly text: Text;
  /** Characters from the start of the formula to what is wrong. */
  readonly offset: number;
}

/** What is wrong with the syntax of a formula, or undefined. */
export function syntaxFault(source: string): FormulaFault | undefined {
  if (source.trim() === '')
    return { text: { ru: 'после «=» нет формулы', en: 'there is no formula after =' }, offset: 0 };
  if (source.length > lengthLimit) return { text: tooLong, offset: 0 };
  try {
    compile(source);
    return undefined;
  } catch (error) {
    const { position, token } = readError(error);
    const atEnd = token === '(end)' || position >= source.length + token.length;
    const offset = atEnd ? source.length : Math.max(0, position - token.length);
    const text = errorText(error, source);
    return { text: { ru: `формула: ${text.ru}`, en: `formula: ${text.en}` }, offset };
  }
}
