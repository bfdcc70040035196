import type { Metadata } from './metadata.ts';
import { nearest } from '../../src/toolkit.ts';
import type { Problem } from './problems.ts';

/** A set that the base does not publish: misspelled, or left out of the standard OData interface (facts/1c.md 1.2). */
export function unknownSet(metadata: Metadata, name: string, path: Problem['path']): Problem {
  const guess = nearest(name, metadata.names, Infinity);
  return {
    path,
    unknown: name,
    text: {
      ru: `набор ${name} не опубликован${guess === undefined ? '; включите его в состав стандартного интерфейса OData в 1С' : `, возможно, ${guess}`}`,
      en: `the set ${name} is not published${guess === undefined ? '; add it to the standard OData interface in 1C' : `, did you mean ${guess}?`}`,
    },
  };
}
