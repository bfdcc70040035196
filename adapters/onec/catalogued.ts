import type { Catalogued } from '../../src/adapter.ts';
import { isPlainObject } from '../../src/toolkit.ts';

/**
 * Catalogs of an enterprise, in which no person stands (facts/1c-zup.md): positions, divisions, organisations, the
 * staff list, schedules. Catalogs of people, counterparties and users are none of them.
 */
const ofNobody =
  /^Catalog_(?:Должности|Подразделения\p{L}*|СтруктураПредприятия|Организации|ШтатноеРасписание|ГрафикиРаботы\p{L}*|ПозицииШтатногоРасписания|ВидыКонтактнойИнформации|ТипыДоговоров\p{L}*|ТрудовыеФункции|Территории\p{L}*|Валюты)$/u;

/** Fields that tell how an entry is called there. */
const naming = /^(?:Description|Code|Наименование\p{L}*|Код)$/u;

const most = { depth: 12, found: 50 } as const;

/** Entries of such catalogs that a record looks for, wherever it does. */
export function cataloguedIn(record: unknown): readonly Catalogued[] {
  const found: Catalogued[] = [];
  walk(record, '', most.depth, found);
  return found;
}

function walk(value: unknown, field: string, depth: number, found: Catalogued[]): void {
  if (depth === 0 || found.length >= most.found) return;
  if (Array.isArray(value)) for (const item of value) walk(item, field, depth - 1, found);
  if (!isPlainObject(value)) return;
  const { find, by } = value;
  if (typeof find === 'string' && isPlainObject(by) && ofNobody.test(find))
    for (const [name, text] of Object.entries(by))
      if (naming.test(name) && typeof text === 'string') found.push({ set: find, field, text });
  for (const [name, item] of Object.entries(value)) walk(item, name === 'by' ? field : name, depth - 1, found);
}
