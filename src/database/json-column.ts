import { isText, type Text, verbatim } from '../text.ts';

/** Columns that hold JSON are text on every database: they are written and read whole, never searched. */
export function readTextColumn(column: string | null): Text | null {
  if (column === null) return null;
  const value: unknown = JSON.parse(column);
  return isText(value) ? value : verbatim(column);
}

export function readTextsColumn(column: string): Text[] {
  const value: unknown = JSON.parse(column);
  return Array.isArray(value) ? value.map((item: unknown) => (isText(item) ? item : verbatim(String(item)))) : [];
}

export function readStringsColumn(column: string): Record<string, string> {
  const value: unknown = JSON.parse(column);
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, String(item)]));
}
