import type { EntityOf, FieldRecord, SectionRecord } from './field-record.ts';

/** A record of design 7: ordered steps over catalogs, documents and independent information registers. */
export interface OneCRecord {
  /** A null step is left out: a formula decided against it. */
  readonly steps: readonly (StepRecord | null)[];
}

export const verbs = ['upsert', 'create', 'draft', 'withdraw'] as const;
export type Verb = (typeof verbs)[number];

export const adoptions = ['fill', 'overwrite', 'keep'] as const;
export type OnAdopt = (typeof adoptions)[number];

export const employments = ['main', 'second'] as const;
export type Employment = (typeof employments)[number];

/** Exactly one verb names the set; null stands for whatever a formula left empty. */
export interface StepRecord extends Readonly<Partial<Record<Verb, string | null>>> {
  readonly as?: string | null;
  readonly of?: EntityOf | null;
  /**
   * Other names by which later deliveries find the object, such as an applicant's vacancy for an order made from a log.
   */
  readonly also?: readonly EntityOf[] | null;
  /** For withdraw: an object whose marker of this kind has a larger id was made by a later event and is left alone. */
  readonly after?: EntityOf | null;
  readonly match?: readonly (readonly string[])[] | null;
  /** Fields that tell one from another: filled on both sides and different, it is another; persons have a default. */
  readonly identity?: readonly string[] | null;
  /** What happens to an object found by `match`: fill (only what is empty, the default), overwrite, or keep. */
  readonly onAdopt?: OnAdopt | null;
  /** Fields that may be changed also on an object that people made. */
  readonly owns?: readonly string[] | null;
  /** Of a card or an order: a second employment beside one that lasts, as part-time. */
  readonly employment?: Employment | null;
  readonly marker?: string | null;
  readonly fields?: FieldRecord | null;
  readonly rows?: Readonly<Record<string, SectionRecord | null>> | null;
  readonly keys?: FieldRecord | null;
  readonly post?: boolean | null;
}

export type { FieldRecord };
