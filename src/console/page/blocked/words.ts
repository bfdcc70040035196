export const blockedWords = {
  lead: {
    ru: 'Очереди, где первая доставка остановлена: за ней ждут остальные того же ключа.',
    en: 'Keys whose first delivery is dead: the others of that key wait behind it.',
  },
  none: { ru: 'Никто никого не держит', en: 'Nothing is blocked' },
  noneWhy: { ru: 'За остановленными доставками никто не ждёт.', en: 'Nothing waits behind a dead delivery.' },
  key: { ru: 'Ключ', en: 'Key' },
  target: { ru: 'Цель', en: 'Target' },
  head: { ru: 'Стоит', en: 'At the head' },
  why: { ru: 'Почему', en: 'Why' },
  behind: { ru: 'Ждут за ней', en: 'Behind it' },
  since: { ru: 'Уже', en: 'For' },
  row: { ru: 'Доставка {id} держит {key} для {target}', en: 'Delivery {id} holds back {key} for {target}' },
} as const;
