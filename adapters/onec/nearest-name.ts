/**
 * The known name that was probably meant: the least edits, at most a third of its letters; undefined when none is near.
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Infinity;
  for (const candidate of known) {
    const limit = Math.min(least - 1, Math.ceil(Math.max(candidate.length, name.length) / 3));
    const edits = distance(name.toLowerCase(), candidate.toLowerCase(), limit);
    if (edits > limit) continue;
    best = candidate;
    least = edits;
  }
  return best;
}

/** Levenshtein, given up as soon as it must pass `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return Infinity;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const change = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(change, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    if (Math.min(...current) > limit) return Infinity;
    previous = current;
  }
  return previous[b.length] ?? Infinity;
}
