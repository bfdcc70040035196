import { withoutStale } from './contact-row.ts';
import { isEmpty, isEntity, type Row, sameValue, textAt } from './difference.ts';
import type { Fields } from './field-shape.ts';
import { own } from './metadata.ts';

/** A section as a mapping wants it. */
export interface WantedSection {
  readonly columns: Fields;
  readonly by: readonly string[] | undefined;
  readonly rows: readonly Row[];
}

/** What may be done to rows that are there. */
export interface RowRules {
  /** Whether the cells of this row may be changed; of a section without `by`, the whole of it. */
  owns(name: string, value: unknown): boolean;
  readonly fills: boolean;
  /** Something differs and stays. */
  leave(): void;
}

const free: RowRules = { owns: () => true, fills: true, leave: () => undefined };

/**
 * The whole section to send, or undefined when 1C has it already. PATCH replaces a section, so rows that people made go
 * along, every one with its LineNumber (facts/1c.md 1.7).
 */
export function mergedSection(
  { columns, by, rows }: WantedSection,
  stored: unknown,
  rules: RowRules = free,
): readonly Row[] | undefined {
  const current = Array.isArray(stored) ? stored.filter(isEntity).map((row) => ownCells(columns, row)) : [];
  if (by === undefined) {
    const same = current.length === rows.length && rows.every((row, at) => covers(columns, row, current[at] ?? {}));
    if (same) return undefined;
    if (current.length === 0 ? rules.fills : rules.owns('', current)) return numbered(rows);
    rules.leave();
    return undefined;
  }
  const merged = [...current];
  const taken = new Set<number>();
  let changed = false;
  for (const row of rows) {
    const at = merged.findIndex(
      (one, index) => !taken.has(index) && by.every((column) => sameCell(columns, column, row, one)),
    );
    taken.add(at < 0 ? merged.length : at);
    const before = merged[at];
    if (before !== undefined && covers(columns, row, before)) continue;
    const cells = before === undefined ? row : allowed(columns, by, row, before, rules);
    if (Object.keys(cells).length === 0 || (before === undefined && !rules.fills)) continue;
    changed = true;
    merged[at < 0 ? merged.length : at] = { ...withoutStale(before ?? {}, cells), ...cells };
  }
  return changed ? numbered(merged) : undefined;
}

/** The cells that may be written over a row: all of one that is ours, else what is empty there. */
function allowed(columns: Fields, by: readonly string[], row: Row, before: Row, rules: RowRules): Row {
  if (rules.owns(rowName(by, row), before)) return row;
  const differing = Object.entries(row).filter(([column]) => !sameCell(columns, column, row, before));
  const empty = differing.filter(([column]) => isEmpty(own(before, column)));
  if (empty.length < differing.length) rules.leave();
  return rules.fills ? Object.fromEntries(empty) : {};
}

/** By what a row is told from others of its section. */
function rowName(by: readonly string[], row: Row): string {
  return by.map((column) => `${column}=${textAt(row, column).toLowerCase()}`).join('&');
}

/** The rows of a section that a write was about, by name, as 1C holds them now; the whole section without `by`. */
export function writtenRows({ columns, by, rows }: WantedSection, stored: unknown): Readonly<Record<string, unknown>> {
  const current = Array.isArray(stored) ? stored.filter(isEntity).map((row) => ownCells(columns, row)) : [];
  if (by === undefined) return { '': current };
  const found = rows.flatMap((row) => {
    const match = current.find((one) => by.every((column) => sameCell(columns, column, row, one)));
    return match === undefined ? [] : [[rowName(by, row), match] as const];
  });
  return Object.fromEntries(found);
}

export function numbered(rows: readonly Row[]): readonly Row[] {
  return rows.map((row, index) => ({ ...row, LineNumber: String(index + 1) }));
}

function covers(columns: Fields, wanted: Row, stored: Row): boolean {
  return Object.keys(wanted).every((column) => sameCell(columns, column, wanted, stored));
}

function sameCell(columns: Fields, column: string, a: Row, b: Row): boolean {
  return sameValue(own(columns, column)?.type ?? '', own(a, column), own(b, column));
}

/** What may be sent back: published columns, without the owner's key and what is empty anyway. */
function ownCells(columns: Fields, row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).filter(
      ([column, value]) =>
        column !== 'Ref_Key' && column !== 'LineNumber' && own(columns, column) !== undefined && !isEmpty(value),
    ),
  );
}
