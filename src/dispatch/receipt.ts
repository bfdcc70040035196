import type { Text } from '../adapter.ts';
import { recordedText } from '../report/recorded-body.ts';
import { isText, verbatim } from '../text.ts';
import { property } from '../process/property.ts';

/** What an adapter returned, read with care: adapters are other people's code, and it may be nothing at all. */
export interface ReadReceipt {
  readonly summary: Text | null;
  readonly warnings: readonly Text[];
  readonly attention: readonly Text[];
}

/** Findings and warnings kept of a receipt; characters of each. */
const mostFindings = 100;
const longestFinding = 2000;

const longestWarning = 8192;
const longestSummary = 500;

/** Never throws: the target has the record, whatever its adapter says of it. */
export function readReceipt(value: unknown): ReadReceipt {
  const summary = property(value, 'summary');
  return {
    summary: typeof summary === 'string' ? verbatim(recordedText(summary, longestSummary)) : null,
    warnings: textsOf(property(value, 'warnings'), longestWarning),
    attention: textsOf(property(value, 'attention'), longestFinding),
  };
}

function textsOf(value: unknown, most: number): readonly Text[] {
  const texts: Text[] = [];
  try {
    if (!Array.isArray(value)) return texts;
    for (const item of value.slice(0, mostFindings)) {
      if (isText(item)) texts.push({ ru: recordedText(item.ru, most), en: recordedText(item.en, most) });
      else if (typeof item === 'string') texts.push(verbatim(recordedText(item, most)));
    }
  } catch {
    // a getter of somebody's own
  }
  return texts;
}
