/** What a sentence of 1C means for the record: passes in a moment, passes when the base is back, or never by itself. */
export type Passing = 'busy' | 'maintenance' | 'rejected';

/** Patterns of an installation's own, looked at before ours. */
export interface PassingWords {
  readonly busy: readonly RegExp[];
  readonly maintenance: readonly RegExp[];
  readonly rejected: readonly RegExp[];
}

/** A sentence is judged by its beginning: what follows are stack frames, or the data of a hostile length. */
const looked = 4000;

// As collected in facts/1c-zup.md 5 and facts/1c.md 1.8; the English forms are those of the platform's interface.
const busy = new RegExp(
  [
    'конфликт блокировок',
    'взаимоблокировк',
    'превышено максимальное время ожидания предоставления блокировки',
    'данные были изменены или удалены другим пользователем',
    'ошибка блокировки объекта',
    'объект уже заблокирован',
    'не удалось заблокировать',
    'в данной транзакции уже происходили ошибки',
    'lock conflict',
    'deadlock',
    'lock request time ?out',
    'changed or deleted by (?:another|other) user',
    'object lock(?:ing)? error',
    'object is already locked',
    '(?:failed|unable|could not|cannot) (?:to )?lock',
    'errors? (?:have|has) already occurred in th(?:is|e) transaction',
  ].join('|'),
  'iu',
);

const maintenance = new RegExp(
  [
    'сеанс отсутствует или уда[лё]',
    'сеанс работы завершен администратором',
    'начало сеанса с информационной базой запрещено',
    'монопольн(?:ого|ый) (?:режим|доступ)',
    'необходимо обновление версии программы',
    'выполняется обновление информационной базы',
    'не (?:найдена|обнаружена) (?:свободная )?лицензия',
    'не обнаружено свободной лицензии',
    'server closed the connection',
    'connection to (?:the )?server (?:was )?lost',
    'terminating connection due to administrator command',
    'the database system is (?:starting up|shutting down|in recovery mode)',
    'недостаточно памяти',
    'сервер 1с:предприятия не обнаружен',
    'session (?:is )?(?:missing|absent|not found|does not exist) or (?:has been |was )?(?:deleted|removed)',
    'session (?:has been |was )?terminated by (?:the |an )?administrator',
    'session(?:s)? (?:start )?with (?:the )?infobase (?:is|are) (?:denied|forbidden|prohibited|not allowed)',
    'starting (?:a )?session(?:s)? (?:with|in) (?:the )?infobase (?:is|are) ' +
      '(?:denied|forbidden|prohibited|not allowed)',
    'exclusive (?:mode|access)',
    '(?:application|program) version (?:must be updated|update (?:is )?required)',
    '(?:license|licence) (?:is |was )?not found',
    'no (?:free )?(?:license|licence)s? (?:found|available)',
    '(?:not enough|out of|insufficient) memory',
  ].join('|'),
  'iu',
);

export function passingOf(message: string, own: PassingWords): Passing {
  const words = message.slice(0, looked).replace(/\s+/gu, ' ');
  const says = (patterns: readonly RegExp[]): boolean => patterns.some((pattern) => pattern.test(words));
  if (says(own.rejected)) return 'rejected';
  if (says(own.maintenance)) return 'maintenance';
  if (says(own.busy) || busy.test(words)) return 'busy';
  return maintenance.test(words) ? 'maintenance' : 'rejected';
}
