import type { RecordField, RecordPart } from './record-parts.ts';

/** What a target or the mapping said that it would not take. */
export interface Refused {
  /** As whoever refused calls it: a path of the record, `Document_ПриемНаРаботу.Должность`, a column. */
  readonly field: string | null;
  readonly text: string | null;
}

/** Whether it was this value: by what the refusal names, else by the path in its sentence. */
export function isRefused({ set, step }: RecordPart, { name, path }: RecordField, { field, text }: Refused): boolean {
  if (field !== null) {
    if (name === field || name.startsWith(`${field}.`) || name.startsWith(`${field}[`)) return true;
    const [, , , own] = path;
    if (step !== undefined && set !== undefined && field === `${set}.${own}`) return true;
    if (step === undefined && path.includes(field)) return true;
  }
  if (text === null) return false;
  // A path is told from other words by itself, one word only where it is quoted.
  return /[.[]/.test(name)
    ? text
        .split(name)
        .slice(1)
        .some((after) => !/^[\p{L}\p{N}.[]/u.test(after))
    : text.includes(`«${name}»`) || text.includes(`"${name}"`);
}
