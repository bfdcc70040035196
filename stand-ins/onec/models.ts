import type { FieldModel, SetModel } from './shape.ts';

/** Short hands for the models of sets. */
export const text = (length?: number): FieldModel =>
  length === undefined ? { type: 'string' } : { type: 'string', length };
export const date: FieldModel = { type: 'date' };
export const flag: FieldModel = { type: 'boolean' };
export const number: FieldModel = { type: 'number' };
export const composite: FieldModel = { type: 'composite' };
/** A value storage. */
export const storage: FieldModel = { type: 'storage' };
export const to = (set: string): FieldModel => ({ type: 'reference', to: set });

type Fields = Readonly<Record<string, FieldModel>>;

/** Lengths of the two standard texts; a code of 0 characters is none. */
export interface CatalogLengths {
  readonly code?: number;
  readonly description?: number;
}

export function catalog(
  name: string,
  fields: Fields = {},
  sections: SetModel['sections'] = {},
  { code = 10, description = 100 }: CatalogLengths = {},
): SetModel {
  const standard: Fields = {
    Ref_Key: { type: 'guid' },
    DataVersion: text(),
    DeletionMark: flag,
    ...(code === 0 ? {} : { Code: text(code) }),
    Description: text(description),
  };
  return { name: `Catalog_${name}`, kind: 'catalog', fields: { ...standard, ...fields }, sections, dimensions: [] };
}

export function documentSet(name: string, fields: Fields, sections: SetModel['sections'] = {}): SetModel {
  const standard: Fields = {
    Ref_Key: { type: 'guid' },
    DataVersion: text(),
    DeletionMark: flag,
    Number: text(11),
    Date: date,
    Posted: flag,
  };
  return { name: `Document_${name}`, kind: 'document', fields: { ...standard, ...fields }, sections, dimensions: [] };
}

export function register(
  name: string,
  dimensions: Fields,
  fields: Fields,
  sections: SetModel['sections'] = {},
): SetModel {
  return {
    name: `InformationRegister_${name}`,
    kind: 'register',
    fields: { ...dimensions, ...fields },
    sections,
    dimensions: Object.keys(dimensions),
  };
}
