import { distance as editDistance } from 'fastest-levenshtein';
import type { Text } from '../text.ts';
import { inLatin, visible } from './alphabets.ts';

/** The known word that looks the same and is made of other characters: of another alphabet, or with some unseen. */
export function lookalike(word: string, known: readonly string[]): string | undefined {
  if (word.length > 100) return undefined;
  const seen = visible(word);
  if (seen !== word && known.includes(seen)) return seen;
  const latin = inLatin(seen);
  const twin = known.find((each) => each.length === seen.length && inLatin(each) === latin);
  return twin !== undefined && twin.toLowerCase() !== seen.toLowerCase() ? twin : undefined;
}

/** Why a word is not its lookalike, and what to do. */
export function unlike(word: string, twin: string): Text {
  return visible(word) === twin
    ? {
        ru: `с неразрывным пробелом или невидимым знаком: напишите «${twin}» заново`,
        en: `has a no-break space or an invisible character: write "${twin}" anew`,
      }
    : {
        ru: `с буквами другого алфавита, которые выглядят так же: напишите «${twin}» заново`,
        en: `has letters of another alphabet that look the same: write "${twin}" anew`,
      };
}

/** The end of a sentence about an unknown word: what was probably meant, or the other words. */
export function guessed(word: string, known: readonly string[], otherwise: Text = { ru: '', en: '' }): Text {
  const twin = lookalike(word, known);
  if (twin !== undefined) {
    const { ru, en } = unlike(word, twin);
    return { ru: ` (это слово набрано ${ru})`, en: ` (this word ${en})` };
  }
  const guess = nearest(word, known);
  return guess === undefined ? otherwise : { ru: `, возможно, «${guess}»`, en: `, did you mean "${guess}"?` };
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
