import type { AuditPlace } from '../../audit/entry.ts';
import type { Role } from '../../access/role.ts';

/** Whoever asks, after it was made sure who that is. */
export interface Caller {
  readonly name: string;
  readonly role: Role;
  /** Without users nobody sees what is masked. */
  readonly mayReveal: boolean;
  readonly from: AuditPlace;
  /** Hash of the session; undefined: by a token, or there are no users. */
  readonly session: string | undefined;
}
