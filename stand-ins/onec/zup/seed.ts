import type { Base } from '../base.ts';
import { seeded } from '../sample-seed.ts';
import { contactKinds } from './contact-kinds.ts';

/** Keys beside those of the small base, fixed as well. */
export const zupSeeded = {
  ...seeded,
  accounting: 'd0000000-0000-4000-8000-000000000002',
  closedAccounting: 'd0000000-0000-4000-8000-000000000003',
  accountantInAccounting: 'a1000000-0000-4000-8000-000000000001',
  accountantInSales: 'a1000000-0000-4000-8000-000000000002',
  mobile: kindKey('ТелефонМобильныйФизическиеЛица'),
  personalEmail: kindKey('EMailФизическиеЛица'),
} as const;

/**
 * What stands in a ЗУП before the first hire: predefined items, and an organisation with its divisions and positions.
 */
export function seedZup(base: Base): void {
  const add = (set: string, key: string, values: Readonly<Record<string, unknown>>): void => {
    const model = base.sets.get(`Catalog_${set}`);
    if (model !== undefined) base.add(model, { Ref_Key: key, ...values });
  };
  const { organisation, sales, accounting, accountant } = zupSeeded;
  for (const [group, kinds] of Object.entries(contactKinds)) {
    add('ВидыКонтактнойИнформации', kindKey(group), {
      Description: group.replace('Справочник', 'Справочник "') + '"',
      IsFolder: true,
      Predefined: true,
      PredefinedDataName: group,
    });
    for (const { predefined, description, type } of kinds)
      add('ВидыКонтактнойИнформации', kindKey(predefined), {
        Description: description,
        Parent_Key: kindKey(group),
        Predefined: true,
        PredefinedDataName: predefined,
        Тип: type,
      });
  }
  add('Организации', organisation, { Description: 'ООО Ромашка', ГоловнаяОрганизация_Key: organisation });
  const open = { Owner_Key: organisation, Сформировано: true };
  add('ПодразделенияОрганизаций', sales, { ...open, Description: 'Отдел продаж' });
  add('ПодразделенияОрганизаций', accounting, { ...open, Description: 'Бухгалтерия' });
  add('ПодразделенияОрганизаций', zupSeeded.closedAccounting, {
    ...open,
    Description: 'Бухгалтерия',
    Расформировано: true,
  });
  add('Должности', accountant, { Description: 'Бухгалтер' });
  // Two of one name: nobody can tell which one is meant.
  add('Должности', 'e0000000-0000-4000-8000-000000000002', { Description: 'Менеджер' });
  add('Должности', 'e0000000-0000-4000-8000-000000000003', { Description: 'Менеджер' });
  for (const [key, division, name] of [
    [zupSeeded.accountantInAccounting, accounting, 'Бухгалтерия'],
    [zupSeeded.accountantInSales, sales, 'Отдел продаж'],
  ] as const)
    add('ШтатноеРасписание', key, {
      Description: `Бухгалтер /${name}/`,
      Owner_Key: organisation,
      Подразделение_Key: division,
      Должность_Key: accountant,
    });
  add('ВидыДокументовФизическихЛиц', 'b0000000-0000-4000-8000-000000000001', {
    Description: 'Паспорт гражданина РФ',
    КодПФР: 'ПАСПОРТ РОССИИ',
  });
}

/** The same in every base that this makes; a real base gives its own. */
function kindKey(predefined: string): string {
  const items = Object.entries(contactKinds).flatMap(([group, kinds]) => [
    group,
    ...kinds.map((kind) => kind.predefined),
  ]);
  return `f0000000-0000-4000-8000-0000000001${String(items.indexOf(predefined)).padStart(2, '0')}`;
}
