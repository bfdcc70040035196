import type { Counted } from '../words/speech.ts';

export const overviewWords = {
  flows: { ru: 'Всё идёт: никто не стоит.', en: 'All flows: nobody stands still.' },
  nothingYet: { ru: 'Событий ещё не было.', en: 'No event has come yet.' },
  nothingYetHow: {
    ru: 'Добавьте вебхук в Huntflow на адрес /webhooks/ИСТОЧНИК этой службы или пошлите пробный: huntflow-connector send.',
    en: 'Add a webhook in Huntflow with the address /webhooks/SOURCE of this service, or send a sample: huntflow-connector send.',
  },
  oldest: { ru: 'Самая старая ждёт {span}.', en: 'The oldest has waited {span}.' },
  restFlows: { ru: 'Остальное идёт.', en: 'All else flows.' },
  resting: { ru: 'Не отвечает: {names}.', en: 'Not answering: {names}.' },
  paused: { ru: 'На паузе: {names}.', en: 'Paused: {names}.' },
  road: { ru: 'Дорога сейчас', en: 'The road now' },
  intake: { ru: 'Huntflow', en: 'Huntflow' },
  lastWebhook: { ru: 'последний вебхук', en: 'last webhook' },
  ago: { ru: '{span} назад', en: '{span} ago' },
  noWebhook: { ru: 'вебхуков не было', en: 'no webhook yet' },
  waits: { ru: 'ждёт', en: 'waiting' },
  dead: { ru: 'остановлено', en: 'dead' },
  blocked: { ru: 'заблокировано', en: 'blocked' },
  attention: { ru: 'посмотреть', en: 'to look at' },
  minutes: { ru: 'За последний час', en: 'The last hour' },
  minutesName: {
    ru: 'Событий принято и доставок сделано по минутам',
    en: 'Events received and deliveries made by the minute',
  },
  received: { ru: 'принято', en: 'received' },
  delivered: { ru: 'доставлено', en: 'delivered' },
  minute: { ru: 'минута', en: 'minute' },
  asTable: { ru: 'Таблицей', en: 'As a table' },
  owed: { ru: 'в очереди {n}', en: '{n} waiting' },
} as const;

export const standing = {
  ru: { one: '{n} доставка стоит.', few: '{n} доставки стоят.', many: '{n} доставок стоят.', other: '{n} доставки стоят.' },
  en: { one: '{n} delivery stands still.', other: '{n} deliveries stand still.' },
} as const satisfies Counted;
