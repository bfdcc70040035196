export const alarmsWords = {
  lead: {
    ru: 'О чём служба сообщает людям сама: один раз на причину, потом напоминает.',
    en: 'What the service tells people by itself: once per cause, then it reminds.',
  },
  cause: { ru: 'Показать эти доставки', en: 'Show these deliveries' },
  none: { ru: 'Тревог нет', en: 'No alarms' },
  noneWhy: {
    ru: 'Куда их слать, говорит раздел alarms в connector.yaml.',
    en: 'Where they go is said by alarms in connector.yaml.',
  },
  state: { ru: 'Состояние', en: 'State' },
  what: { ru: 'О чём', en: 'What' },
  since: { ru: 'Началась', en: 'Since' },
  ended: { ru: 'Кончилась', en: 'Until' },
  open: { ru: 'идёт', en: 'open' },
  over: { ru: 'кончилась', en: 'over' },
} as const;
