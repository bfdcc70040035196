import { adapterErrorKind, type AdapterErrorKind, type Holds, type Text } from '../adapter.ts';
import { errorPlace } from '../process/error-place.ts';
import { KnownValues } from '../report/masking/known-values.ts';
import { maskKnown } from '../report/masking/mask-sentence.ts';
import { keptText, recordedText } from '../report/recorded-body.ts';
import { isText, verbatim } from '../text.ts';
import { property } from '../process/property.ts';

/** What an adapter has thrown; adapters are other people's code, and may bring their own copy of the contract. */
export interface Thrown {
  /** Undefined: nobody foresaw it. */
  readonly kind: AdapterErrorKind | undefined;
  readonly text: Text;
  /** Seconds. */
  readonly retryAfter: number | undefined;
  readonly holds: Holds | undefined;
  readonly conflict: boolean;
  readonly code: string | undefined;
  readonly field: string | undefined;
}

/**
 * `record`: as JSON. What an adapter says of it is kept without its data; of an error that nobody foresaw only class
 * and place are kept, for its words may quote anybody. Never throws.
 */
export function readThrown(error: unknown, record: string, constants?: ReadonlySet<string>): Thrown {
  const kind = kindOf(error);
  const retryAfter = property(error, 'retryAfter');
  return {
    kind,
    text: kind === undefined ? unforeseen(error) : said(error, record, constants),
    retryAfter: typeof retryAfter === 'number' ? retryAfter : undefined,
    holds: kind === 'unavailable' ? nonEmpty(property(error, 'holds'), 1000) : undefined,
    conflict: property(error, 'conflict') === true,
    code: kind === undefined ? undefined : nonEmpty(property(error, 'code'), 200),
    field: kind === undefined ? undefined : nonEmpty(property(error, 'field'), 200),
  };
}

function kindOf(error: unknown): AdapterErrorKind | undefined {
  try {
    return adapterErrorKind(error);
  } catch {
    return undefined; // a proxy or a getter of somebody's own
  }
}

function nonEmpty(value: unknown, most: number): string | undefined {
  return typeof value === 'string' && value !== '' ? recordedText(value, most) : undefined;
}

/** The three errors of the contract are written for people; kept with every failed attempt: no longer than a body. */
function said(error: unknown, record: string, constants: ReadonlySet<string> | undefined): Text {
  try {
    const text = property(error, 'text');
    const words = property(error, 'message');
    const { ru, en } = isText(text) ? text : verbatim(typeof words === 'string' ? words : '');
    const known = new KnownValues(JSON.parse(record), constants);
    return {
      ru: maskKnown(recordedText(ru, keptText - 1), known),
      en: maskKnown(recordedText(en, keptText - 1), known),
    };
  } catch {
    return unforeseen(error);
  }
}

function unforeseen(error: unknown): Text {
  const place = errorPlace(error);
  return {
    ru: `непредвиденная ошибка адаптера: ${place}; исправьте адаптер или сообщите его автору`,
    en: `the adapter failed unexpectedly: ${place}; mend the adapter or tell its author`,
  };
}
