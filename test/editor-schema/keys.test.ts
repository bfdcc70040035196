import { expect } from 'chai';
import { readSchema } from './compiled.ts';

interface Key {
  readonly path: string;
  readonly description: unknown;
}

/** Every key that the schema names, conditions apart: `if` repeats keys that stand elsewhere. */
function* keysOf(schema: unknown, path: string): Generator<Key> {
  if (typeof schema !== 'object' || schema === null) return;
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'if') continue;
    const named = keyword === 'properties' ? Object.entries(value) : [];
    for (const [key, one] of named) {
      const description: unknown =
        typeof one === 'object' && one !== null ? Reflect.get(one, 'description') : undefined;
      yield { path: `${path}/${key}`, description };
    }
    yield* keysOf(value, keyword === 'properties' ? path : `${path}/${keyword}`);
  }
}

describe('every key of', () => {
  for (const [name, least] of [
    ['connector', 50],
    ['mapping', 20],
  ] as const) {
    it(`${name}.schema.json is explained in Russian and English`, () => {
      const keys = [...keysOf(readSchema(name), '')];
      expect(keys.length).to.be.greaterThan(least);
      for (const { path, description } of keys)
        expect(description, path).to.match(/^[^\n]*[а-яё][^\n]*[.!]\n\n[^\n]*[a-z][^\n]*[.!]$/i);
    });
  }
});
