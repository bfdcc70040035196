import type { Json } from '../../huntflow/json.ts';
import { FormulaFailure } from './formula-failure.ts';

/** The largest body kept is 10 MB, so no text that comes from data is longer. */
export const textLimit = 12_000_000;

const depthLimit = 600;

/**
 * A formula's result as JSON and nothing else: jsonata marks its lists with extra properties and hands out functions,
 * and a division by zero gives Infinity. Nothing (undefined) stays undefined. Throws FormulaFailure.
 */
export function plain(value: unknown): Json | undefined {
  let room = textLimit;
  return copy(value, 0);

  function copy(item: unknown, depth: number): Json | undefined {
    if (item === undefined || item === null || typeof item === 'boolean') return item;
    room -= typeof item === 'string' ? item.length : 1;
    if (room < 0 || depth > depthLimit)
      throw new FormulaFailure('результат формулы слишком велик', 'the result of the formula is too large');
    if (typeof item === 'string') return item;
    if (typeof item === 'number') {
      if (!Number.isFinite(item))
        throw new FormulaFailure(
          'результат формулы не число: деление на ноль или переполнение',
          'the result of the formula is no number: a division by zero or an overflow',
        );
      return item;
    }
    if (Array.isArray(item)) return item.map((each: unknown) => copy(each, depth + 1) ?? null);
    if (typeof item === 'object' && !isFormulaFunction(item)) return copyObject(item, depth);
    throw new FormulaFailure(
      'результат формулы — функция: не хватает скобок с аргументами',
      'the result of the formula is a function: its parentheses are missing',
    );
  }

  function copyObject(item: object, depth: number): Json {
    const entries: [string, Json][] = [];
    for (const [key, each] of Object.entries(item)) {
      room -= key.length;
      const copied = copy(each, depth + 1);
      if (copied !== undefined) entries.push([key, copied]);
    }
    return Object.fromEntries(entries);
  }
}

/** A built-in function or a lambda, as jsonata hands them about. */
export function isFormulaFunction(value: object): boolean {
  return Object.hasOwn(value, '_jsonata_function') || Object.hasOwn(value, '_jsonata_lambda');
}
