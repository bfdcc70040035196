interface Row {
  readonly id: number | string;
}

/** The rows that stand on the screen, of which list, and how many of its pages they are. */
export interface Standing<R> {
  readonly of: string;
  readonly pages: number;
  readonly rows: readonly R[];
}

/** Another list, or one that was empty, is taken as it is; a page that was asked for is put below. */
export function standingAfter<R extends Row>(standing: Standing<R>, fresh: Standing<R>): Standing<R> {
  if (standing.of !== fresh.of) return fresh;
  if (standing.rows.length === 0) return fresh.rows.length === 0 ? standing : fresh;
  if (fresh.pages <= standing.pages) return standing;
  const there = new Set(standing.rows.map(({ id }) => id));
  const last = standing.rows.at(-1);
  const below = fresh.rows.filter(({ id }) => !there.has(id) && (last === undefined || id < last.id));
  return { ...standing, pages: fresh.pages, rows: [...standing.rows, ...below] };
}
