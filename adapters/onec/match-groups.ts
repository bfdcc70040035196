import { RejectedError } from '../../src/adapter.ts';
import type { DeliveryRun } from './delivery-run.ts';
import { type Entity, textAt } from './difference.ts';
import { isFilled, sameField } from './person/identity-field.ts';
import { nameIn } from './person/person-name.ts';
import { wideCondition } from './person/person-search.ts';
import type { PlannedField, PlannedStep } from './planned.ts';

/** One group of `match` whose every field has a value. */
export interface Group {
  readonly fields: readonly PlannedField[];
  /** A condition that finds at least what fits. */
  readonly condition: string;
  readonly wanted: Entity;
}

/** The groups of a step that can be searched by; a number of zeros, or a reference to what was not found, cannot. */
export async function groupsOf(run: DeliveryRun, step: PlannedStep): Promise<readonly Group[]> {
  const groups: Group[] = [];
  for (const fields of step.match) {
    const conditions = await run.resolution.conditions(fields);
    if (conditions.length < fields.length) continue;
    const wanted = await run.resolution.entity(fields);
    if (fields.some(({ form }) => saysNothing(form.wire, wanted))) continue;
    groups.push({
      fields,
      wanted,
      condition: step.person ? widened(step, fields, wanted, conditions) : conditions.join(' and '),
    });
  }
  return groups;
}

/** A text or a day that stands for none: whoever has it too is not known by it. */
function saysNothing(wire: string, wanted: Entity): boolean {
  return typeof wanted[wire] === 'string' && !isFilled(wire, wanted);
}

/** A name or a birthday is enough to come back; everything else has to fit already. */
function widened(step: PlannedStep, fields: readonly PlannedField[], wanted: Entity, plain: readonly string[]): string {
  const loose: string[] = [];
  const strict: string[] = [];
  const named = fields.some(({ form }) => form.wire === 'ФИО' || form.wire === 'Description');
  for (const [at, field] of fields.entries()) {
    const wide = wideCondition(step, field, wanted) ?? plain[at] ?? '';
    const isLoose =
      named && (field.form.wire === 'ДатаРождения' || wide.includes('ФИО') || wide.includes('Description'));
    (isLoose ? loose : strict).push(wide);
  }
  return [...strict, ...(loose.length > 0 ? [loose.join(' or ')] : [])].map((one) => `(${one})`).join(' and ');
}

/**
 * Conditions that find namesakes where no group of `match` asks for the name: without a birthday nobody can be taken
 * for another, but somebody has to see that there is one.
 */
export function namesakes(step: PlannedStep, wanted: Entity, groups: readonly Group[]): readonly string[] {
  const isName = ({ form }: PlannedField): boolean => form.wire === 'ФИО' || form.wire === 'Description';
  if (!step.seeks || groups.some(({ fields }) => fields.some(isName))) return [];
  const field = step.fields.find((one) => isName(one) && textAt(wanted, one.form.wire) !== '');
  const condition = field === undefined ? undefined : wideCondition(step, field, wanted);
  return condition === undefined ? [] : [condition];
}

/** Whether an object has what a group asks for, as 1C compares. */
export function fits(step: PlannedStep, wanted: Entity, entity: Entity): boolean {
  return Object.keys(wanted).every((name) =>
    step.person && (name === 'ФИО' || name === 'Description')
      ? nameIn({ ФИО: wanted[name] }).whole === nameIn(entity).whole
      : sameField(step.set.fields, name, wanted, entity),
  );
}

/** Several candidates, and nothing tells which one is meant. */
export function several(step: PlannedStep, count: number): RejectedError {
  return new RejectedError({
    ru: `${step.set.name}: подходят ${count} объекта, и не видно, какой из них нужен; объедините дубли в 1С или уточните match, затем повторите доставку.`,
    en:
      `${step.set.name}: ${count} objects fit and nothing tells which one is meant; merge the duplicates in 1C ` +
      'or make match narrower, then retry the delivery.',
  });
}
