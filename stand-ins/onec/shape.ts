/**
 * What a published set looks like inside the stand-in: the model its `$metadata`, its store and its answers are made
 * of.
 */
export interface SetModel {
  readonly name: string;
  readonly kind: 'catalog' | 'document' | 'register' | 'constant';
  readonly fields: Readonly<Record<string, FieldModel>>;
  readonly sections: Readonly<Record<string, Readonly<Record<string, FieldModel>>>>;
  /** Dimensions of a register, `Period` included, and the surrogate key of a constant; objects have Ref_Key. */
  readonly dimensions: readonly string[];
}

export interface FieldModel {
  readonly type: 'string' | 'boolean' | 'date' | 'int64' | 'number' | 'guid' | 'reference' | 'composite' | 'storage';
  /** Longer texts are cut; undefined: unlimited. */
  readonly length?: number;
  /** A fixed-length text comes back padded. */
  readonly fixed?: boolean;
  /** The set that a reference points to. */
  readonly to?: string;
}

/** A property as the wire names it: a reference is `X_Key`, a reference of several types is two. */
export interface WireField {
  readonly name: string;
  readonly edm: string;
  readonly model: FieldModel;
}

const edmTypes = {
  string: 'Edm.String',
  boolean: 'Edm.Boolean',
  date: 'Edm.DateTime',
  int64: 'Edm.Int64',
  number: 'Edm.Double',
  guid: 'Edm.Guid',
  reference: 'Edm.Guid',
  composite: 'Edm.String',
  storage: 'Edm.Binary',
} as const;

export function wireFields(fields: Readonly<Record<string, FieldModel>>): WireField[] {
  return Object.entries(fields).flatMap(([name, model]) => {
    const edm = edmTypes[model.type];
    if (model.type === 'reference') return [{ name: `${name}_Key`, edm, model }];
    if (model.type === 'composite')
      return [
        { name, edm, model },
        { name: `${name}_Type`, edm: 'Edm.String', model: { type: 'string' } satisfies FieldModel },
      ];
    if (model.type === 'storage') {
      return [
        { name: `${name}_Base64Data`, edm, model },
        { name: `${name}_Type`, edm: 'Edm.String', model },
      ];
    }
    return [{ name, edm, model }];
  });
}

/** Names of value storages, which are also published as streams (test/fixtures/onec/edmx/06-value-storage.xml). */
export function storages(fields: Readonly<Record<string, FieldModel>>): string[] {
  return Object.keys(fields).filter((name) => fields[name]?.type === 'storage');
}

/** Names of the key's parts, as in `PropertyRef`. */
export function keyNames(set: SetModel): string[] {
  if (isObject(set)) return ['Ref_Key'];
  const dimensions = Object.fromEntries(
    set.dimensions.map((name) => [name, set.fields[name] ?? ({ type: 'string' } satisfies FieldModel)]),
  );
  return wireFields(dimensions).map(({ name }) => name);
}

/** A catalog or document, which has a key of its own. */
export function isObject(set: SetModel): boolean {
  return set.kind === 'catalog' || set.kind === 'document';
}

export const emptyKey = '00000000-0000-0000-0000-000000000000';
export const emptyDate = '0001-01-01T00:00:00';

/** What 1C holds in a field that nobody has filled (facts/1c.md 1.4). */
export function emptyOf(field: WireField): unknown {
  switch (field.edm) {
    case 'Edm.Boolean':
      return false;
    case 'Edm.DateTime':
      return emptyDate;
    case 'Edm.Guid':
      return emptyKey;
    case 'Edm.Int64':
      return '0';
    case 'Edm.Double':
      return 0;
    default:
      return field.name.endsWith('_Type') && field.model.type !== 'storage' ? 'StandardODATA.Undefined' : '';
  }
}
