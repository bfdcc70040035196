/** One text as both databases want it: with numbered places, and the values that belong there. */
export interface FixedSql {
  readonly sqlite: PlacedSql;
  readonly postgres: PlacedSql;
}

export interface PlacedSql {
  readonly text: string;
  /** The name of the value for each place. */
  readonly names: readonly string[];
}
