import { badField } from './api-error.ts';

/** Where a page ended, as nobody but us reads it: rows that come later move nothing. */
function cursorOf(last: number): string {
  return Buffer.from(`1:${last}`).toString('base64url');
}

/** Throws for a cursor that no page gave. */
export function readCursor(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  const [, last] = /^1:(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
  if (last === undefined)
    throw badField('cursor', {
      ru: 'такого места в списке нет: возьмите next из прежнего ответа или начните сначала',
      en: 'there is no such place in the list: take next of an earlier answer, or begin anew',
    });
  return Number(last);
}

/** `rows` are one more than asked for, where there are more. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  place: (row: Row) => number,
  shown: (row: Row) => Item,
): { items: Item[]; next: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items: items.map(shown), next: rows.length > limit && last !== undefined ? cursorOf(place(last)) : null };
}
