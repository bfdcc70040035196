import { object, string } from 'yup';
import { instantOf } from '../mapping/conversions/wall-time.ts';
import { readTime } from '../mapping/conversions/written-time.ts';
import { deadReasons, deliveryStates } from '../outbox/delivery.ts';
import type { DeliveryFilter } from '../outbox/filter.ts';
import { rowId } from './row-id.ts';
import './shape.ts';
import { reasonIn } from '../words/reasons.ts';

/** `blocked`: pending, and the head of its lane cannot be sent. */
export const filterStates = [...deliveryStates, 'blocked'] as const;

const word = () => string().max(1000);

/** A time of a filter: `2026-12-01`, `2026-12-01 09:30` (in the zone), or ISO with an offset. */
export const moment = () =>
  string()
    .max(40)
    .test({
      name: 'moment',
      message: {
        ru: 'это не время: нужно 2026-12-01, "2026-12-01 09:30" или 2026-12-01T09:30:00+03:00',
        en: 'this is no time: 2026-12-01, "2026-12-01 09:30" or 2026-12-01T09:30:00+03:00 is needed',
      },
      test: (text) => text === undefined || written(text) !== undefined,
    });

/** Words by which deliveries are chosen: in an address, in a body of the API, and as options of commands. */
export const filterFields = {
  state: string().oneOf(filterStates),
  target: word(),
  mapping: word(),
  event: rowId(),
  key: word(),
  /** `gave-up` is easier to type, and what Russian screens show is easy to copy. */
  reason: string()
    .transform((text: unknown) =>
      typeof text === 'string' ? (reasonIn(text) ?? text.trim().replaceAll('-', ' ')) : text,
    )
    .oneOf(deadReasons),
  cause: word(),
  applicant: word(),
  vacancy: word(),
  from: moment(),
  to: moment(),
};

export const filterSchema = object(filterFields).noUnknown();

interface FilterWords extends Omit<DeliveryFilter, 'from' | 'to'> {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

type Given = { readonly [Key in keyof FilterWords]?: FilterWords[Key] | undefined };

/** What checked words come to. */
export function deliveryFilter({ from, to, ...words }: Given, zone: string): DeliveryFilter {
  return {
    ...given(words),
    ...(from !== undefined && { from: instantIn(zone, from) }),
    ...(to !== undefined && { to: instantIn(zone, to) }),
  };
}

/** Milliseconds since 1970 of a checked time. */
export function instantIn(zone: string, text: string): number {
  const time = written(text);
  return time === undefined ? Number.NaN : instantOf(time, zone);
}

function written(text: string) {
  return readTime(text.trim().replace(/^(\d{4}-\d\d-\d\d) (?=\d)/, '$1T'));
}

/** Without what was left open. */
function given<T extends object>(words: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  const kept: { [Key in keyof T]?: Exclude<T[Key], undefined> } = {};
  for (const key in words) {
    const value = words[key];
    if (isGiven(value)) kept[key] = value;
  }
  return kept;
}

function isGiven<T>(value: T): value is Exclude<T, undefined> {
  return value !== undefined;
}
