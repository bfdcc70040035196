import type { InferType } from 'yup';
import type { HuntflowView } from '../huntflow/view.ts';
import { constantsOf } from '../mapping/constants.ts';
import type { Mapping } from '../mapping/file/mapping.ts';
import { fieldPath } from '../mapping/record/field-path.ts';
import type { Explanation } from '../mapping/record/explanation.ts';
import type { MapOutcome } from '../mapping/record/outcome.ts';
import { type Condition, conditions, type Stages } from '../mapping/record/wants.ts';
import type { MappingEngine } from '../mapping/thread/engine.ts';
import { mask } from '../report/mask.ts';
import type { Language } from '../text.ts';
import { anything, flag, listOf, oneOf, shape, text, textOrNull } from './shape.ts';

/** What a mapping makes of one event: which conditions hold, and where each field comes from. */
export const mappedSchema = shape({
  mapping: text(),
  target: text(),
  preset: textOrNull(),
  outcome: oneOf(['record', 'skipped', 'failed']),
  conditions: listOf(
    shape({ name: text(), wanted: listOf(anything()), actual: textOrNull().optional(), holds: flag() }),
  ),
  fields: listOf(
    shape({
      field: text(),
      origin: oneOf(['constant', 'formula', 'conversion']),
      formula: textOrNull(),
      steps: listOf(text()),
      from: anything(),
      value: anything(),
      failure: textOrNull(),
    }),
  ),
  record: anything(),
});

export interface Mapped {
  readonly mapping: Mapping;
  readonly held: readonly Condition[];
  /** Undefined where the conditions do not hold. */
  readonly explanation: Explanation | undefined;
  readonly outcome: MapOutcome;
}

/** Field by field, in the thread that evaluates. */
export async function explainMapping(
  engine: MappingEngine,
  mapping: Mapping,
  view: HuntflowView,
  stages: Stages,
): Promise<Mapped> {
  const held = conditions(mapping, view, stages);
  if (!held.every(({ holds }) => holds))
    return { mapping, held, explanation: undefined, outcome: { outcome: 'skipped' } };
  const explanation = await engine.explain(mapping, view);
  return { mapping, held, explanation, outcome: explanation.outcome };
}

export function shownMapped(
  { mapping, held, explanation, outcome }: Mapped,
  language: Language,
  reveal = false,
): InferType<typeof mappedSchema> {
  const constants = constantsOf(mapping);
  const shown = (value: unknown) => (reveal ? value : mask(value, undefined, constants)) ?? null;
  return {
    mapping: mapping.name,
    target: mapping.to,
    preset: mapping.preset ?? null,
    outcome: outcome.outcome,
    conditions: shownConditions(held),
    fields:
      explanation?.fields.map((field) => ({
        field: fieldPath(field.path),
        origin: field.origin,
        formula: field.formula ?? null,
        steps: [...field.steps],
        from: shown(field.from),
        value: shown(field.value),
        failure: field.failure?.[language] ?? null,
      })) ?? [],
    record: outcome.outcome === 'record' ? shown(outcome.record) : null,
  };
}

export function shownConditions(held: readonly Condition[]): InferType<typeof mappedSchema>['conditions'] {
  return held.map(({ name, wanted, actual, holds }) => ({
    name,
    wanted: [...wanted],
    ...(actual !== undefined && { actual }),
    holds,
  }));
}
