import { isPlainObject } from '../../process/plain-object.ts';
import type { ConversionName } from '../conversions/conversion.ts';

/** A value of a mapping file, read once: plain data, so that it can be handed to the worker thread. */
export type Template = ScalarTemplate | ConversionTemplate | MapTemplate | ListTemplate;

export type ScalarTemplate = ConstantTemplate | FormulaTemplate;

export interface ConstantTemplate {
  readonly kind: 'constant';
  readonly value: string | number | boolean | null;
}

interface FormulaTemplate {
  readonly kind: 'formula';
  /** JSONata, without the leading `=`. */
  readonly source: string;
}

export interface ConversionTemplate {
  readonly kind: 'conversion';
  readonly from: ScalarTemplate;
  readonly as: ConversionName | undefined;
  /** How a date is written, see date-format.ts. */
  readonly format: string | undefined;
  /** Characters (UTF-16 units, as 1C and SQL Server count them). */
  readonly max: number | undefined;
  readonly default: ScalarTemplate | undefined;
  readonly required: boolean;
  /** The name of a dictionary. */
  readonly lookup: string | undefined;
  /** What happens to a key the dictionary lacks; `empty` also stands for a value that cannot be converted. */
  readonly otherwise: 'reject' | 'empty' | 'keep' | ScalarTemplate;
}

export interface MapTemplate {
  readonly kind: 'map';
  readonly entries: readonly (readonly [key: string, value: Template])[];
}

interface ListTemplate {
  readonly kind: 'list';
  readonly items: readonly Template[];
}

export function constant(value: ConstantTemplate['value']): ConstantTemplate {
  return { kind: 'constant', value };
}

/**
 * Like a spreadsheet: `=` begins a formula, a leading apostrophe keeps a literal `=` (and `''` a literal apostrophe
 * before it).
 */
export function scalarTemplate(value: ConstantTemplate['value']): ScalarTemplate {
  if (typeof value !== 'string') return constant(value);
  if (value.startsWith('=')) return { kind: 'formula', source: value.slice(1) };
  return constant(/^'+=/.test(value) ? value.slice(1) : value);
}

export function isScalar(value: unknown): value is ConstantTemplate['value'] {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

export const isMap: (value: unknown) => value is Readonly<Record<string, unknown>> = isPlainObject;

/** An object with the key `from` is a conversion, wherever it stands in a record. */
export function isConversion(value: unknown): value is Readonly<Record<string, unknown>> {
  return isMap(value) && Object.hasOwn(value, 'from');
}
