import { KnownValues, plainWord } from './known-values.ts';
import { isNameLike } from './mask-sentence.ts';
import { firstNames } from './plain-words.ts';

/** Characters, and digits in all, of a name of a position or a division. */
const most = { text: 200, digits: 4 } as const;

/**
 * Which of them may be shown as they are. A mapping may look for anything: what has a word of the rest of the record,
 * reads as a person's name or is made of digits stays masked.
 */
export function openNames<Named extends { readonly text: string }>(
  record: unknown,
  catalogued: readonly Named[],
): readonly Named[] {
  if (catalogued.length === 0) return [];
  const texts = new Set(catalogued.map(({ text }) => text));
  const rest = new KnownValues(withoutFinds(record, texts));
  return catalogued.filter(({ text }) => isOpen(text, rest));
}

function isOpen(text: string, rest: KnownValues): boolean {
  if (text.length > most.text || (text.match(/\p{N}/gu)?.length ?? 0) > most.digits) return false;
  const words = text.match(/[\p{L}\p{M}]+/gu) ?? [];
  if (words.some((word) => rest.has(word) || firstNames.has(plainWord(word)))) return false;
  // `Иванова`, `Иванова А`: every word begins as a name does, and one ends as a surname.
  const capital = words.every((word) => /^\p{Lu}/u.test(word));
  return !(capital && words.length <= 3 && words.some((word) => isNameLike(plainWord(word))));
}

/** The record but for what is looked for by these texts; a text that stands elsewhere too is said there. */
function withoutFinds(value: unknown, texts: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutFinds(item, texts));
  if (typeof value !== 'object' || value === null) return value;
  const isFind = 'find' in value && 'by' in value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]: [string, unknown]) => [
      name,
      isFind && name === 'by' && typeof item === 'object' && item !== null
        ? Object.fromEntries(
            Object.entries(item).map(([field, text]: [string, unknown]) => [
              field,
              typeof text === 'string' && texts.has(text) ? null : withoutFinds(text, texts),
            ]),
          )
        : withoutFinds(item, texts),
    ]),
  );
}
