import type { Query } from '../http.ts';
import type { Entity } from './difference.ts';
import type { SetShape } from './metadata.ts';

/** How entities are written and read: JSON and Atom carry the same. */
export interface Format {
  readonly accept: string;
  readonly contentType: string;
  /** What the query says about the format; Atom is what 1C answers when nobody asks (facts/1c.md 1.1). */
  readonly query: Query;
  write(set: SetShape, entity: Entity): string;
  /** @throws Error when the text is no entity. */
  readOne(text: string): Entity;
  /** @throws Error when the text is no list of entities. */
  readMany(text: string): readonly Entity[];
}
