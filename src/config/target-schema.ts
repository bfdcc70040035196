import { array, mixed, number, object, string } from 'yup';
import { statuses, success } from './answers.ts';
import { duration } from './duration.ts';

/** A destination, as written. */
export const targetSchema = object({
  adapter: string()
    .required()
    .meta({
      ru: 'Чем доставлять: имя готового адаптера или путь к файлу со своим классом, например ./my-adapters/sap.ts.',
      en:
        'What delivers: the name of a shipped adapter, or the path of a file with a class of your own, e.g. ' +
        './my-adapters/sap.ts.',
    }),
  settings: mixed().default({}).meta({ ru: 'Настройки адаптера.', en: 'Settings of the adapter.' }),
  concurrency: number()
    .integer()
    .min(1)
    .max(1000)
    .meta({ ru: 'Сколько доставок идёт одновременно.', en: 'Deliveries at a time.' }),
  rate: number().moreThan(0).meta({
    ru: 'Не больше стольких доставок в секунду (по умолчанию без ограничения).',
    en: 'Deliveries a second at most (default: no limit).',
  }),
  timeout: duration().meta({ ru: 'Предел времени одного запроса HTTP.', en: 'How long one HTTP request may take.' }),
  order: string()
    .oneOf(['strict', 'none'] as const)
    .meta({
      ru: 'strict: доставки одного ключа идут по одной, в порядке поступления; none: никто никого не ждёт и не задерживает.',
      en:
        'strict: deliveries of one key go one at a time, in the order received; none: neither waits nor holds ' +
        'others up.',
    }),
  unknown: string()
    .oneOf(['look', 'retry', 'dead'] as const)
    .meta({
      ru: 'Что делать, когда ответ потерян: look — проверить у цели и повторить (1С, CSV), retry — повторить, dead — пусть решит человек.',
      en:
        'What follows a lost answer: look asks the target before sending again (1C, CSV), retry sends again, ' +
        'dead leaves it to a person.',
    }),
  retry: object({
    schedule: array(duration().required()).min(1).meta({
      ru: 'Паузы между попытками; последняя повторяется.',
      en: 'The waits between attempts; the last one repeats.',
    }),
    giveUp: duration().meta({
      ru: 'Через сколько сдаться: доставка ждёт решения человека.',
      en: 'When to give up: the delivery becomes a dead letter then.',
    }),
    attempts: number().integer().min(1).meta({
      ru: 'После стольких неудачных попыток сдаться, сколько бы времени ни прошло.',
      en: 'Give up after so many failed attempts, however little time has passed.',
    }),
    statuses: statuses(),
  })
    .noUnknown()
    .meta({ ru: 'Как повторять неудавшиеся доставки.', en: 'How failed deliveries are tried again.' }),
  success: success(),
  breaker: object({
    after: number().integer().min(1).meta({
      ru: 'После стольких неудач подряд цель отдыхает.',
      en: 'After so many failures in a row the target rests.',
    }),
    rest: duration().meta({
      ru: 'Первый отдых; каждый следующий вдвое дольше.',
      en: 'The first rest; each further one is twice as long.',
    }),
    restMax: duration().meta({ ru: 'Самый долгий отдых.', en: 'The longest rest.' }),
  })
    .noUnknown()
    .meta({ ru: 'Отдых цели, которая не отвечает.', en: 'The rest of a target that cannot be reached.' }),
}).noUnknown();
