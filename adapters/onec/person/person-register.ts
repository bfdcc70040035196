import type { Text } from '../../../src/adapter.ts';
import type { DeliveryRun } from '../delivery-run.ts';
import { isBlank } from '../adoption.ts';
import { type Entity, textAt } from '../difference.ts';
import { own } from '../metadata.ts';
import type { PlannedStep } from '../planned.ts';
import { guid } from '../literal.ts';
import type { StepObject } from '../resolution.ts';
import { differingFields, isNameRegister, partsOf } from './name-register.ts';

/** What a register step about an object that was there before may write. */
export interface RegisterChange {
  /** The record that is there, and is the newest of the object; undefined: none is. */
  readonly newest: Entity | undefined;
  /** The record as it shall be; undefined: nothing is to be written. */
  readonly record: Entity | undefined;
  readonly findings: readonly Text[];
}

/**
 * A register that keeps a history is written only where its newest record says something else, and then with what the
 * step of the object may change (`onAdopt`, `owns`): people and other systems have entered what stands there.
 */
export async function registerChange(
  run: DeliveryRun,
  step: PlannedStep,
  object: StepObject,
  keys: Entity,
  wanted: Entity,
): Promise<RegisterChange> {
  const newest = await newestOf(run, step);
  const names = isNameRegister(step.set);
  const base = newest ?? (names ? partsOf(await entityOf(run, object), step.set.fields) : {});
  const differing = differingFields(step.set.fields, wanted, base);
  if (newest === undefined && object.own) return { newest, record: { ...base, ...wanted }, findings: [] };
  if (differing.length === 0) return { newest, record: undefined, findings: [] };
  const isLater = newest !== undefined && textAt(newest, 'Period') > textAt(keys, 'Period');
  const may = (name: string): boolean =>
    object.own ||
    object.step.onAdopt === 'overwrite' ||
    object.step.owns.has(name) ||
    (isBlank(own(base, name)) && object.step.onAdopt === 'fill' && !names);
  const changed = isLater ? [] : differing.filter(may);
  const left = differing.filter((name) => !changed.includes(name));
  const record =
    changed.length === 0
      ? undefined
      : {
          ...Object.fromEntries(Object.keys(wanted).map((name) => [name, own(base, name) ?? own(wanted, name)])),
          ...Object.fromEntries(Object.entries(base).filter(([name]) => isField(step, name))),
          ...Object.fromEntries(changed.map((name) => [name, own(wanted, name)])),
        };
  return { newest, record, findings: left.length === 0 ? [] : [leftAsIs(step, left)] };
}

/** The newest record about the object, whatever its day. */
async function newestOf(run: DeliveryRun, step: PlannedStep): Promise<Entity | undefined> {
  const others = step.keys.filter(({ form }) => form.wire !== 'Period');
  const conditions = await run.resolution.conditions(others);
  const options = { top: 1, orderby: 'Period desc' };
  const [newest] = await run.entities.search(step.set, conditions.join(' and '), run.line, options);
  return newest;
}

async function entityOf(run: DeliveryRun, object: StepObject): Promise<Entity> {
  return object.entity ?? (await run.entities.read(object.step.set, guid(object.key), run.line)) ?? {};
}

function isField(step: PlannedStep, name: string): boolean {
  return own(step.set.fields, name) !== undefined && !step.set.keys.includes(name);
}

function leftAsIs({ set }: PlannedStep, names: readonly string[]): Text {
  const list = names.join(', ');
  return {
    ru: `${set.name}: в 1С другое и оставлено как есть: ${list} (изменить можно через onAdopt и owns шага, к которому относится запись)`,
    en:
      `${set.name}: 1C holds something else, which was left: ${list} (onAdopt and owns of the step it belongs ` +
      'to may allow the change)',
  };
}
