import type { Counted } from './speech.ts';

/** Words of more than one screen. */
export const common = {
  deliveries: {
    ru: { one: '{n} доставка', few: '{n} доставки', many: '{n} доставок', other: '{n} доставки' },
    en: { one: '{n} delivery', other: '{n} deliveries' },
  },
  people: {
    ru: { one: '{n} человек', few: '{n} человека', many: '{n} человек', other: '{n} человека' },
    en: { one: '{n} person', other: '{n} people' },
  },
  events: {
    ru: { one: '{n} событие', few: '{n} события', many: '{n} событий', other: '{n} события' },
    en: { one: '{n} event', other: '{n} events' },
  },
  attempts: {
    ru: { one: '{n} попытка', few: '{n} попытки', many: '{n} попыток', other: '{n} попытки' },
    en: { one: '{n} attempt', other: '{n} attempts' },
  },
} as const satisfies Readonly<Record<string, Counted>>;

export const words = {
  product: { ru: 'Коннектор Huntflow', en: 'Huntflow connector' },
  yes: { ru: 'да', en: 'yes' },
  no: { ru: 'нет', en: 'no' },
  cancel: { ru: 'Не надо', en: 'Never mind' },
  close: { ru: 'Закрыть', en: 'Close' },
  again: { ru: 'Попробовать снова', en: 'Try again' },
  older: { ru: 'Показать ещё', en: 'Show more' },
  reading: { ru: 'Читаем…', en: 'Reading…' },
  notRead: { ru: 'Не удалось прочитать', en: 'Could not be read' },
  notReadWhy: {
    ru: 'Остальная страница работает. Ответ службы: {why}',
    en: 'The rest of the page works. The service said: {why}',
  },
  noAnswer: { ru: 'служба не отвечает', en: 'the service does not answer' },
  noRights: { ru: 'Это не для вашей роли', en: 'Not for your role' },
  noRightsWhy: {
    ru: 'Смотреть это может роль повыше. Её даёт администратор: huntflow-connector user add.',
    en: 'A higher role may see this. An administrator gives it: huntflow-connector user add.',
  },
  notFound: { ru: 'Здесь ничего нет', en: 'There is nothing here' },
  notFoundWhy: {
    ru: 'Может быть, адрес скопирован не целиком, или запись ушла по сроку хранения.',
    en: 'The address may have been cut, or retention has taken the record.',
  },
  clear: { ru: 'Снять отбор', en: 'Clear the filter' },
  newer: {
    ru: { one: '{n} новая строка', few: '{n} новые строки', many: '{n} новых строк', other: '{n} новые строки' },
    en: { one: '{n} new row', other: '{n} new rows' },
  },
  terminal: { ru: 'Сделать это в терминале', en: 'Do this in a terminal' },
  copy: { ru: 'Скопировать', en: 'Copy' },
  copied: { ru: 'Скопировано', en: 'Copied' },
  cut: { ru: 'показано не всё', en: 'not all is shown' },
  selectAll: { ru: 'Выбрать все строки на странице', en: 'Select all rows shown' },
  select: { ru: 'Выбрать строку {id}', en: 'Select row {id}' },
  never: { ru: 'никогда', en: 'never' },
  today: { ru: 'сегодня', en: 'today' },
} as const;
