import type { Text } from '../../text.ts';

/**
 * What events of one type hold, by the names that formulas use (facts/huntflow.md 2 and both documents of Huntflow).
 */
export interface EventShape {
  readonly event: string;
  readonly title: Text;
  /** What `on.type` may be; none: its events have no type. */
  readonly types: readonly string[];
  /**
   * A field a line: `path kind: what it is`, lists as their items; `open` behind the kind where more names may come
   * (custom fields, and what nobody has described). Huntflow may add fields at any time.
   */
  readonly fields: string;
}

export interface ShapeField {
  readonly path: readonly string[];
  readonly kind: string;
  readonly open: boolean;
  /** Russian, in the words of Huntflow's document where it has some; empty otherwise. */
  readonly words: string;
}

/** In the order of their paths. */
export function fieldsOf({ fields }: EventShape): ShapeField[] {
  return fields
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [head = '', ...rest] = line.split(': ');
      const [path = '', kind = '', open] = head.split(' ');
      return { path: path.split('.'), kind, open: open === 'open', words: rest.join(': ') };
    })
    .toSorted((one, other) => (one.path.join('.') < other.path.join('.') ? -1 : 1));
}
