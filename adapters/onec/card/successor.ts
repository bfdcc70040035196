import type { DeliveryRun } from '../delivery-run.ts';
import type { Identity } from '../identity.ts';
import { markerOf } from '../marker.ts';
import { objectKey } from '../object-key.ts';

/**
 * Who comes after an object that is passed over: the key that follows from ours and from its key, so that a repeated
 * hire after a lost answer finds the same new one. The Reference leads to the new object from then on.
 */
export function successor(run: DeliveryRun, identity: Identity, passedOver: string): Identity {
  const { scope } = run.delivery;
  const role = `${identity.name.role ?? ''} after ${passedOver.toLowerCase()}`.trim();
  const name = { ...identity.name, role };
  const key = objectKey(scope, name);
  return {
    ...identity,
    key,
    keys: [key],
    markers: [markerOf(run.marker, scope, name)],
    reference: undefined,
    standing: undefined,
    rivals: [],
  };
}
