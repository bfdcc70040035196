import { isCard } from './card/card-step.ts';
import type { DeliveryRun } from './delivery-run.ts';
import type { Entity } from './difference.ts';
import type { Identity } from './identity.ts';
import { newcomer } from './lookalike.ts';
import { lookUp, searched } from './lookup.ts';
import { sameKey } from './object-key.ts';
import type { PlannedStep } from './planned.ts';

/** What a request whose answer was lost has made in 1C, as far as it can be seen. */
export async function lostObject(
  run: DeliveryRun,
  step: PlannedStep,
  identity: Identity,
  body: Entity,
  before: readonly string[],
): Promise<Entity | undefined> {
  // Others fit `match` as well: further cards of the person, or whom an answer has said it is not. A new one is told by
  // our key and marker, or by being new.
  if (isCard(step) || identity.wantsNew) {
    const { hits, ours } = await searched(run, { ...step, match: [] }, { ...identity, keys: [identity.key] });
    const mine = hits.find(({ Ref_Key: key }) => sameKey(String(key), identity.key));
    return mine ?? ours ?? newcomer(run, step, body, before);
  }
  const hit = await lookUp(run, step, { ...identity, reference: undefined, rivals: [], wantsNew: false });
  return hit?.entity ?? newcomer(run, step, body, before);
}
