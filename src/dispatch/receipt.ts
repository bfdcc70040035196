import type { Text } from '../adapter.ts';
import { isText, verbatim } from '../text.ts';

/** What an adapter returned, read with care: adapters are other people's code, and it may be nothing at all. */
export interface ReadReceipt {
  readonly summary: Text | null;
  readonly warnings: readonly Text[];
  readonly attention: readonly Text[];
}

/** Findings kept of a receipt; each is cut at 2,000 characters. */
const mostFindings = 100;
const longestFinding = 2000;

export function readReceipt(value: unknown): ReadReceipt {
  if (typeof value !== 'object' || value === null) return { summary: null, warnings: [], attention: [] };
  const summary: unknown = Reflect.get(value, 'summary');
  return {
    summary: typeof summary === 'string' ? verbatim(summary) : null,
    warnings: textsOf(Reflect.get(value, 'warnings')),
    attention: textsOf(Reflect.get(value, 'attention'))
      .slice(0, mostFindings)
      .map(({ ru, en }) => ({ ru: ru.slice(0, longestFinding), en: en.slice(0, longestFinding) })),
  };
}

function textsOf(value: unknown): readonly Text[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) =>
    isText(item) ? [{ ru: item.ru, en: item.en }] : typeof item === 'string' ? [verbatim(item)] : [],
  );
}
