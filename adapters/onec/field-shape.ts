/** One property as `$metadata` publishes it. */
export interface FieldShape {
  /** For example `Edm.String`. */
  readonly type: string;
  /** Older releases publish none (facts/1c.md 1.3). */
  readonly maxLength?: number;
  /** The set that a `…_Key` points to, where the base publishes it. */
  readonly target?: string;
}

export type Fields = Readonly<Record<string, FieldShape>>;
