import { createHash } from 'node:crypto';

/**
 * Not a secret: fakes are the same in every installation, so what they are drawn from must be too small to lead back.
 */
const seed = 'huntflow-connector fakes 1';

/** A number below `below` that depends on the text alone, whatever its case or composition. */
export function draw(text: string, below: number, purpose = ''): number {
  const digest = createHash('sha256')
    .update(JSON.stringify([seed, purpose, text.normalize('NFC').toLowerCase()]))
    .digest();
  return digest.readUIntBE(0, 6) % below;
}

/** So many digits. */
export function drawDigits(text: string, count: number, purpose = ''): string {
  let digits = '';
  for (let at = 0; digits.length < count; at += 9)
    digits += String(draw(text, 1_000_000_000, `${purpose} ${at}`)).padStart(9, '0');
  return digits.slice(0, count);
}

/** One of the list, but never the text itself. */
export function drawFrom(list: readonly string[], text: string, purpose = ''): string {
  const own = text.normalize('NFC').toLowerCase();
  const others = list.filter((each) => each.toLowerCase() !== own);
  return others[draw(text, others.length, purpose)] ?? '';
}

/** Written as the pattern is: ИВАНОВ, Иванов, иванов. */
export function inCaseOf(pattern: string, word: string): string {
  const [first = ''] = pattern;
  const lower = pattern.toLowerCase();
  if (pattern === lower) return word.toLowerCase();
  if (Array.from(pattern).length > 1 && pattern === pattern.toUpperCase()) return word.toUpperCase();
  return first === first.toLowerCase() ? word.toLowerCase() : word.slice(0, 1).toUpperCase() + word.slice(1);
}
