import { catalog, composite, date, documentSet, flag, number, register, storage, text, to } from '../models.ts';
import type { FieldModel, SetModel } from '../shape.ts';
import { candidateSets } from './candidates.ts';
import { contactRows } from './contact-rows.ts';

export interface ZupOptions {
  /** The name register by release: composite in 2.5.17 and later, one type before (facts/1c.md 0.5). */
  readonly compositeNames: boolean;
}

const person = to('Catalog_ФизическиеЛица');
const card = to('Catalog_Сотрудники');
const organisation = to('Catalog_Организации');
const division = to('Catalog_ПодразделенияОрганизаций');
const position = to('Catalog_Должности');
const staffPosition = to('Catalog_ШтатноеРасписание');

/** Sets and fields of ЗУП 3.1.38 that a hire has to do with, names and lengths of facts/1c-zup.md. */
export function zupSets({ compositeNames }: ZupOptions): SetModel[] {
  const someone: FieldModel = compositeNames ? composite : person;
  return [
    catalog('ФизическиеЛица', personFields, { КонтактнаяИнформация: contactRows }),
    register(
      'ФИОФизическихЛиц',
      { Period: date, ФизическоеЛицо: someone },
      { Фамилия: text(50), Имя: text(50), Отчество: text(50), Инициалы: text(10), ФИОСлужебные: text(120) },
    ),
    register(
      'ДокументыФизическихЛиц',
      { Period: date, Физлицо: composite, ВидДокумента: to('Catalog_ВидыДокументовФизическихЛиц') },
      {
        Серия: text(14),
        Номер: text(20),
        ДатаВыдачи: date,
        КемВыдан: text(200),
        КодПодразделения: text(15),
        ЯвляетсяДокументомУдостоверяющимЛичность: flag,
      },
    ),
    catalog('Сотрудники', {
      ФизическоеЛицо: person,
      ГоловнаяОрганизация: organisation,
      ГоловнойСотрудник: card,
      ВАрхиве: flag,
      УточнениеНаименования: text(40),
    }),
    catalog('Организации', { ИНН: text(12), КПП: text(9), ГоловнаяОрганизация: organisation }, {}, { code: 9 }),
    catalog(
      'ПодразделенияОрганизаций',
      { Owner: organisation, Parent: division, Сформировано: flag, Расформировано: flag },
      {},
      { code: 9, description: 150 },
    ),
    catalog('Должности', { ВведенаВШтатноеРасписание: flag, ИсключенаИзШтатногоРасписания: flag }, {}, noCode),
    catalog(
      'ШтатноеРасписание',
      { Owner: organisation, Parent: staffPosition, Подразделение: division, Должность: position, Закрыта: flag },
      {},
      noCode,
    ),
    catalog('ВидыКонтактнойИнформации', {
      Parent: to('Catalog_ВидыКонтактнойИнформации'),
      IsFolder: flag,
      Predefined: flag,
      PredefinedDataName: text(256),
      Тип: text(),
    }),
    catalog('ВидыДокументовФизическихЛиц', { КодПФР: text(20) }),
    catalog('ГруппыДоступаФизическихЛиц'),
    ...fileSets,
    ...candidateSets(),
    ...currentState,
    documentSet('ПриемНаРаботу', hireFields, {
      Показатели: { Показатель: text(50), Значение: number },
    }),
    documentSet('КадровыйПеревод', { ...moveFields, ДатаНачала: date, Должность: position, Подразделение: division }),
    documentSet('Увольнение', { ...moveFields, ДатаУвольнения: date }),
    {
      name: 'Constant_ИспользоватьШтатноеРасписание',
      kind: 'constant',
      fields: { SurrogateKey: { type: 'guid' }, Value: flag },
      sections: {},
      dimensions: ['SurrogateKey'],
    },
  ];
}

const noCode = { code: 0, description: 150 };

/** Files of persons. How the parts of a library of 1C keep them differs by release: these are two of its ways. */
const fileSets = [
  catalog(
    'ФизическиеЛицаПрисоединенныеФайлы',
    { ВладелецФайла: person, Расширение: text(10), Описание: text(), ТипХраненияФайла: text(), ФайлХранилище: storage },
    {},
    noCode,
  ),
  register(
    'ДвоичныеДанныеФайлов',
    { Файл: to('Catalog_ФизическиеЛицаПрисоединенныеФайлы') },
    { ДвоичныеДанныеФайла: storage },
  ),
];

const personFields: Readonly<Record<string, FieldModel>> = {
  Parent: person,
  IsFolder: flag,
  ФИО: text(100),
  Фамилия: text(50),
  Имя: text(50),
  Отчество: text(50),
  Инициалы: text(10),
  ДатаРождения: date,
  Пол: text(),
  ИНН: text(12),
  СтраховойНомерПФР: text(14),
  МестоРождения: text(240),
  НаименованиеСлужебное: text(120),
  УточнениеНаименования: text(40),
  ГруппаДоступа: to('Catalog_ГруппыДоступаФизическихЛиц'),
  Комментарий: text(),
};

const hireFields: Readonly<Record<string, FieldModel>> = {
  Организация: organisation,
  Подразделение: division,
  Сотрудник: card,
  ФизическоеЛицо: person,
  Должность: position,
  ДолжностьПоШтатномуРасписанию: staffPosition,
  ДатаПриема: date,
  КоличествоСтавок: number,
  ВидЗанятости: text(),
  ВидДоговора: text(),
  УсловияПриема: text(),
  ХарактерРаботы: text(),
  СпособРасчетаАванса: text(),
  ТрудовойДоговорНомер: text(25),
  ТрудовойДоговорДата: date,
  СрочныйДоговор: flag,
  ДатаЗавершенияТрудовогоДоговора: date,
  ДлительностьИспытательногоСрока: number,
  РаботаетДистанционно: flag,
  ОтразитьВТрудовойКнижке: flag,
  Комментарий: text(),
};

const moveFields: Readonly<Record<string, FieldModel>> = {
  Организация: organisation,
  Сотрудник: card,
  ФизическоеЛицо: person,
  Комментарий: text(),
};

/** Who works where now: written by posting, read by whoever may (facts/1c-zup.md 3). */
const currentState: readonly SetModel[] = [
  register(
    'ТекущиеКадровыеДанныеСотрудников',
    { ФизическоеЛицо: person, Сотрудник: card, ГоловнаяОрганизация: organisation, ТекущаяОрганизация: organisation },
    {
      ТекущееПодразделение: division,
      ТекущаяДолжность: position,
      ДатаПриема: date,
      ДатаУвольнения: date,
      ОсновноеРабочееМестоВОрганизации: flag,
      КоличествоСтавок: number,
    },
  ),
  register(
    'КадроваяИсторияСотрудников',
    { Recorder: composite },
    {},
    {
      RecordSet: {
        Period: date,
        Active: flag,
        Сотрудник: card,
        ФизическоеЛицо: person,
        ГоловнаяОрганизация: organisation,
        Организация: organisation,
        Подразделение: division,
        Должность: position,
        ВидСобытия: text(),
        ВидЗанятости: text(),
      },
    },
  ),
];
