import type { Addressed, Recipient, Recipients } from './record.ts';

/**
 * Whom a delivery reached and who refused, by their place in the list; kept as progress, so that nobody gets it twice.
 */
export interface Reached {
  readonly reached: readonly number[];
  readonly refused: readonly number[];
}

/** In the order to be tried, each once. */
export function listed(to: Recipients): { readonly all: boolean; readonly list: readonly Recipient[] } {
  const all = isAll(to);
  const seen = new Set<string>();
  const list = (all ? to.all : isSeveral(to) ? to : [to]).filter((one): one is Recipient => {
    if (!isSomebody(one) || seen.has(nameOf(one))) return false;
    seen.add(nameOf(one));
    return true;
  });
  return { all, list };
}

/** @param progress what {@link Reached} an earlier attempt saved, or anything else. */
export function reachedOf(progress: unknown): Reached {
  const { reached, refused }: { reached?: unknown; refused?: unknown } =
    typeof progress === 'object' && progress !== null ? { ...progress } : {};
  return { reached: isPlaces(reached) ? reached : [], refused: isPlaces(refused) ? refused : [] };
}

const isAll = (to: Recipients): to is Extract<Recipients, { readonly all: unknown }> =>
  typeof to === 'object' && 'all' in to;

const isSeveral = (to: Recipients): to is readonly Addressed[] => Array.isArray(to);

const isSomebody = (one: Addressed): one is Recipient =>
  one !== null && (typeof one !== 'object' || one.email !== null);

/** The same for the same recipient, however it is written. */
export const nameOf = (recipient: Recipient): string =>
  typeof recipient === 'object' ? `email ${recipient.email.trim().toLowerCase()}` : `id ${String(recipient).trim()}`;

const isPlaces = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'number');
