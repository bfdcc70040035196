import '../files/schema-words.ts';
import { array, boolean, number, object, string } from 'yup';
import { byteSize } from './byte-size.ts';
import { postgresUrlProblem } from '../database/url.ts';
import { alarmRules } from './alarm-rules.ts';
import { consoleFields } from './console.ts';
import { duration } from './duration.ts';
import { hostAddress } from './host.ts';
import { audit, retention } from './keeping.ts';
import { namedShortly } from './named.ts';
import { sourceSchema } from './source-schema.ts';
import { stages } from './stage-schema.ts';
import { targetSchema } from './target-schema.ts';

const port = () =>
  number().integer().min(0).max(65_535).meta({ ru: 'Порт; 0 — любой свободный.', en: 'Port; 0 for any that is free.' });

const host = () =>
  hostAddress().default('127.0.0.1').meta({
    ru: 'Адрес, на котором слушать; 0.0.0.0 — на всех.',
    en: 'The address to listen on; 0.0.0.0 for all of them.',
  });

const zone = string()
  .default('Europe/Moscow')
  .test({
    name: 'zone',
    message: {
      ru: 'неизвестный часовой пояс: нужно имя вида Europe/Moscow или Asia/Yekaterinburg',
      en: 'unknown time zone: a name such as Europe/Moscow or Asia/Yekaterinburg is needed',
    },
    test: (value) => value === undefined || isZone(value),
  })
  .meta({
    ru: 'Часовой пояс дат в записях и в именах файлов.',
    en: 'The time zone of dates in records and file names.',
    written: {
      type: 'string',
      default: 'Europe/Moscow',
      examples: ['Europe/Moscow', 'Europe/Kaliningrad', 'Asia/Yekaterinburg', 'Asia/Novosibirsk', 'Asia/Vladivostok'],
    },
  });

/** Whether the platform knows a time zone of that name. */
export function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** What stands in braces in `candidateLink`. */
const placeholders: ReadonlySet<string> = new Set(['domain', 'account', 'vacancy', 'applicant']);
const unknownPlaceholder = {
  ru: 'candidateLink: в фигурных скобках может стоять только {domain}, {account}, {vacancy} или {applicant}',
  en: 'candidateLink: only {domain}, {account}, {vacancy} and {applicant} may stand in braces',
};

function hasKnownPlaceholders(link: string | undefined): boolean {
  const [, ...pieces] = (link ?? '').split('{');
  return pieces.every((piece) => piece.includes('}') && placeholders.has(piece.slice(0, piece.indexOf('}'))));
}

