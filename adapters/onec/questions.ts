import type { DeliveryRun } from './delivery-run.ts';
import { flagAt, textAt } from './difference.ts';
import { look } from './look.ts';
import { isRegister } from './plan.ts';
import { differing, postedMeanwhile, standingOf } from './update-object.ts';

/**
 * Looks for the objects of all steps before anything is written, so that whatever needs a person stops the hire while
 * 1C is as it was. A step that refers to an object which is not there yet has nothing to ask about.
 * @throws RejectedError, which asks.
 */
export async function askAll(run: DeliveryRun): Promise<void> {
  for (const step of run.steps) {
    if (isRegister(step.set)) continue;
    const { set } = step;
    const end = run.progress.endOf(step.index);
    if (end !== undefined) {
      if (end.key !== '') run.resolution.name({ set: set.name, key: end.key, fresh: false, own: end.own, step });
      continue;
    }
    if (run.progress.writingOf(step.index) !== undefined || !run.resolution.isKnown(step.fields)) continue;
    const { hit, identity } = await look(run, step);
    if (hit === undefined) continue;
    const standing = standingOf(step, identity, hit);
    const key = textAt(hit.entity, 'Ref_Key').toLowerCase();
    run.resolution.name({ set: set.name, key, fresh: false, own: standing.own, step, entity: hit.entity });
    if (!flagAt(hit.entity, 'Posted') || step.verb === 'withdraw' || step.verb === 'create') continue;
    const { patch } = await differing(run, step, identity, standing, hit.entity);
    if (Object.keys(patch).length > 0) throw postedMeanwhile(step, key, Object.keys(patch));
  }
}
