import { createObject, finishCreated } from './create-object.ts';
import type { DeliveryRun } from './delivery-run.ts';
import { type Identity, identify } from './identity.ts';
import { lookUp } from './lookup.ts';
import { newcomer } from './lookalike.ts';
import type { PlannedStep } from './planned.ts';
import { postDocument } from './post-document.ts';
import type { StepResult } from './step-result.ts';
import { updateObject } from './update-object.ts';
import { notSettled, wantedOf } from './wanted.ts';
import { withdrawObject } from './withdraw-object.ts';

/** A step over a catalog or a document: look, then create or update, then post or withdraw. */
export async function objectStep(run: DeliveryRun, step: PlannedStep): Promise<StepResult> {
  if (step.of === undefined) throw new Error('a planned object without `of`');
  const identity = await identify(run.delivery, step.set.name, step.of, step.also, run.marker);
  if (step.verb === 'withdraw') return withdrawObject(run, step, await lookUp(run, step, identity));
  const result = await written(run, step, identity);
  for (const { name } of [identity, ...identity.also]) await run.delivery.references.keep(name, result.key);
  return step.post ? postDocument(run, step, result) : result;
}

async function written(run: DeliveryRun, step: PlannedStep, identity: Identity): Promise<StepResult> {
  const writing = run.progress.writingOf(step.index);
  if (writing === undefined && cannotExist(run, step, identity)) return createObject(run, step, identity);
  const hit = await lookUp(run, step, identity);
  if (writing === undefined)
    return hit === undefined ? createObject(run, step, identity) : updateObject(run, step, identity, hit);
  // An earlier try has sent this object and never learned what became of it.
  const body = await wantedOf(run, step, identity);
  const found = hit?.entity ?? (await newcomer(run, step, body, writing.before));
  if (found !== undefined) return finishCreated(step, body, found, 'found after a lost answer', false);
  const settled = run.keepsKeys.get(step.set.name) === true || run.now() >= writing.at + run.settle;
  if (!settled) throw notSettled(step.set.name, writing.at + run.settle - run.now());
  return createObject(run, step, identity);
}

/**
 * An object that refers to one created a moment ago cannot be there already, and if it were under our key, a base that
 * keeps
 * keys would refuse it with code 15: the look is saved where it can find nothing.
 */
function cannotExist(run: DeliveryRun, step: PlannedStep, identity: Identity): boolean {
  const fresh = run.resolution.freshObject(step.fields);
  return fresh !== undefined && identity.reference === undefined && run.keepsKeys.get(fresh.set) === true;
}
