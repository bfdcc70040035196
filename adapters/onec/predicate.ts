import type { Entity } from './difference.ts';
import { literal } from './literal.ts';
import { own, type SetShape } from './metadata.ts';

/**
 * All parts of a register's key as they stand in the brackets of a path (facts/1c.md 1.5); a part of several types is
 * two.
 */
export function predicateOf(set: SetShape, keys: Entity): string {
  return set.keys
    .map((name) => {
      const value = own(keys, name);
      const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : '';
      // Escaped here, because a slash or a question mark in a text must not end the path.
      return `${name}=${encodeURIComponent(literal(own(set.fields, name)?.type ?? '', plain))}`;
    })
    .join(',');
}
