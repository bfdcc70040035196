import { boolean, number, object, string } from 'yup';
import { byteSize } from './byte-size.ts';
import { parseDuration } from './duration.ts';

/** How long each kind is kept, milliseconds; Infinity: for ever. */
export interface Retention {
  readonly delivered: number;
  readonly skipped: number;
  readonly dead: number;
  readonly attachments: number;
  /** Attempts of finished deliveries, all but the last. */
  readonly attempts: number;
  /** Rows of events, deliveries and bulks that say what was there, when all that they held is cleared. */
  readonly rows: number;
}

/** What a source may keep at a time of webhooks whose signature is wrong. */
export interface QuarantineBounds {
  readonly max: number;
  readonly maxBytes: number;
}

/** Where the audit is sent to, as CEF in syslog (RFC 5424) over TCP or TLS. */
export interface SiemAddress {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** Absolute path of the authorities that its certificate is checked against; undefined: those that Node knows. */
  readonly ca: string | undefined;
}

/** A duration, or `never` as Infinity. */
function age() {
  return number()
    .transform((_value: unknown, original: unknown) =>
      original === 'never' ? Infinity : typeof original === 'string' ? (parseDuration(original) ?? NaN) : NaN,
    )
    .typeError({ ru: 'нужна длительность вида 90d или never', en: 'a duration such as 90d is needed, or never' })
    .default(Infinity)
    .meta({
      written: {
        type: 'string',
        pattern: String.raw`^\s*(never|\d+(\.\d+)?\s*(ms|s|m|h|d))\s*$`,
        examples: ['never', '30d', '90d', '365d'],
      },
    });
}

/** Without it nothing is deleted. */
export const retention = object({
  delivered: age().meta({
    ru: 'Сколько хранить доставленное и отменённое: тела событий, записи, попытки.',
    en: 'How long what was delivered or cancelled is kept: bodies of events, records, attempts.',
  }),
  skipped: age().meta({
    ru: 'Сколько хранить события, которые никому не понадобились, и карантин.',
    en: 'How long events that no mapping wanted are kept, and the quarantine.',
  }),
  dead: age().meta({
    ru: 'Через сколько отменить и убрать то, что так и не доставлено, и события, которые не читаются.',
    en: 'When dead letters are cancelled and cleared away, and events that nobody can read.',
  }),
  attachments: age().meta({ ru: 'Сколько хранить файлы Хантфлоу.', en: "How long Huntflow's files are kept." }),
  attempts: age().meta({
    ru: 'Сколько хранить попытки доставленного, кроме последней.',
    en: 'How long attempts before the last one are kept of what is done.',
  }),
  rows: age()
    .default(365 * 86_400_000)
    .meta({
      ru: 'Сколько видно в списках то, от чего больше ничего не осталось; без этого ключа — 365d.',
      en: 'How long lists show that of which nothing else is left; 365d unless it is set.',
    }),
})
  .noUnknown()
  .default(undefined)
  .meta({
    ru: 'Сроки хранения; без этого раздела ничего не удаляется.',
    en: 'How long things are kept; without it nothing is ever deleted.',
  });

const boundsNeeded = {
  ru: 'карантин — это набор пределов: «quarantine: { max: 1000, maxBytes: 100mb }»; «quarantine: {}» — то же самое. На неверную подпись тогда отвечается 200, а вебхук хранится отдельно, пока его не примет events verify. Без карантина уберите эту строку',
  en:
    'a quarantine is a set of bounds: `quarantine: { max: 1000, maxBytes: 100mb }`; `quarantine: {}` means the same. ' +
    'A wrong signature is answered 200 then, and the webhook is kept apart until `events verify` takes it in. For no ' +
    'quarantine remove this line',
};

export const quarantine = object({
  max: number().integer().min(1).default(1000).meta({ ru: 'Не больше стольких событий.', en: 'At most so many.' }),
  maxBytes: byteSize()
    .default(100 * 1024 ** 2)
    .meta({ ru: 'Не больше стольких байт.', en: 'At most so many bytes.' }),
})
  .noUnknown()
  .default(undefined)
  .typeError(boundsNeeded)
  .nonNullable(boundsNeeded)
  .meta({
    ru: 'Вебхуки с неверной подписью отвечать 200 и хранить отдельно, пока их не примет events verify.',
    en: 'Answer webhooks with a wrong signature 200 and keep them apart until `events verify` admits them.',
  });

export const audit = object({
  siem: object({
    host: string().required().meta({ ru: 'Сервер.', en: 'The server.' }),
    port: number().integer().min(1).max(65_535).default(6514).meta({ ru: 'Порт.', en: 'The port.' }),
    tls: boolean().default(true).meta({ ru: 'По TLS; false — по TCP.', en: 'Over TLS; false: over plain TCP.' }),
    ca: string().min(1).meta({
      ru: 'Файл PEM с сертификатами, которым верить, от этого файла.',
      en: 'A PEM file of the authorities to trust, from this file.',
    }),
  })
    .noUnknown()
    .default(undefined)
    .meta({
      ru: 'Куда отправлять журнал действий: CEF в syslog (RFC 5424).',
      en: 'Where the audit is sent: CEF in syslog (RFC 5424).',
    }),
})
  .noUnknown()
  .meta({ ru: 'Журнал действий людей.', en: 'The journal of what people did.' });
