/** A noun with its number, as `Intl.PluralRules` asks for it: Russian has four forms, English two. */
export interface Noun {
  readonly ru: Readonly<Record<'one' | 'few' | 'many' | 'other', string>>;
  readonly en: Readonly<Record<'one' | 'other', string>>;
}

/** What page, commands and alarms count, in the same words. Spans of time stand in the accusative: «стоит 1 минуту». */
export const nouns = {
  deliveries: {
    ru: { one: 'доставка', few: 'доставки', many: 'доставок', other: 'доставки' },
    en: { one: 'delivery', other: 'deliveries' },
  },
  people: {
    ru: { one: 'человек', few: 'человека', many: 'человек', other: 'человека' },
    en: { one: 'person', other: 'people' },
  },
  events: {
    ru: { one: 'событие', few: 'события', many: 'событий', other: 'события' },
    en: { one: 'event', other: 'events' },
  },
  standing: {
    ru: { one: 'приём стоит', few: 'приёма стоят', many: 'приёмов стоят', other: 'приёма стоят' },
    en: { one: 'hire stands', other: 'hires stand' },
  },
  standingDeliveries: {
    ru: { one: 'доставка стоит', few: 'доставки стоят', many: 'доставок стоят', other: 'доставки стоят' },
    en: { one: 'delivery stands', other: 'deliveries stand' },
  },
  waits: {
    ru: { one: 'доставка ждёт', few: 'доставки ждут', many: 'доставок ждут', other: 'доставки ждут' },
    en: { one: 'delivery waits', other: 'deliveries wait' },
  },
  waitingDeliveries: {
    ru: {
      one: 'доставка ждёт решения',
      few: 'доставки ждут решения',
      many: 'доставок ждут решения',
      other: 'доставки ждут решения',
    },
    en: { one: 'delivery must be seen to', other: 'deliveries must be seen to' },
  },
  keys: { ru: { one: 'ключ', few: 'ключа', many: 'ключей', other: 'ключа' }, en: { one: 'key', other: 'keys' } },
  failures: {
    ru: { one: 'неудача', few: 'неудачи', many: 'неудач', other: 'неудачи' },
    en: { one: 'failure', other: 'failures' },
  },
  times: { ru: { one: 'раз', few: 'раза', many: 'раз', other: 'раза' }, en: { one: 'time', other: 'times' } },
  minutes: {
    ru: { one: 'минуту', few: 'минуты', many: 'минут', other: 'минуты' },
    en: { one: 'minute', other: 'minutes' },
  },
  hours: { ru: { one: 'час', few: 'часа', many: 'часов', other: 'часа' }, en: { one: 'hour', other: 'hours' } },
  days: { ru: { one: 'день', few: 'дня', many: 'дней', other: 'дня' }, en: { one: 'day', other: 'days' } },
} as const satisfies Readonly<Record<string, Noun>>;

export type NounName = keyof typeof nouns;
