import { UnavailableError } from '../../src/adapter.ts';
import type { DeliveryRun } from './delivery-run.ts';
import { type Entity, sameValue, silentChanges } from './difference.ts';
import { own, type SetShape } from './metadata.ts';
import { registerChange } from './person/person-register.ts';
import type { PlannedStep } from './planned.ts';
import { predicateOf } from './predicate.ts';
import { filesOf } from './step-files.ts';
import type { StepResult } from './step-result.ts';

/**
 * A record of an independent information register: its key is its own, so it cannot be there twice (facts/1c.md 1.7).
 */
export async function registerStep(run: DeliveryRun, step: PlannedStep): Promise<StepResult> {
  const keys = await run.resolution.entity(step.keys);
  const wanted = await run.resolution.entity(step.fields);
  const object = run.resolution.referred(step.keys);
  const isHistory = own(keys, 'Period') !== undefined && step.keys.length > 1;
  if (object !== undefined && !object.fresh && step.verb !== 'create' && isHistory) {
    const { newest, record, findings } = await registerChange(run, step, object, keys, wanted);
    if (record === undefined) return { ...ended(step.set, 'already there', {}, {}), warnings: findings };
    const isSame = newest !== undefined && sameValue('Edm.DateTime', own(keys, 'Period'), own(newest, 'Period'));
    const result = isSame
      ? await change(run, step, predicateOf(step.set, keys), record, newest)
      : await insert(run, step, keys, record, undefined);
    return { ...result, warnings: [...findings, ...result.warnings] };
  }
  // A record about an object that is new in this attempt is not there yet: the look is saved.
  const isNew = object?.fresh === true;
  return insert(run, step, keys, wanted, isNew ? undefined : await read(run, step, keys));
}

function read(run: DeliveryRun, step: PlannedStep, keys: Entity): Promise<Entity | undefined> {
  return run.entities.read(step.set, predicateOf(step.set, keys), run.line);
}

async function insert(
  run: DeliveryRun,
  step: PlannedStep,
  keys: Entity,
  fields: Entity,
  there: Entity | undefined,
): Promise<StepResult> {
  let current = there;
  if (current === undefined) {
    const body = { ...fields, ...keys };
    const written = await run.entities.insert(step.set, body, run.line, await filesOf(run, step));
    if (written.kind === 'written') return ended(step.set, 'created', body, written.entity);
    // A record that is there already answers 400 without a code of its own.
    if (written.kind === 'refused' && written.status !== 400) throw written.error;
    current = await read(run, step, keys);
    if (current === undefined) throw written.kind === 'refused' ? written.error : unsure(step.set);
  }
  return step.verb === 'create'
    ? ended(step.set, 'already there', {}, {})
    : change(run, step, predicateOf(step.set, keys), fields, current);
}

async function change(
  run: DeliveryRun,
  step: PlannedStep,
  predicate: string,
  fields: Entity,
  current: Entity,
): Promise<StepResult> {
  const patch = Object.fromEntries(
    Object.entries(fields).filter(
      ([name, value]) => !sameValue(own(step.set.fields, name)?.type ?? '', value, own(current, name)),
    ),
  );
  if (Object.keys(patch).length === 0) return ended(step.set, 'already there', {}, {});
  const written = await run.entities.change(step.set, predicate, patch, '', run.line);
  if (written.kind === 'refused') throw written.error;
  if (written.kind !== 'written') throw unsure(step.set);
  return ended(step.set, 'updated', patch, written.entity);
}

function ended(set: SetShape, did: StepResult['did'], sent: Entity, stored: Entity): StepResult {
  return { did, key: '', fresh: false, warnings: silentChanges(set.name, set.fields, set.sections, sent, stored) };
}

function unsure(set: SetShape): UnavailableError {
  return new UnavailableError({
    ru: `${set.name}: ответ 1С о записи потерян; посмотрим ещё раз и запишем только то, чего не хватает.`,
    en: `${set.name}: the answer of 1C about the record was lost; we look again and write only what is missing.`,
  });
}
