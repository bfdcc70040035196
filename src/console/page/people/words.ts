export const peopleWords = {
  lead: {
    ru: 'Дорога одного человека: что пришло из Huntflow и что из этого дошло до каждой цели.',
    en: "One person's history: what came from Huntflow, and what of it reached each target.",
  },
  ask: { ru: 'Фамилия, имя, почта, телефон или номер кандидата', en: 'Name, mail, phone or number of an applicant' },
  find: { ru: 'Найти', en: 'Find' },
  found: {
    ru: {
      one: 'Нашёлся {n} человек',
      few: 'Нашлись {n} человека',
      many: 'Нашлось {n} человек',
      other: 'Нашлось {n} человека',
    },
    en: { one: '{n} person found', other: '{n} people found' },
  },
  nobody: { ru: 'Никого не нашлось', en: 'Nobody was found' },
  nobodyWhy: {
    ru: 'Ищем по началу и частям имени, без различия е и ё. Можно по номеру кандидата из адреса Huntflow.',
    en: 'Names are searched by their parts, with е and ё alike. The number in the address at Huntflow works too.',
  },
  perhaps: { ru: 'С этим номером есть не только кандидаты:', en: 'Not only applicants have such a number:' },
  delivery: { ru: 'доставка {id}', en: 'delivery {id}' },
  event: { ru: 'событие {id}', en: 'event {id}' },
  stopped: {
    ru: {
      one: '{n} доставка стоит',
      few: '{n} доставки стоят',
      many: '{n} доставок стоят',
      other: '{n} доставки стоят',
    },
    en: { one: '{n} delivery is dead', other: '{n} deliveries are dead' },
  },
  waiting: {
    ru: { one: '{n} ждёт', few: '{n} ждут', many: '{n} ждут', other: '{n} ждут' },
    en: { one: '{n} waits', other: '{n} wait' },
  },
  arrived: { ru: 'ничего не стоит', en: 'nothing is stuck' },
  applicant: { ru: 'кандидат {id}', en: 'applicant {id}' },
  merged: { ru: 'объединён с {ids}', en: 'merged with {ids}' },
  timeline: { ru: 'По порядку', en: 'In order' },
  came: { ru: 'Из Huntflow', en: 'From Huntflow' },
  sentTo: { ru: 'В «{target}»', en: 'To "{target}"' },
  deliveryName: { ru: 'доставка {id}', en: 'delivery {id}' },
  eventName: { ru: 'событие {id}', en: 'event {id}' },
  allDeliveries: { ru: 'Доставки списком', en: 'Deliveries as a list' },
  none: { ru: 'Об этом человеке ничего не приходило', en: 'Nothing has come about this person' },
} as const;
