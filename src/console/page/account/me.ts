type Role = 'viewer' | 'operator' | 'author' | 'admin';

/** Who looks, and what they may. */
export interface Me {
  readonly name: string;
  readonly role: Role;
  /** False without users: whoever sits at this machine may act, and reveals nothing. */
  readonly mayReveal: boolean;
  /** False: by a token, or there are no users. */
  readonly session: boolean;
  readonly users: boolean;
  readonly writesMappings: boolean;
  readonly version: string;
  /** The script of the page that the service has now; null: none is built. */
  readonly page: string | null;
}

const ladder: readonly Role[] = ['viewer', 'operator', 'author', 'admin'];

/** A role may what the lower ones may. */
export function may(me: Me | undefined, role: Role): boolean {
  return me !== undefined && ladder.indexOf(me.role) >= ladder.indexOf(role);
}
