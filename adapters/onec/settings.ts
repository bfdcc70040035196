import { array, boolean, type InferType, number, object, string } from 'yup';
import type { Text } from '../../src/adapter.ts';
import { parseDuration } from '../../src/toolkit.ts';
import { tlsSetting } from '../http/settings.ts';

/** Milliseconds of a text such as `10m`. */
export function milliseconds(text: string): number {
  return parseDuration(text) ?? 0;
}

/** Bytes of a text such as `64mb`. */
export function bytesOf(text: string): number {
  const match = /^(\d{1,6})(kb|mb)$/i.exec(text);
  return match === null ? 0 : Number(match[1]) * (match[2]?.toLowerCase() === 'mb' ? 1024 * 1024 : 1024);
}

const span = () =>
  string()
    .test(
      'duration',
      {
        ru: 'нужна длительность: число и единица ms, s, m, h или d, например 10m',
        en: 'this is a duration: a number and one of ms, s, m, h, d, for example 10m',
      } satisfies Text,
      (text) => text === undefined || milliseconds(text) > 0,
    )
    .meta({
      written: {
        type: 'string',
        pattern: String.raw`^\s*\d+(\.\d+)?\s*(ms|s|m|h|d)\s*$`,
        examples: ['30s', '5m', '24h'],
      },
    });

/** Regular expressions of an installation's own. */
const patterns = (name: string) =>
  array()
    .of(
      string()
        .strict()
        .required()
        .test(
          'regexp',
          {
            ru: `${name}: это не регулярное выражение`,
            en: `${name}: this is not a regular expression`,
          } satisfies Text,
          isPattern,
        ),
    )
    .default([]);

const addressText = {
  ru: 'url: нужен адрес http(s)://…/odata/standard.odata без имени и пароля, без «?» и «#»; имя и пароль пишите в user и password',
  en:
    'url must be an address http(s)://…/odata/standard.odata without user, password, "?" and "#"; user and ' +
    'password have keys of their own',
} satisfies Text;

/** True for an address that may stand in settings. */
export function isPlainAddress(text: string | undefined): boolean {
  if (text === undefined || text === '' || !URL.canParse(text)) return text === undefined;
  const url = new URL(text);
  return (
    (url.protocol === 'http:' || url.protocol === 'https:') &&
    url.username === '' &&
    url.password === '' &&
    url.search === '' &&
    url.hash === ''
  );
}

