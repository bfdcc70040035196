import type { DescribedSet } from '../../src/adapter.ts';
import type { Fields } from './field-shape.ts';
import type { SetShape } from './metadata.ts';

/** A published set for whoever writes mappings; fields of its tabular sections as `Section.Field`. */
export function describedSet({ name, fields, sections }: SetShape): DescribedSet {
  const own = fieldsOf(fields, '');
  const rows = Object.entries(sections).flatMap(([section, row]) => fieldsOf(row, `${section}.`));
  return { name, fields: [...own, ...rows] };
}

function fieldsOf(fields: Fields, before: string): DescribedSet['fields'] {
  return Object.entries(fields).map(([name, { type, maxLength, target }]) => ({
    name: `${before}${name}`,
    type,
    ...(maxLength !== undefined && { max: maxLength }),
    ...(target !== undefined && { target }),
  }));
}
