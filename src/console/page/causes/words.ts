export const causesWords = {
  lead: {
    ru: 'Что общего у доставок, которые стоят сейчас. Исправленное уходит отсюда само.',
    en: 'What the deliveries that are stuck now have in common. What is fixed disappears by itself.',
  },
  none: { ru: 'Никто не стоит', en: 'Nobody is stuck' },
  noneWhy: { ru: 'Нет ни одной остановленной или неудачной доставки.', en: 'No delivery is dead or failing.' },
  since: { ru: 'с {time}', en: 'since {time}' },
  last: { ru: 'последняя {time}', en: 'latest {time}' },
  fresh: {
    ru: {
      one: '{n} новая с прошлого раза',
      few: '{n} новые с прошлого раза',
      many: '{n} новых с прошлого раза',
      other: '{n} новые с прошлого раза',
    },
    en: { one: '{n} new since your last visit', other: '{n} new since your last visit' },
  },
  who: { ru: 'Кто исправит', en: 'Who can fix it' },
  what: { ru: 'Что сделать', en: 'What to do' },
  example: { ru: 'Пример', en: 'An example' },
  retry: { ru: 'Повторить эти', en: 'Retry these' },
  remap: { ru: 'Переделать записи', en: 'Map these again' },
  mend: { ru: 'Открыть в мастерской', en: 'Open in the workbench' },
  check: { ru: 'Проверить цель', en: 'Check the target' },
  look: { ru: 'Сначала посмотреть', en: 'Look first' },
  kinds: {
    unavailable: { ru: 'цель недоступна', en: 'the target is unreachable' },
    rejected: { ru: 'цель отказала', en: 'the target refused' },
    'unknown outcome': { ru: 'исход неизвестен', en: 'outcome unknown' },
    'mapping failed': { ru: 'маппинг не сработал', en: 'the mapping failed' },
  },
} as const;
