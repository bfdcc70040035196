import { type Entity, isEntity } from './difference.ts';
import type { Format } from './format.ts';

const nometadata = 'application/json;odata=nometadata';

/** JSON without metadata, asked for in so many words (facts/1c.md 0.1). */
export const jsonFormat: Format = {
  accept: nometadata,
  contentType: 'application/json;charset=utf-8',
  query: { $format: nometadata },
  write: (_set, entity) => JSON.stringify(entity),
  readOne: (text) => entityIn(parse(text)),
  readMany(text) {
    const list: unknown = entityIn(parse(text))['value'];
    if (!Array.isArray(list)) throw new Error('no list named value');
    return list.map(entityIn);
  },
};

function parse(text: string): unknown {
  return JSON.parse(text.replace(/^\uFEFF/, ''));
}

function entityIn(value: unknown): Entity {
  if (!isEntity(value)) throw new Error('no JSON object');
  return value;
}
