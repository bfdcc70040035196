import type { DeliveryRun } from './delivery-run.ts';
import { identify, type Identity } from './identity.ts';
import type { Looked } from './looked.ts';
import { lookUp } from './lookup.ts';
import type { PlannedStep } from './planned.ts';

/** The look for an object that is nobody's card, taken once for each attempt. */
export async function plainLook(run: DeliveryRun, step: PlannedStep): Promise<Looked> {
  const before = run.looked.get(step.index);
  if (before !== undefined) return before;
  const identity = await identityOf(run, step);
  const found = { identity, hit: await lookUp(run, step, identity) };
  run.looked.set(step.index, found);
  return found;
}

export function identityOf(run: DeliveryRun, step: PlannedStep): Promise<Identity> {
  if (step.of === undefined) throw new Error('a planned object without `of`');
  return identify(run.delivery, step.set.name, step.of, step.also, run.marker);
}
