import type { Answer } from '../adapter.ts';
import type { Actor } from '../audit/entry.ts';
import type { Database } from '../database/database.ts';
import type { Delivery } from './delivery.ts';
import type { Intervention } from './intervene.ts';
import type { Outbox } from './outbox.ts';
import { KeptReferences } from './references.ts';

/** Keeps a person's answer as a Reference and tries the delivery again, which asked. */
export async function choose(
  parts: { readonly database: Database; readonly outbox: Outbox; readonly now: () => number },
  { id, target, scope, person }: Pick<Delivery, 'id' | 'target' | 'scope' | 'person'>,
  { entity, name, note }: Answer,
  actor: Actor,
): Promise<Intervention> {
  await new KeptReferences(parts.database, target, scope, undefined, person).keep(entity, name, note);
  return parts.outbox.retry(id, parts.now(), actor, 'choose');
}
