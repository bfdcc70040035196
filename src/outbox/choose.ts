import type { Answer } from '../adapter.ts';
import type { Actor } from '../audit/entry.ts';
import type { Delivery } from './delivery.ts';
import type { Intervention } from './intervene.ts';
import type { Outbox } from './outbox.ts';

/** Keeps a person's answer as a Reference and tries the delivery again, which asked. */
export async function choose(
  { outbox, now }: { readonly outbox: Outbox; readonly now: () => number },
  { id, target, scope, person }: Pick<Delivery, 'id' | 'target' | 'scope' | 'person'>,
  { entity, name, note }: Answer,
  actor: Actor,
): Promise<Intervention> {
  await outbox.references({ target, scope, person }).keep(entity, name, note);
  return outbox.retry(id, now(), actor, 'choose');
}
