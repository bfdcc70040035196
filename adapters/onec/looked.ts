import type { Entity } from './difference.ts';
import type { Identity } from './identity.ts';

/** An object of 1C; `whole` when it was read by its key a moment ago. */
export interface Hit {
  readonly entity: Entity;
  readonly whole: boolean;
  readonly how: 'reference' | 'key' | 'match';
}

/** The outcome of a look: under which name the object goes, and the object where there is one. */
export interface Looked {
  readonly identity: Identity;
  readonly hit: Hit | undefined;
}
