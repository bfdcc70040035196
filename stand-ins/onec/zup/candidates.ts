import { catalog, date, number, text, to } from '../models.ts';
import type { SetModel } from '../shape.ts';
import { contactRows } from './contact-rows.ts';

/** A candidate is two objects: what is known of the person, and the candidacy (configuration files of ЗУП КОРП). */
export function candidateSets(): SetModel[] {
  return [
    catalog(
      'ЛичныеДанныеКандидатов',
      {
        ФИО: text(100),
        Фамилия: text(50),
        Имя: text(50),
        Отчество: text(50),
        Инициалы: text(10),
        УточнениеНаименования: text(40),
        НаименованиеСлужебное: text(120),
        ДатаРождения: date,
        Пол: text(),
      },
      { КонтактнаяИнформация: contactRows },
      { code: 0, description: 150 },
    ),
    catalog('Вакансии', { Позиция: to('Catalog_ШтатноеРасписание') }, {}, { code: 9, description: 150 }),
    catalog(
      'Кандидаты',
      {
        Вакансия: to('Catalog_Вакансии'),
        Позиция: to('Catalog_ШтатноеРасписание'),
        ЛичныеДанные: to('Catalog_ЛичныеДанныеКандидатов'),
        ДатаРегистрации: date,
        Рейтинг: number,
        ОжидаемыйДоход: number,
      },
      {},
      { code: 9, description: 150 },
    ),
  ];
}
