/** Which names lie below which: lists count as their items, as in formulas. */
export interface Shape {
  /** More names may come: custom fields, or data nobody has described. */
  readonly open: boolean;
  readonly fields: ReadonlyMap<string, Shape>;
}

/** Reads the notation of view-shapes.ts: `applicant{id photo{id name} values*}`, `*` for open. */
export function parseShape(notation: string): Shape {
  const tokens = notation.match(/[\w$-]+\*?|[{}]/g) ?? [];
  let at = 0;
  const fieldsOf = (): Map<string, Shape> => {
    const fields = new Map<string, Shape>();
    for (let token = tokens[at]; token !== undefined && token !== '}'; token = tokens[at]) {
      at += 1;
      const open = token.endsWith('*');
      let inner = new Map<string, Shape>();
      if (tokens[at] === '{') {
        at += 1;
        inner = fieldsOf();
        at += 1;
      }
      fields.set(open ? token.slice(0, -1) : token, { open, fields: inner });
    }
    return fields;
  };
  return { open: false, fields: fieldsOf() };
}

export function mergeShapes(shapes: readonly Shape[]): Shape {
  const names = new Set(shapes.flatMap(({ fields }) => [...fields.keys()]));
  const fields = [...names].map(
    (name) => [name, mergeShapes(shapes.flatMap((shape) => shape.fields.get(name) ?? []))] as const,
  );
  return { open: shapes.some(({ open }) => open), fields: new Map(fields) };
}
