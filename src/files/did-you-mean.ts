import { distance as editDistance } from 'fastest-levenshtein';

/**
 * The known word that a person probably meant, when one is near enough (a third of its letters, at most three edits
 * unless said).
 */
export function nearest(word: string, known: readonly string[], mostEdits = 3): string | undefined {
  let best: { readonly word: string; readonly distance: number } | undefined;
  for (const candidate of known) {
    // As many edits at least as their lengths differ, and the library takes no bound.
    if (Math.abs(candidate.length - word.length) > mostEdits) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (
      distance <= Math.min(mostEdits, Math.ceil(candidate.length / 3)) &&
      (best === undefined || distance < best.distance)
    )
      best = { word: candidate, distance };
  }
  return best?.word;
}
