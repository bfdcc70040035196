export const overviewWords = {
  oldest: { ru: 'Самая старая ждёт {span}.', en: 'The oldest has waited {span}.' },
  resting: { ru: 'Не отвечает: {names}.', en: 'Not answering: {names}.' },
  paused: { ru: 'На паузе: {names}.', en: 'Paused: {names}.' },
  road: { ru: 'Дорога сейчас', en: 'Right now' },
  intake: { ru: 'Huntflow', en: 'Huntflow' },
  lastWebhook: { ru: 'последний вебхук', en: 'last webhook' },
  ago: { ru: '{span} назад', en: '{span} ago' },
  noWebhook: { ru: 'вебхуков не было', en: 'no webhook yet' },
  waits: {
    ru: { one: 'ждёт', few: 'ждут', many: 'ждут', other: 'ждут' },
    en: { one: 'waiting', other: 'waiting' },
  },
  dead: {
    ru: { one: 'остановлена', few: 'остановлены', many: 'остановлено', other: 'остановлены' },
    en: { one: 'dead', other: 'dead' },
  },
  blocked: {
    ru: {
      one: 'ждёт за остановленной',
      few: 'ждут за остановленными',
      many: 'ждут за остановленными',
      other: 'ждут за остановленными',
    },
    en: { one: 'blocked behind it', other: 'blocked behind them' },
  },
  attention: {
    ru: { one: 'дошла, посмотреть', few: 'дошли, посмотреть', many: 'дошли, посмотреть', other: 'дошли, посмотреть' },
    en: { one: 'to look at', other: 'to look at' },
  },
  minutes: { ru: 'За последний час', en: 'The last hour' },
  minutesName: {
    ru: 'Событий принято и доставок сделано по минутам',
    en: 'Events received and deliveries made by the minute',
  },
  received: { ru: 'принято', en: 'received' },
  delivered: { ru: 'доставлено', en: 'delivered' },
  minute: { ru: 'минута', en: 'minute' },
  asTable: { ru: 'Таблицей', en: 'As a table' },
  nextTry: { ru: 'попробует в {time}', en: 'tries at {time}' },
  owed: { ru: 'ждут: {n} ·', en: '{n} waiting ·' },
} as const;
