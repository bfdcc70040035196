/** A clause that stands alone begins as a sentence. */
export function headline(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
