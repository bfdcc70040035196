import { createObject, finishCreated, keptWhen } from './create-object.ts';
import type { DeliveryRun } from './delivery-run.ts';
import type { Identity } from './identity.ts';
import { look } from './look.ts';
import { lostObject } from './lost-object.ts';
import { identityOf } from './plain-look.ts';
import type { PlannedStep } from './planned.ts';
import { postDocument } from './post-document.ts';
import type { StepResult } from './step-result.ts';
import { updateObject } from './update-object.ts';
import { notSettled, wantedOf } from './wanted.ts';
import { withdrawObject } from './withdraw-object.ts';

/** A step over a catalog or a document: look, then create or update, then post or withdraw. */
export async function objectStep(run: DeliveryRun, step: PlannedStep): Promise<StepResult> {
  if (step.verb === 'withdraw') return withdrawObject(run, step, (await look(run, step)).hit);
  const given = await identityOf(run, step);
  const result = await written(run, step, given);
  for (const { name } of [given, ...given.also])
    await run.delivery.references.keep(name, result.key, result.standing, keptWhen(run, step));
  return step.post ? postDocument(run, step, result) : result;
}

async function written(run: DeliveryRun, step: PlannedStep, given: Identity): Promise<StepResult> {
  const writing = run.progress.writingOf(step.index);
  if (writing === undefined && !run.looked.has(step.index) && cannotExist(run, step, given))
    return createObject(run, step, given);
  if (writing === undefined) {
    const { identity, hit } = await look(run, step);
    return hit === undefined ? createObject(run, step, identity) : updateObject(run, step, identity, hit);
  }
  // An earlier try has sent this object and never learned what became of it.
  const key = writing.key === '' ? given.key : writing.key;
  const identity = { ...given, key, keys: [...new Set([...given.keys, key])] };
  const body = await wantedOf(run, step, identity);
  const found = await lostObject(run, step, identity, body, writing.before);
  if (found !== undefined) return finishCreated(step, body, found, 'found after a lost answer', false);
  const settled = run.keepsKeys.get(step.set.name) === true || run.now() >= writing.at + run.settle;
  if (!settled) throw notSettled(step.set.name, writing.at + run.settle - run.now());
  return createObject(run, step, identity);
}

/**
 * An object that refers to one created a moment ago cannot be there already, and if it were under our key, a base that
 * keeps keys would refuse it with code 15: the look is saved where it can find nothing.
 */
function cannotExist(run: DeliveryRun, step: PlannedStep, identity: Identity): boolean {
  const fresh = run.resolution.freshObject(step.fields);
  return fresh !== undefined && identity.reference === undefined && run.keepsKeys.get(fresh.set) === true;
}
