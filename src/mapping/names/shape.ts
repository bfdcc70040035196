/** Which names lie below which: lists count as their items, as in formulas. */
export interface Shape {
  /** More names may come: custom fields, or data nobody has described. */
  readonly open: boolean;
  readonly fields: ReadonlyMap<string, Shape>;
}

export function mergeShapes(shapes: readonly Shape[]): Shape {
  const names = new Set(shapes.flatMap(({ fields }) => [...fields.keys()]));
  const fields = [...names].map(
    (name) => [name, mergeShapes(shapes.flatMap((shape) => shape.fields.get(name) ?? []))] as const,
  );
  return { open: shapes.some(({ open }) => open), fields: new Map(fields) };
}
