/**
 * Sorted as lanes are locked: by target, then key; lanes of one delivery belong to nobody else and come first. Stable.
 */
export function inLockOrder<Item>(
  items: readonly Item[],
  place: (item: Item) => readonly [target: string, key: string | null],
): Item[] {
  return items.toSorted((a, b) => {
    const [targetA, keyA] = place(a);
    const [targetB, keyB] = place(b);
    return compare(targetA, targetB) || compare(keyA ?? '', keyB ?? '');
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
