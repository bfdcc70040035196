export type Role = 'viewer' | 'operator' | 'author' | 'admin';

/** Who looks, and what they may. */
export interface Me {
  readonly name: string;
  /** False: by a token, or there are no users, and whoever sits at this machine may act. */
  readonly session: boolean;
  readonly role: Role;
  readonly mayReveal: boolean;
}

const ladder: readonly Role[] = ['viewer', 'operator', 'author', 'admin'];

/** A role may what the lower ones may. */
export function may(me: Me | undefined, role: Role): boolean {
  return me !== undefined && ladder.indexOf(me.role) >= ladder.indexOf(role);
}