/** The whole of connector.yaml; adapter settings are checked by the adapter's own schema afterwards. */
export const configSchema = object({
  server: object({
    host: host(),
    port: port().default(8080),
    bodyLimit: byteSize()
      .default(10 * 1024 ** 2)
      .meta({
        ru: 'Тело крупнее не хранится: событие отвечается 200 и помечается как неудавшееся.',
        en: 'A larger body is not kept: the event is answered 200 and marked as failed.',
      }),
  })
    .noUnknown()
    .meta({
      ru: 'Где принимать вебхуки: POST /webhooks/<источник>.',
      en: 'Where webhooks come in: POST /webhooks/<source>.',
    }),
  console: object({ host: host(), port: port().default(8081), ...consoleFields })
    .noUnknown()
    .meta({
      ru: 'Консоль дежурных: страница, API, состояние и метрики.',
      en: "The operators' console: page, API, health and metrics.",
    }),
  database: object({
    url: string()
      .matches(/^(sqlite:.+|postgres(ql)?:\/\/.+)/, {
        message: {
          ru: 'нужен адрес вида sqlite:../var/connector.db или postgres://пользователь:пароль@сервер/база',
          en: 'an address like sqlite:../var/connector.db or postgres://user:password@host/database is needed',
        },
      })
      .test({
        name: 'postgres',
        test: (value, context) => {
          const message = postgresUrlProblem(value ?? '');
          return message === undefined || context.createError({ message: { ...message } });
        },
      })
      .default('sqlite:../var/connector.db')
      .meta({
        ru: 'sqlite:путь (от этого файла) или postgres://пользователь:пароль@сервер/база.',
        en: 'sqlite:path (from this file) or postgres://user:password@host/database.',
      }),
    spool: string().min(1).meta({
      ru: 'Папка, в которой вебхуки ждут, пока PostgreSQL недоступен; без неё Huntflow получает 503.',
      en: 'A folder where webhooks wait while PostgreSQL is away; without it Huntflow gets 503.',
    }),
  })
    .noUnknown()
    .meta({ ru: 'Где хранятся события и доставки.', en: 'Where events and deliveries are kept.' }),
  retention,
  audit,
  zone,
  mappings: string()
    .default('../mappings')
    .meta({ ru: 'Папка с файлами маппингов, от этого файла.', en: 'The folder of mapping files, from this file.' }),
  candidateLink: string().min(1).test('placeholders', unknownPlaceholder, hasKnownPlaceholders).meta({
    ru: 'Шаблон ссылки для $candidateLink(): {domain}, {account}, {vacancy}, {applicant}.',
    en: 'Template of the link that $candidateLink() makes: {domain}, {account}, {vacancy}, {applicant}.',
  }),
  formulas: object({
    deadline: duration().meta({
      ru: 'Сколько могут считаться формулы одного маппинга для одного события.',
      en: "How long one mapping's formulas may take for one event.",
    }),
  })
    .noUnknown()
    .meta({ ru: 'Предел для формул.', en: 'Limits of formulas.' }),
  attachments: object({
    hosts: array(string().required().lowercase()).default([]).meta({
      ru: 'Серверы, с которых берутся файлы Хантфлоу, имена целиком; пусто: не берутся.',
      en: "Hosts that Huntflow's files are fetched from, by their whole names; none: nothing is fetched.",
    }),
    private: boolean().default(false).meta({
      ru: 'Можно и с адресов внутренней сети.',
      en: 'Addresses of private networks are allowed.',
    }),
    limit: byteSize().meta({ ru: 'Предел одного файла.', en: 'The limit of one file.' }),
  })
    .noUnknown()
    .meta({ ru: 'Файлы, которые называют записи: фото, резюме.', en: 'Files that records name: photos, CVs.' }),
  privacy: object({
    keyFile: string().min(1).meta({
      ru: 'Файл ключей, который создаёт keys new; без него ничего не шифруется.',
      en: 'The file of keys that keys new makes; without it nothing is sealed.',
    }),
    store: string()
      .matches(/^(sqlite:.+|postgres(ql)?:\/\/.+)/, {
        message: {
          ru: 'нужен адрес вида sqlite:../var/people.db или postgres://пользователь:пароль@сервер/другая-база',
          en: 'an address like sqlite:../var/people.db or postgres://user:password@host/another-database is needed',
        },
      })
      .meta({
        ru: 'Где лежат ключи людей, отдельно от данных (для SQLite по умолчанию people.db рядом с базой).',
        en: 'Where the keys of persons lie, apart from the data (for SQLite people.db beside the database by default).',
      }),
  })
    .noUnknown()
    .meta({ ru: 'Шифрование данных о людях.', en: "Sealing of people's data." }),
  log: object({
    level: string().oneOf(['debug', 'info', 'warn', 'error', 'silent']).default('info').meta({
      ru: 'Что писать в журнал: это и всё более важное.',
      en: 'What goes to the log: this and all that is more urgent.',
    }),
  })
    .noUnknown()
    .meta({ ru: 'Журнал.', en: 'The log.' }),
  stages: stages().meta({
    ru: 'Этапы вашей организации по номерам (надёжно) или названиям; маппинг пишет stage: псевдоним. Номера покажет команда stages.',
    en: "Your organisation's stages by id (safe) or name; a mapping says stage: alias. The command stages shows the ids.",
  }),
  sources: namedShortly(sourceSchema).meta({
    ru: 'Кто присылает вебхуки; имя входит в адрес /webhooks/<имя>.',
    en: 'Who may send webhooks; the name is part of the address /webhooks/<name>.',
  }),
  targets: namedShortly(targetSchema).meta({
    ru: 'Куда доставлять записи; маппинг называет цель в to.',
    en: 'Where records go; a mapping names one of them in `to`.',
  }),
  alarms: alarmRules(),
  calendar: string().meta({
    ru: 'Файл с днями: off — нерабочие, working — рабочие субботы и воскресенья; дополняет праздники РФ.',
    en: 'A file of days: off, and working for working weekends; put over the holidays of Russia.',
  }),
}).noUnknown();
