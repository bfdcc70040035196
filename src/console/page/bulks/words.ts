import type { Noun } from '../../../words/nouns.ts';

export const bulksWords = {
  lead: {
    ru: 'Одно действие над многими доставками: кто, что, сколько сделано и что не вышло.',
    en: 'One action over many deliveries: who, what, how much is done and what failed.',
  },
  none: { ru: 'Групповых действий ещё не было', en: 'There was no bulk action yet' },
  noneHow: {
    ru: 'Отберите доставки и нажмите «Повторить…»: сначала будет предпросмотр.',
    en: 'Filter deliveries and choose an action: first comes a preview.',
  },
  action: { ru: 'Действие', en: 'Action' },
  state: { ru: 'Состояние', en: 'State' },
  done: { ru: 'Сделано', en: 'Done' },
  failed: { ru: 'Не вышло', en: 'Failed' },
  left: { ru: 'Осталось', en: 'Left' },
  by: { ru: 'Кто', en: 'Who' },
  made: { ru: 'Когда', en: 'When' },
  filter: { ru: 'Отбор', en: 'Filter' },
  row: { ru: 'Действие {id}: {action}', en: 'Bulk {id}: {action}' },
  title: { ru: 'Групповое действие {id}', en: 'Bulk action {id}' },
  retry: { ru: 'повторить', en: 'retry' },
  cancel: { ru: 'отменить', en: 'cancel' },
  remap: { ru: 'переделать записи', en: 'map again' },
  replay: { ru: 'повторить новой доставкой', en: 'repeat by a new delivery' },
  progress: { ru: 'Сделано {done} из {total}', en: '{done} of {total} done' },
  abort: { ru: 'Прервать', en: 'Abort' },
  abortWhy: {
    ru: 'Сделанное останется сделанным, остальное не тронем.',
    en: 'What is done stays done; the rest is left alone.',
  },
  resume: { ru: 'Сделать остальное', en: 'Do the rest' },
  saidRunning: { ru: 'Идёт: {done} из {total}.', en: 'Running: {done} of {total}.' },
  saidDone: { ru: 'Готово: {done} из {total}.', en: 'Done: {done} of {total}.' },
  saidAborted: { ru: 'Прервано: сделано {done} из {total}.', en: 'Aborted: {done} of {total} done.' },
  saidRetried: { ru: 'Запущено снова: {done} из {total}.', en: 'Started again: {done} of {total}.' },
  saidRetriedHow: {
    ru: 'Дошли ли они, покажут сами доставки: остановленные снова стоят в «Причинах».',
    en: 'Whether they arrived the deliveries themselves show: what stopped again stands in Causes.',
  },
  saidPreviewed: { ru: 'Ждёт согласия.', en: 'Awaits a yes.' },
  outcomes: { ru: 'Какие доставки', en: 'Which deliveries' },
  notDone: { ru: 'Не вышло у этих', en: 'These failed' },
  ofThese: { ru: 'Эти доставки', en: 'These deliveries' },
  people: { ru: 'у {n}', en: 'of {n}' },
  span: { ru: 'созданы с {from} по {to}', en: 'made from {from} to {to}' },
  madeAt: { ru: 'создана {from}', en: 'made {from}' },
  examples: { ru: 'Например', en: 'For example' },
  nothing: { ru: 'Таких доставок нет', en: 'There are no such deliveries' },
  nothingWhy: {
    ru: 'Либо их уже сделали, либо они в состоянии, где этого делать нельзя.',
    en: 'They were done already, or stand where this cannot be done.',
  },
  pace: { ru: 'Не быстрее, в минуту', en: 'At most, per minute' },
  slower: { ru: 'Не всё сразу', en: 'Not all at once' },
  setPace: { ru: 'Пересчитать', en: 'Preview again' },
  paceUnset: {
    ru: 'Нажмите «Пересчитать»: этот предел ещё не учтён.',
    en: 'Preview again: this limit does not hold yet.',
  },
  paceSet: { ru: 'Не быстрее {n} в минуту.', en: 'No more than {n} a minute.' },
  paceNone: { ru: 'как можно быстрее', en: 'as fast as it goes' },
  evenUnknown: {
    ru: 'И те, чей исход неизвестен (у цели уже может быть запись)',
    en: 'Also those of unknown outcome (the target may have the record)',
  },
  fixed: {
    ru: 'Строки зафиксированы: что появится после, не тронем. Предпросмотр действует до {time}.',
    en: 'The rows are fixed: what comes later is not touched. This preview holds until {time}.',
  },
  back: { ru: 'Назад', en: 'Back' },
  ids: { ru: 'номера {ids}', en: 'numbers {ids}' },
} as const;

/** What is about to be done to how many. */
export const doTo = {
  retry: {
    ru: {
      one: 'Повторить {n} доставку',
      few: 'Повторить {n} доставки',
      many: 'Повторить {n} доставок',
      other: 'Повторить {n} доставки',
    },
    en: { one: 'Retry {n} delivery', other: 'Retry {n} deliveries' },
  },
  cancel: {
    ru: {
      one: 'Отменить {n} доставку',
      few: 'Отменить {n} доставки',
      many: 'Отменить {n} доставок',
      other: 'Отменить {n} доставки',
    },
    en: { one: 'Cancel {n} delivery', other: 'Cancel {n} deliveries' },
  },
  remap: {
    ru: {
      one: 'Переделать {n} запись',
      few: 'Переделать {n} записи',
      many: 'Переделать {n} записей',
      other: 'Переделать {n} записи',
    },
    en: { one: 'Map {n} delivery again', other: 'Map {n} deliveries again' },
  },
  replay: {
    ru: {
      one: 'Повторить новой {n} доставку',
      few: 'Повторить новыми {n} доставки',
      many: 'Повторить новыми {n} доставок',
      other: 'Повторить новыми {n} доставки',
    },
    en: { one: 'Repeat {n} delivery by a new one', other: 'Repeat {n} deliveries by new ones' },
  },
} as const satisfies Readonly<Record<string, Noun>>;
