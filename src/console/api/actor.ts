import type { Audit } from '../../audit/audit.ts';
import type { Actor } from '../../audit/entry.ts';
import type { Caller } from './caller.ts';

/** The caller, as the audit knows him. */
export function actorOf(audit: Audit, { name, from }: Caller): Actor {
  return audit.actor(name, from);
}
