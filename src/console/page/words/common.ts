import { type Noun, nouns } from '../../../words/nouns.ts';

/** Nouns of the house's catalogue, each behind its number. */
export const common = {
  deliveries: numbered(nouns.deliveries),
  people: numbered(nouns.people),
  events: numbered(nouns.events),
} as const;

function numbered({ ru, en }: Noun): Noun {
  return {
    ru: { one: `{n} ${ru.one}`, few: `{n} ${ru.few}`, many: `{n} ${ru.many}`, other: `{n} ${ru.other}` },
    en: { one: `{n} ${en.one}`, other: `{n} ${en.other}` },
  };
}

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
  unsent: {
    ru: 'Связи со службой нет: ничего не отправлено и не записано. Повторите, когда она вернётся.',
    en: 'No connection to the service: nothing was sent, nothing was written. Do it again when it is back.',
  },
  unheard: {
    ru: 'Служба не ответила: записано ли это, неизвестно. Когда она вернётся, страница покажет, как есть.',
    en: 'The service did not answer: whether this was written is not known. When it is back, the page shows how it stands.',
  },
  unread: {
    ru: 'Служба не отвечает. Когда она вернётся, это прочтётся само.',
    en: 'The service does not answer. When it is back, this is read by itself.',
  },
  notDrawn: { ru: 'Раздел не загрузился', en: 'This screen could not be loaded' },
  notDrawnWhy: {
    ru: 'Служба не отвечает или обновилась, пока страница была открыта. Обновите страницу, когда служба на месте.',
    en: 'The service does not answer, or was updated while the page was open. Reload the page when the service is there.',
  },
  asOf: { ru: 'Так было в {time}: сейчас служба не отвечает.', en: 'As of {time}: the service does not answer now.' },
  noAnswer: { ru: 'служба не отвечает', en: 'the service does not answer' },
  noRights: { ru: 'Это не для вашей роли', en: 'Not for your role' },
  noRightsWhy: {
    ru: 'Попросите того, у кого она есть, или администратора: он даёт роли командой huntflow-connector user add.',
    en: 'Ask somebody who has it, or an administrator, who gives roles with huntflow-connector user add.',
  },
  notFound: { ru: 'Здесь ничего нет', en: 'There is nothing here' },
  notFoundWhy: {
    ru: 'Может быть, адрес скопирован не целиком, или запись ушла по сроку хранения.',
    en: 'The address may have been cut, or retention has taken the record.',
  },
  clear: { ru: 'Снять отбор', en: 'Clear the filter' },
  newerThere: { ru: 'Есть новые строки', en: 'There are new rows' },
  newer: {
    ru: { one: '{n} новая строка', few: '{n} новые строки', many: '{n} новых строк', other: '{n} новые строки' },
    en: { one: '{n} new row', other: '{n} new rows' },
  },
  forOperators: {
    ru: 'Повторяет, исправляет и отменяет роль operator и выше; ваша роль — {role}.',
    en: 'The role operator or a higher one retries, edits and cancels; yours is {role}.',
  },
  terminal: { ru: 'Сделать это в терминале', en: 'Do this in a terminal' },
  copy: { ru: 'Скопировать', en: 'Copy' },
  copied: { ru: 'Скопировано', en: 'Copied' },
  notCopied: {
    ru: 'Браузер не дал скопировать: буфера нет у страниц по http с другой машины',
    en: 'The browser did not let it be copied: a page over http from another machine has no clipboard',
  },
  linkNow: { ru: 'Ссылка на эти строки', en: 'Link to these rows' },
  linked: {
    ru: 'Ссылка скопирована: по ней видны те же строки, без новых',
    en: 'The link is copied: it shows the same rows, without newer ones',
  },
  saveCsv: { ru: 'Скачать CSV', en: 'Download CSV' },
  cutFile: { ru: 'В файле первые {n} строк: сузьте отбор', en: 'The file has the first {n} rows: narrow the filter' },
  cut: { ru: 'показано не всё', en: 'not all is shown' },
  selectAll: { ru: 'Выбрать все строки на странице', en: 'Select all rows shown' },
  select: { ru: 'Выбрать строку {id}', en: 'Select row {id}' },
  never: { ru: 'никогда', en: 'never' },
  today: { ru: 'сегодня', en: 'today' },
} as const;
