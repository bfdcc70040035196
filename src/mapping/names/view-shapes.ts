import { eventShapes } from '../../huntflow/shapes/all.ts';
import { type EventShape, fieldsOf } from '../../huntflow/shapes/event-shape.ts';
import { mergeShapes, type Shape } from './shape.ts';

const known = new Map<string, Shape>();

/** What events of these types have between them; undefined when one of them is not known. */
export function shapeOf(events: readonly string[]): Shape | undefined {
  const shapes = events.map((name) => {
    const described = eventShapes.find(({ event }) => event === name);
    if (described === undefined) return undefined;
    const shape = known.get(name) ?? treeOf(described);
    known.set(name, shape);
    return shape;
  });
  return shapes.length === 0 || shapes.includes(undefined)
    ? undefined
    : mergeShapes(shapes.filter((shape) => shape !== undefined));
}

interface Draft {
  open: boolean;
  readonly fields: Map<string, Draft>;
}

function treeOf(described: EventShape): Shape {
  const root: Draft = { open: false, fields: new Map() };
  for (const { path, open } of fieldsOf(described)) {
    let at = root;
    for (const name of path) {
      const next: Draft = at.fields.get(name) ?? { open: false, fields: new Map() };
      at.fields.set(name, next);
      at = next;
    }
    at.open = open;
  }
  return root;
}
