import { distance as editDistance } from 'fastest-levenshtein';

/** Letters of both alphabets that look alike, each as its Latin twin. */
const twins: Readonly<Record<string, string>> = Object.fromEntries(
  'аa вb еe кk мm нh оo рp сc тt уy хx іi ѕs јj'.split(' ').map((pair) => [pair.slice(0, 1), pair.slice(1)]),
);

function inLatin(word: string): string {
  return Array.from(word.toLowerCase(), (letter) => twins[letter] ?? letter).join('');
}

/** The known word that looks the same and has letters of another alphabet. */
export function lookalike(word: string, known: readonly string[]): string | undefined {
  if (word.length > 100) return undefined;
  const latin = inLatin(word);
  const twin = known.find((each) => each.length === word.length && each !== word && inLatin(each) === latin);
  return twin !== undefined && /[а-яёіѕј]/i.test(word) !== /[а-яёіѕј]/i.test(twin) ? twin : undefined;
}

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
