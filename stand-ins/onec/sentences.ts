/**
 * What 1C says as code -1 or as the text of a 500, collected from forums and from the modules of ЗУП (facts/1c-zup.md
 * 5); where a source breaks off, so does the sentence.
 */
export const sentences = {
  /** Passes in a moment: somebody holds the object. */
  busy: [
    'Конфликт блокировок при выполнении транзакции:\nПревышено максимальное время ожидания предоставления блокировки',
    'Данные были изменены или удалены другим пользователем',
    'Ошибка блокировки объекта. Объект уже заблокирован',
    'Не удалось заблокировать таблицу',
    'В данной транзакции уже происходили ошибки',
  ],
  /** Passes when the base is back: a backup, an update, licences, the server. */
  maintenance: [
    'Сеанс отсутствует или удален',
    'Сеанс работы завершен администратором',
    'Начало сеанса с информационной базой запрещено',
    'Ошибка установки монопольного режима',
    'Необходимо обновление версии программы',
    'Не найдена лицензия',
    'Ошибка СУБД: server closed the connection',
    'Недостаточно памяти',
  ],
  /** Never passes by itself. */
  final: ['Поле "Группа доступа" не заполнено', 'Значение поля "Табельный номер" не уникально'],
} as const;
