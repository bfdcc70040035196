import { isEmpty, isEntity, type Row, sameValue } from './difference.ts';
import { type Fields, own } from './metadata.ts';

/** A section as a mapping wants it. */
export interface WantedSection {
  readonly columns: Fields;
  readonly by: readonly string[] | undefined;
  readonly rows: readonly Row[];
}

/**
 * The whole section to send, or undefined when 1C has it already. PATCH replaces a section, so rows that people made go
 * along,
 * every one with its LineNumber (facts/1c.md 1.7).
 */
export function mergedSection({ columns, by, rows }: WantedSection, stored: unknown): readonly Row[] | undefined {
  const current = Array.isArray(stored) ? stored.filter(isEntity).map((row) => ownCells(columns, row)) : [];
  if (by === undefined) {
    const same = current.length === rows.length && rows.every((row, at) => covers(columns, row, current[at] ?? {}));
    return same ? undefined : numbered(rows);
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
    changed = true;
    merged[at < 0 ? merged.length : at] = { ...before, ...row };
  }
  return changed ? numbered(merged) : undefined;
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
