import type { EntityOf } from './field-record.ts';
import type { FieldForm } from './field-form.ts';
import type { Fields } from './field-shape.ts';
import type { SetShape } from './metadata.ts';
import type { Employment, OnAdopt, Verb } from './record.ts';
import type { Scalar } from './wire-value.ts';

/** A step whose every name has been found in `$metadata` and whose every value fits its type. */
export interface PlannedStep {
  readonly index: number;
  readonly verb: Verb;
  readonly set: SetShape;
  readonly as: string | undefined;
  /** Undefined for registers, which have their keys. */
  readonly of: EntityOf | undefined;
  readonly also: readonly EntityOf[];
  readonly after: EntityOf | undefined;
  /** Groups of `fields`, without those that are empty. */
  readonly match: readonly (readonly PlannedField[])[];
  /** A step over persons that takes those whom people made: whoever only looks alike is told of. */
  readonly seeks: boolean;
  readonly marker: string | undefined;
  /** A step over persons: names have to agree before one is taken for another. */
  readonly person: boolean;
  /** Wire names of published fields of which nobody has two. */
  readonly identity: readonly string[];
  readonly onAdopt: OnAdopt;
  /** Wire names, also of sections. */
  readonly owns: ReadonlySet<string>;
  readonly employment: Employment;
  readonly fields: readonly PlannedField[];
  /** Written with a new object or record, and never compared: 1C tells nobody cheaply what it holds. */
  readonly files: readonly PlannedFile[];
  /** Wire names of all fields of the record, also of those without a value. */
  readonly named: ReadonlySet<string>;
  readonly sections: readonly PlannedSection[];
  readonly keys: readonly PlannedField[];
  readonly post: boolean;
}

export interface PlannedField {
  readonly form: FieldForm;
  readonly value: PlannedValue;
}

export interface PlannedFile {
  /** The field that takes the bytes, `…_Base64Data` (facts/1c.md 1.4). */
  readonly wire: string;
  readonly file: string | number;
}

export type PlannedValue =
  | { readonly kind: 'scalar'; readonly value: Scalar }
  /** A reference of several types that is cleared. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'ref'; readonly name: string }
  | { readonly kind: 'find'; readonly find: PlannedFind };

export interface PlannedFind {
  readonly set: SetShape;
  readonly by: readonly PlannedField[];
  readonly missing: 'reject' | 'empty';
  /** For people: `Document_ПриемНаРаботу.Должность`. */
  readonly label: string;
}

export interface PlannedSection {
  readonly name: string;
  readonly columns: Fields;
  /** Wire names; undefined replaces the section. */
  readonly by: readonly string[] | undefined;
  readonly rows: readonly (readonly PlannedField[])[];
}

/** An object of 1C that a reference may point to. */
export interface ObjectName {
  readonly set: string;
  readonly key: string;
}
