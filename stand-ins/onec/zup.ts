import type { FieldModel, SetModel } from './shape.ts';

const text = (length?: number): FieldModel => (length === undefined ? { type: 'string' } : { type: 'string', length });
const date: FieldModel = { type: 'date' };
const flag: FieldModel = { type: 'boolean' };
const number: FieldModel = { type: 'number' };
const to = (set: string): FieldModel => ({ type: 'reference', to: set });

function catalog(
  name: string,
  fields: Readonly<Record<string, FieldModel>> = {},
  sections: SetModel['sections'] = {},
): SetModel {
  const standard = {
    Ref_Key: { type: 'guid' },
    DataVersion: text(),
    DeletionMark: flag,
    Code: text(10),
    Description: text(100),
  } satisfies Record<string, FieldModel>;
  return { name: `Catalog_${name}`, kind: 'catalog', fields: { ...standard, ...fields }, sections, dimensions: [] };
}

function register(
  name: string,
  dimensions: Readonly<Record<string, FieldModel>>,
  fields: Readonly<Record<string, FieldModel>>,
): SetModel {
  return {
    name: `InformationRegister_${name}`,
    kind: 'register',
    fields: { ...dimensions, ...fields },
    sections: {},
    dimensions: Object.keys(dimensions),
  };
}

export interface ZupOptions {
  /** The name register by release: composite in 2.5.17 and later, one type before (facts/1c.md 0.5). */
  readonly compositeNames: boolean;
}

/** The sets of the shipped hire, with lengths and types of facts/1c.md section 3. */
export function zupSets({ compositeNames }: ZupOptions): SetModel[] {
  const person = to('Catalog_ФизическиеЛица');
  const someone: FieldModel = compositeNames ? { type: 'composite' } : person;
  return [
    catalog(
      'ФизическиеЛица',
      {
        Parent: person,
        IsFolder: flag,
        ФИО: text(100),
        Фамилия: text(50),
        Имя: text(50),
        Отчество: text(50),
        ДатаРождения: date,
        Пол: text(),
        ИНН: text(12),
        СтраховойНомерПФР: text(14),
        МестоРождения: text(240),
        НаименованиеСлужебное: text(100),
        УточнениеНаименования: text(100),
        Комментарий: text(),
      },
      {
        КонтактнаяИнформация: {
          Тип: text(),
          Вид: to('Catalog_ВидыКонтактнойИнформации'),
          Представление: text(500),
          Значение: text(),
          АдресЭП: text(100),
          НомерТелефона: text(20),
        },
      },
    ),
    register(
      'ФИОФизическихЛиц',
      { Period: date, ФизическоеЛицо: someone },
      { Фамилия: text(50), Имя: text(50), Отчество: text(50) },
    ),
    register(
      'ДокументыФизическихЛиц',
      { Period: date, Физлицо: { type: 'composite' }, ВидДокумента: to('Catalog_ВидыДокументовФизическихЛиц') },
      {
        Серия: text(14),
        Номер: text(20),
        ДатаВыдачи: date,
        КемВыдан: text(200),
        ЯвляетсяДокументомУдостоверяющимЛичность: flag,
      },
    ),
    catalog('Сотрудники', {
      ФизическоеЛицо: person,
      ГоловнаяОрганизация: to('Catalog_Организации'),
      ГоловнойСотрудник: to('Catalog_Сотрудники'),
      ВАрхиве: flag,
    }),
    catalog('Организации', { ИНН: text(12), КодПоОКПО: { type: 'string', length: 10, fixed: true } }),
    catalog('ПодразделенияОрганизаций', {
      Owner: to('Catalog_Организации'),
      Parent: to('Catalog_ПодразделенияОрганизаций'),
    }),
    catalog('Должности'),
    catalog('ВидыКонтактнойИнформации', { Тип: text() }),
    catalog('ВидыДокументовФизическихЛиц', { КодПФР: text(20) }),
    {
      name: 'Document_ПриемНаРаботу',
      kind: 'document',
      dimensions: [],
      fields: {
        Ref_Key: { type: 'guid' },
        DataVersion: text(),
        DeletionMark: flag,
        Number: { type: 'string', length: 11 },
        Date: date,
        Posted: flag,
        Организация: to('Catalog_Организации'),
        Подразделение: to('Catalog_ПодразделенияОрганизаций'),
        Сотрудник: to('Catalog_Сотрудники'),
        ФизическоеЛицо: person,
        Должность: to('Catalog_Должности'),
        ДатаПриема: date,
        КоличествоСтавок: number,
        ВидЗанятости: text(),
        ВидДоговора: text(),
        ТрудовойДоговорНомер: text(25),
        ДлительностьИспытательногоСрока: number,
        РаботаетДистанционно: flag,
        Комментарий: text(),
      },
      sections: { Показатели: { НомерСтрокиПоказателя: { type: 'int64' }, Показатель: text(50), Значение: number } },
    },
  ];
}
