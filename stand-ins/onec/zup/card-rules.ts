import type { Base } from '../base.ts';
import { Refused } from '../refused.ts';
import { emptyKey } from '../shape.ts';

/** ПередЗаписью of a card: it is its own main card, and its number is nobody else's (facts/1c.md 3.3). */
export function beforeCardWrite(base: Base, row: Record<string, unknown>): void {
  if (row['ГоловнойСотрудник_Key'] === emptyKey) row['ГоловнойСотрудник_Key'] = row['Ref_Key'];
  const taken = base
    .all('Catalog_Сотрудники')
    .some((other) => other['Ref_Key'] !== row['Ref_Key'] && other['Code'] === row['Code']);
  if (taken) throw new Refused(500, '-1', 'Значение поля "Табельный номер" не уникально');
}