/** `targets.*.settings` of `adapter: onec-odata`. */
export const settingsSchema = object({
  url: string().strict().required().test('address', addressText, isPlainAddress).meta({
    ru: 'Адрес публикации до /odata/standard.odata включительно.',
    en: 'The address of the publication, up to and including /odata/standard.odata.',
  }),
  user: string().default('').meta({ ru: 'Пользователь 1С.', en: 'The user of 1C.' }),
  password: string().default('').meta({ ru: 'Его пароль.', en: 'The password.' }),
  /** facts/1c.md 1.9 */
  bearer: string()
    .default('')
    .meta({ ru: 'Токен вместо имени и пароля.', en: 'A token instead of user and password.' }),
  tls: tlsSetting(),
  format: string()
    .oneOf(['json', 'atom'] as const)
    .default('json')
    .meta({
      ru: 'Формат обмена; atom — для старых платформ.',
      en: 'The format on the wire; atom is for older platforms.',
    }),
  sessions: boolean().default(false).meta({
    ru: 'Держать сеанс (IBSession), если публикация его даёт.',
    en: 'Reuse IBSession where the publication gives one.',
  }),
  atOnce: number()
    .integer()
    .min(1)
    .max(50)
    .default(4)
    .meta({ ru: 'Сколько запросов идёт одновременно.', en: 'Requests at once.' }),
  marker: string()
    .default('HF {kind} {id} {check}')
    .test(
      'check',
      {
        ru: 'marker: в шаблоне должно быть {check} или {key}, иначе метки разных объектов можно спутать',
        en: 'marker: the template needs {check} or {key}, or markers of different objects could be mixed up',
      } satisfies Text,
      (text) => /\{(check|key)\}/.test(text ?? ''),
    )
    .meta({
      ru: 'Метка в полях marker, по ней объект узнаётся снова; {check} не даёт спутать метки разных объектов. Знаки [ ] _ % убираются: для поиска 1С это шаблон.',
      en:
        'The token in `marker` fields, by which an object is known again; {check} keeps tokens of different ' +
        'objects apart. `[ ] _ %` are left out: to the search of 1C they are a pattern.',
    }),
  /** Regular expressions, any case, looked at before those that are known (facts/1c-zup.md 5). */
  passing: object({
    busy: patterns('passing.busy').meta({
      ru: 'Слова ошибки, которая проходит сама за минуту (блокировка): запись пробуется снова.',
      en: 'Words of an error that passes in a minute (a lock): the record is tried again.',
    }),
    maintenance: patterns('passing.maintenance').meta({
      ru: 'Слова ошибки, пока база закрыта (копия, обновление, лицензии): вся цель отдыхает и пробуется снова.',
      en:
        'Words of an error while the base is closed (backup, update, licences): the whole target rests, then ' +
        'is tried again.',
    }),
    rejected: patterns('passing.rejected').meta({
      ru: 'Слова ошибки, которая сама не пройдёт, хотя похожа на такую.',
      en: 'Words of an error that never passes by itself although it looks like one that does.',
    }),
  })
    .noUnknown()
    .meta({
      ru: 'Свои слова об ошибках 1С с кодом -1 (регулярные выражения, без учёта регистра), в дополнение к известным.',
      en:
        'Words of your own for errors of 1C with code -1 (regular expressions, any case), beside those that ' +
        'are known.',
    }),
  locks: patterns('locks').meta({
    ru: 'То же, что passing.busy: прежнее имя.',
    en: 'The same as passing.busy: its earlier name.',
  }),
  settle: span().default('2m').meta({
    ru: 'Сколько после потерянного ответа 1С может ещё выполнять запрос: до того ничего не создаётся повторно.',
    en: 'How long after a lost answer 1C may still be busy with the request: nothing is created again before.',
  }),
  metadata: object({
    lifetime: span().default('24h').meta({
      ru: 'Сколько годно прочитанное; незнакомое поле заставляет прочитать снова.',
      en: 'How old the copy may be; an unknown field has it read again at once.',
    }),
    wait: span().default('3s').meta({
      ru: 'Сколько доставка ждёт первого чтения, прежде чем отложиться.',
      en: 'How long a delivery waits for the first reading before it is put off.',
    }),
    /** 15 MB of a whole ZUP are reported, 30 MB and more elsewhere (facts/1c-zup.md 6). */
    limit: string()
      .default('64mb')
      .test(
        'size',
        {
          ru: 'нужен размер: число и единица kb или mb, например 64mb',
          en: 'this is a size: a number and kb or mb, for example 64mb',
        } satisfies Text,
        (text) => text === undefined || bytesOf(text) > 0,
      )
      .meta({
        ru: 'Больше этого описание базы не читается.',
        en: 'A description larger than this is not read.',
      }),
    /** 23 s were measured for a whole УТ (facts/1c.md 1.3). */
    timeout: span().default('5m').meta({ ru: 'Предел времени чтения.', en: 'How long reading may take.' }),
  })
    .noUnknown()
    .meta({ ru: 'Описание базы ($metadata).', en: 'The description of the base ($metadata).' }),
  finds: object({
    lifetime: span()
      .default('10m')
      .meta({ ru: 'Сколько помнить найденное.', en: 'How long what was found is remembered.' }),
    limit: number()
      .integer()
      .min(1)
      .default(1000)
      .meta({ ru: 'Сколько находок помнить.', en: 'How many finds are remembered.' }),
  })
    .noUnknown()
    .meta({ ru: 'Память о найденном через find.', en: 'The memory of what `find` found.' }),
})
  .noUnknown()
  .meta({ ru: 'Стандартный интерфейс OData 1С:Предприятия.', en: 'The standard OData interface of 1C:Enterprise.' });

export type Settings = InferType<typeof settingsSchema>;

function isPattern(text: string | undefined): boolean {
  try {
    return new RegExp(text ?? '', 'i').source !== '';
  } catch {
    return false;
  }
}
