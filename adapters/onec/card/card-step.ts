import { own } from '../metadata.ts';
import type { PlannedStep } from '../planned.ts';

/** A step over employees' cards: a person has one for each employment (facts/1c-zup.md 3). */
export function isCard(step: PlannedStep): boolean {
  return step.set.name === 'Catalog_Сотрудники' && step.verb !== 'withdraw';
}

/** The step of the hire order that is made for this card; undefined when the record makes none. */
export function orderOf(steps: readonly PlannedStep[], card: PlannedStep): PlannedStep | undefined {
  return steps.find(
    ({ verb, set, fields }) =>
      verb === 'draft' &&
      own(set.fields, 'Сотрудник_Key') !== undefined &&
      fields.some(({ form, value }) => form.wire === 'Сотрудник_Key' && value.kind === 'ref' && value.name === card.as),
  );
}

/** The first day of the employment, `YYYY-MM-DD`; empty when the record does not say. */
export function firstDayOf(order: PlannedStep | undefined): string {
  const value = order?.fields.find(({ form }) => form.wire === 'ДатаПриема')?.value;
  return value?.kind === 'scalar' ? String(value.value).slice(0, 10) : '';
}

/** A second employment, as part-time, whichever step of the hire says so. */
export function isSecond(card: PlannedStep, order: PlannedStep | undefined): boolean {
  return card.employment === 'second' || order?.employment === 'second';
}
