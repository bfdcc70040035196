import { spokenNames } from '../../src/toolkit.ts';

const sentMost = 2_000;

/**
 * What of 1C's sentence may leave its attempt: the names of fields, sets and handlers in it, for messages echo input in
 * 6 of 14 forms (facts/1c.md 1.8). The sentence itself is with the attempt.
 */
export function namesOf(message: string, sent: readonly string[] = []): string {
  return spokenNames(message, sent)
    .map((name) => `«${name}»`)
    .join(', ');
}

/** The texts of a record, which must not come back as a name. */
export function sentTexts(value: unknown, found: string[] = [], depth = 40): readonly string[] {
  if (found.length >= sentMost || depth === 0) return found;
  if (typeof value === 'string' || typeof value === 'number') found.push(String(value));
  else if (typeof value === 'object' && value !== null)
    for (const one of Object.values(value)) sentTexts(one, found, depth - 1);
  return found;
}
