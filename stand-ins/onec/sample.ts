import type { Base } from './base.ts';
import type { Configuration } from './configuration.ts';
import { catalog, date, documentSet, flag, number, register, text, to } from './models.ts';
import { seedSample } from './sample-seed.ts';
import type { FieldModel, SetModel } from './shape.ts';

export interface SampleOptions {
  /** The name register by release: composite in 2.5.17 and later, one type before (facts/1c.md 0.5). */
  readonly compositeNames: boolean;
}

/** The small base: catalogs, a register and hire orders, and next to no rules. */
export class Sample implements Configuration<Base> {
  readonly sets: readonly SetModel[];

  constructor(options: SampleOptions) {
    this.sets = sampleSets(options);
  }

  seed(base: Base): void {
    seedSample(base);
  }

  beforeWrite(_base: Base, _set: SetModel, row: Record<string, unknown>): void {
    if ('НаименованиеСлужебное' in row) row['НаименованиеСлужебное'] = String(row['Description']).toUpperCase();
  }

  onPosting(): void {
    // Posting writes nothing here.
  }
}

/**
 * A small base with the sets of a hire, types and lengths of facts/1c.md section 3: what the wire does needs no more.
 */
function sampleSets({ compositeNames }: SampleOptions): SetModel[] {
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
    catalog('ВидыКонтактнойИнформации', { Тип: text(), PredefinedDataName: text() }),
    catalog('ВидыДокументовФизическихЛиц', { КодПФР: text(20) }),
    documentSet(
      'ПриемНаРаботу',
      {
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
      { Показатели: { НомерСтрокиПоказателя: { type: 'int64' }, Показатель: text(50), Значение: number } },
    ),
  ];
}
