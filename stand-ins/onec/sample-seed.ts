import type { Base } from './base.ts';

/** Fixed keys, so that they can be written out in tests and by hand. */
export const seeded = {
  organisation: 'c0000000-0000-4000-8000-000000000001',
  sales: 'd0000000-0000-4000-8000-000000000001',
  accountant: 'e0000000-0000-4000-8000-000000000001',
  phone: 'f0000000-0000-4000-8000-000000000001',
  email: 'f0000000-0000-4000-8000-000000000002',
} as const;

/** What the small base has before the first hire: an organisation, divisions, positions, kinds of contacts. */
export function seedSample(base: Base): void {
  const add = (set: string, key: string, values: Readonly<Record<string, unknown>>): void => {
    const model = base.sets.get(`Catalog_${set}`);
    if (model !== undefined) base.add(model, { Ref_Key: key, ...values });
  };
  const other = (head: string, number: number): string =>
    `${head}0000000-0000-4000-8000-0000000000${String(number).padStart(2, '0')}`;
  add('Организации', seeded.organisation, { Description: 'ООО Ромашка', КодПоОКПО: '12345678' });
  add('ПодразделенияОрганизаций', seeded.sales, { Description: 'Отдел продаж', Owner_Key: seeded.organisation });
  add('ПодразделенияОрганизаций', other('d', 2), { Description: 'Бухгалтерия', Owner_Key: seeded.organisation });
  add('Должности', seeded.accountant, { Description: 'Бухгалтер' });
  // Two of one name: nobody can tell which one is meant.
  add('Должности', other('e', 2), { Description: 'Менеджер' });
  add('Должности', other('e', 3), { Description: 'Менеджер' });
  add('Должности', other('e', 4), { Description: 'Машинист', DeletionMark: true });
  add('ВидыКонтактнойИнформации', seeded.phone, {
    Description: 'Телефон',
    Тип: 'Телефон',
    PredefinedDataName: 'ТелефонМобильныйФизическиеЛица',
  });
  add('ВидыКонтактнойИнформации', seeded.email, {
    Description: 'Email',
    Тип: 'АдресЭлектроннойПочты',
    PredefinedDataName: 'EMailФизическиеЛица',
  });
  add('ВидыДокументовФизическихЛиц', other('b', 1), { Description: 'Паспорт гражданина РФ', КодПФР: 'ПАСПОРТ РОССИИ' });
}
