import { text, to } from '../models.ts';
import type { FieldModel } from '../shape.ts';

const kind = to('Catalog_ВидыКонтактнойИнформации');

/** КонтактнаяИнформация, the same for persons and candidates (facts/1c-zup.md 1). */
export const contactRows: Readonly<Record<string, FieldModel>> = {
  Тип: text(),
  Вид: kind,
  ВидДляСписка: kind,
  Представление: text(500),
  Значение: text(),
  ЗначенияПолей: text(),
  Страна: text(100),
  Регион: text(50),
  Город: text(50),
  АдресЭП: text(100),
  ДоменноеИмяСервера: text(100),
  НомерТелефона: text(20),
  НомерТелефонаБезКодов: text(20),
};
