import type { Parcel } from '../drop/parcel.ts';

/** A record on its way into a file that grows. */
export interface Row extends Parcel {
  readonly cells: ReadonlyMap<string, string>;
}
