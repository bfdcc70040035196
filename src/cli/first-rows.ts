import type { Text } from '../text.ts';
import type { Terminal } from './terminal.ts';

/** How many rows of a list somebody wants; nothing said: as many as a screen takes. */
export type Wanted = number | 'all' | undefined;

const usual = 50;

export const nothing: Text = { ru: 'Пусто', en: 'Nothing' };

/**
 * The first rows of a list. Whoever reads them is told beside them, on standard error, when there are more, or none.
 * `terminal`: undefined for a machine.
 */
export async function firstRows<Row>(
  wanted: Wanted,
  read: (most: number | undefined) => Promise<readonly Row[]>,
  terminal: Terminal | undefined,
): Promise<readonly Row[]> {
  const most = wanted === 'all' ? undefined : (wanted ?? usual);
  const rows = await read(most === undefined ? undefined : most + 1);
  if (rows.length === 0) terminal?.note(nothing[terminal.language]);
  if (most === undefined) return rows;
  if (rows.length > most)
    terminal?.note(
      {
        ru: `Это первые ${most}, есть ещё: --limit ЧИСЛО или --limit all`,
        en: `These are the first ${most}, there are more: --limit COUNT or --limit all`,
      }[terminal.language],
    );
  return rows.slice(0, most);
}
