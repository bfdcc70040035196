import { adapterErrorKind, type AdapterErrorKind, type Holds, type Text } from '../adapter.ts';
import { keptText, withoutValues } from '../report/mask.ts';
import { isText, verbatim } from '../text.ts';

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

/** `record`: as JSON; what an unforeseen error quotes of it may be somebody's name. */
export function readThrown(error: unknown, record: string): Thrown {
  const kind = adapterErrorKind(error);
  const retryAfter = property(error, 'retryAfter');
  return {
    kind,
    text: kind === undefined ? quotingNothing(unforeseen(error), record) : said(error),
    retryAfter: typeof retryAfter === 'number' ? retryAfter : undefined,
    holds: kind === 'unavailable' ? nonEmpty(property(error, 'holds'), 1000) : undefined,
    conflict: property(error, 'conflict') === true,
    code: kind === undefined ? undefined : nonEmpty(property(error, 'code'), 200),
    field: kind === undefined ? undefined : nonEmpty(property(error, 'field'), 200),
  };
}

function property(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}

function nonEmpty(value: unknown, most: number): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, most) : undefined;
}

/** The three errors of the contract are written for people; kept with every failed attempt: no longer than a body. */
function said(error: unknown): Text {
  const text = property(error, 'text');
  const { ru, en } = isText(text) ? text : verbatim(error instanceof Error ? error.message : '');
  return { ru: ru.slice(0, keptText), en: en.slice(0, keptText) };
}

/** Cut, for it may go on and on. */
function unforeseen(error: unknown): Text {
  if (!(error instanceof Error))
    return { ru: 'адаптер бросил не ошибку, а значение', en: 'the adapter threw something that is not an error' };
  return {
    ru: `непредвиденная ошибка адаптера (${error.name}): ${error.message.slice(0, 300)}`,
    en: `the adapter failed unexpectedly (${error.name}): ${error.message.slice(0, 300)}`,
  };
}

function quotingNothing(text: Text, record: string): Text {
  const value: unknown = JSON.parse(record);
  return { ru: withoutValues(text.ru, value), en: withoutValues(text.en, value) };
}
