interface Row {
  readonly id: number | string;
}

/** A row as the list shows it; `gone`: it fits the filter no more, but was looked at. */
export interface ShownRow<R extends Row> {
  readonly row: R;
  readonly gone: boolean;
}

export interface Merged<R extends Row> {
  readonly rows: readonly ShownRow<R>[];
  /** Rows that came since and wait for the reader to ask for them. */
  readonly newer: number;
}

/**
 * Rows on the screen change in place and never move: what left the list stays, greyed, and what is new waits above it.
 * `shown`: what stands there now; `fresh`: what the service answers now, newest first; `whole`: there is no more of it.
 */
export function merged<R extends Row>(shown: readonly R[], fresh: readonly R[], whole: boolean): Merged<R> {
  const now = new Map(fresh.map((row) => [row.id, row]));
  const there = new Set(shown.map(({ id }) => id));
  const first = fresh.findIndex(({ id }) => there.has(id));
  const newer = (first === -1 ? fresh : fresh.slice(0, first)).length;
  const last = fresh.at(-1);
  // What stands below the last of them was pushed out by new rows, and may fit as before.
  const known = (row: R) => whole || last === undefined || row.id > last.id;
  return {
    rows: shown.map((row) => ({ row: now.get(row.id) ?? row, gone: !now.has(row.id) && known(row) })),
    newer: shown.length === 0 ? 0 : newer,
  };
}
