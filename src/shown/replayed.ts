import type { InferType } from 'yup';
import { fieldPath } from '../mapping/record/field-path.ts';
import type { Difference } from '../mapping/difference.ts';
import type { Replayed } from '../mapping/replay.ts';
import { mask } from '../report/mask.ts';
import type { Language } from '../text.ts';
import { anything, id, idOrNull, listOf, oneOf, shape, text, textOrNull } from './shape.ts';

export const differenceSchema = shape({ field: text(), before: anything(), after: anything() });

/** What mapping an event again comes to. */
export const replayedSchema = shape({
  event: id(),
  mapping: text(),
  target: text(),
  original: idOrNull(),
  result: oneOf(['same', 'changed', 'new', 'skipped', 'failed']),
  delivery: idOrNull(),
  why: textOrNull(),
  differences: listOf(differenceSchema),
});

export function shownReplayed(each: Replayed, language: Language, reveal = false): InferType<typeof replayedSchema> {
  return {
    event: each.event,
    mapping: each.mapping,
    target: each.target,
    original: each.original,
    result: each.result,
    delivery: each.delivery,
    why: each.why?.[language] ?? null,
    differences: each.differences.map((difference) => shownDifference(difference, each.constants, reveal)),
  };
}

/** One field of a record, masked as `deliveries show` masks the record. */
export function shownDifference(
  { path, expected, actual }: Difference,
  constants: ReadonlySet<string>,
  reveal = false,
): InferType<typeof differenceSchema> {
  const field = path.findLast((part) => typeof part === 'string');
  const shown = (value: unknown) => (reveal ? value : mask(value, field, constants)) ?? null;
  return { field: fieldPath(path), before: shown(expected), after: shown(actual) };
}
