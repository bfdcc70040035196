/** Works through `items` in their order, at most `width` at once; what throws ends it, once the others are done. */
export async function sideBySide<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  const walk = async (): Promise<void> => {
    for (const item of rest) await work(item);
  };
  const walks = await Promise.allSettled(Array.from({ length: Math.min(width, items.length) }, walk));
  for (const one of walks) if (one.status === 'rejected') throw one.reason;
}
