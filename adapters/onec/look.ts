import { isCard } from './card/card-step.ts';
import { lookUpCard } from './card/look-up-card.ts';
import type { DeliveryRun } from './delivery-run.ts';
import type { Looked } from './looked.ts';
import { plainLook } from './plain-look.ts';
import type { PlannedStep } from './planned.ts';

/** The look for the object of a step, taken once for each attempt. @throws RejectedError, which asks. */
export async function look(run: DeliveryRun, step: PlannedStep): Promise<Looked> {
  const before = run.looked.get(step.index);
  if (before !== undefined) return before;
  if (!isCard(step)) return plainLook(run, step);
  const found = await lookUpCard(run, step);
  run.looked.set(step.index, found);
  return found;
}
