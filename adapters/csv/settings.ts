import { array, boolean, mixed, number, object, string } from 'yup';
import type { InferType } from 'yup';
import type { Text } from '../../src/adapter.ts';
import { parseDuration } from '../../src/toolkit.ts';
import { isCellForm } from './cell-form.ts';
import { encodings } from './charset.ts';
import { sftpSettings } from './sftp/settings.ts';
import { isPlaceholder, placeholders, staysInFolder } from './file-name.ts';
import { isNamedFile } from './named-file.ts';
import type { CellValue } from './cells.ts';
import type { NamedFile } from './named-file.ts';

export type CsvRecord = Readonly<Record<string, CellValue | NamedFile>>;

const say = (ru: string, en: string) => (): Text => ({ ru, en });

const batchSettings = object({
  rows: number().integer().min(1).max(100_000).default(1000).meta({
    ru: 'Столько строк — и файл готов.',
    en: 'So many rows, and the file is ready.',
  }),
  size: number().integer().min(1).max(100_000_000).default(10_000_000).meta({
    ru: 'Столько байтов — и файл готов.',
    en: 'So many bytes, and the file is ready.',
  }),
  age: string()
    .default('1h')
    .test(
      'duration',
      say('age: нужна длительность: 30s, 5m, 1h', 'age: a duration is needed: 30s, 5m, 1h'),
      (value) => value === undefined || (parseDuration(value) ?? 0) > 0,
    )
    .meta({
      ru: 'Столько времени после первой строки — и файл готов.',
      en: 'So long after its first row the file is ready.',
    }),
})
  .noUnknown()
  .meta({
    ru: 'При mode: batch: что делает файл готовым, смотря что наступит раньше.',
    en: 'With mode: batch: what makes a file ready, whichever comes first.',
  });

/** `targets.*.settings` of a CSV drop folder. */
export const csvSettings = object({
  folder: string().required().meta({
    ru: 'Папка, от connector.yaml. Без create: true она должна быть.',
    en: 'The folder, relative to connector.yaml. It has to exist, unless create: true.',
  }),
  sftp: sftpSettings.default(undefined).optional().meta({
    ru: 'Сервер SFTP; folder — папка на нём, mode — file.',
    en: 'An SFTP server; folder is a folder there, mode is file.',
  }),
  create: boolean()
    .default(false)
    .meta({
      ru: 'Создать папку, если её нет; папка над ней должна быть. Не для общих ресурсов: отключённый не отличить от пустого.',
      en:
        'Makes the folder when it is missing; its parent has to exist. Not for shares: one that is not mounted ' +
        'looks empty.',
    }),
  name: string()
    .test(
      'folder',
      say(
        'name: имя файла остаётся в папке: без / \\ < > : " | ? *, не начинается с точки и не кончается точкой или пробелом',
        'name: a file name stays in its folder: without / \\ < > : " | ? *, it begins with no dot and ends ' +
          'with no dot or space',
      ),
      (value) => value === undefined || (value !== '' && staysInFolder(value)),
    )
    .test(
      'placeholders',
      say(`name: известны {${placeholders.join('}, {')}}`, `name: the placeholders are {${placeholders.join('}, {')}}`),
      (value) =>
        value === undefined || [...value.matchAll(/\{([^}]*)\}/g)].every(([, name = '']) => isPlaceholder(name)),
    )
    .meta({
      ru: 'Имя файла; можно {date}, {target}, {id}, {key}, {row.Колонка}, а при mode: file и {number}. По умолчанию {date}.csv, при mode: file — {date}-{id}.csv.',
      en:
        'The file name, with {date}, {target}, {id}, {key}, {row.Column}, and {number} with mode: file. By ' +
        'default {date}.csv, with mode: file {date}-{id}.csv.',
    }),
  delimiter: string()
    .oneOf([';', ',', '\t', '|'])
    .default(';')
    .meta({ ru: 'Разделитель колонок.', en: 'What stands between columns.' }),
  encoding: string().oneOf(encodings).default('utf-8-bom').meta({
    ru: 'Кодировка: utf-8-bom открывается в Excel двойным щелчком, остальные — для старых программ.',
    en: 'The encoding: utf-8-bom opens right in Excel by a double click, the others are for older programs.',
  }),
  unmappable: string()
    .oneOf(['reject', 'replace'] as const)
    .default('reject')
    .meta({
      ru: 'Если знака нет в кодировке: reject — запись отклоняется, replace — вместо него replacement.',
      en: 'What becomes of a character that the encoding lacks: reject the record, or put the replacement instead.',
    }),
  replacement: string()
    .default('?')
    .matches(/^[ !#-~]*$/, {
      excludeEmptyString: true,
      message: say(
        'replacement: знаки ASCII без кавычек и управляющих',
        'replacement: characters of ASCII, no quotes and no controls',
      ),
    })
    .meta({
      ru: 'Что встаёт вместо знака, которого нет в кодировке (unmappable: replace).',
      en: 'What stands for a character that the encoding lacks (unmappable: replace).',
    }),
  header: boolean()
    .default(true)
    .meta({ ru: 'Строка заголовка с именами колонок.', en: 'A header line with the names of the columns.' }),
  columns: array(string().required())
    .min(1)
    .test(
      'unique',
      say('columns: одна колонка названа дважды', 'columns: a column is named twice'),
      (value) => value === undefined || new Set(value).size === value.length,
    )
    .meta({
      ru: 'Колонки и их порядок; без этого их задаёт первая запись файла.',
      en: 'Columns and their order; without it the first record of a file fixes them.',
    }),
  formats: mixed<Readonly<Record<string, string>>>()
    .default({})
    .test(
      'forms',
      say(
        'formats: набор «колонка: вид»; вид — дата из dd, mm, yyyy и знаков . / - (dd.mm.yyyy) или число 0,00 0.00 0,#',
        'formats: a set of `column: form`; a form is a date of dd, mm, yyyy and . / - (dd.mm.yyyy), or a number ' +
          '0,00 0.00 0,#',
      ),
      (value) =>
        typeof value === 'object' &&
        !Array.isArray(value) &&
        Object.values(value).every((form) => typeof form === 'string' && isCellForm(form)),
    )
    .meta({
      ru: 'Вид дат и чисел по колонкам: { «Дата приёма»: dd.mm.yyyy, Оклад: "0,00" }.',
      en: 'How dates and numbers of a column look: { "Start": dd.mm.yyyy, Salary: "0,00" }.',
    }),
  formulas: string()
    .oneOf(['defuse', 'keep'] as const)
    .default('defuse')
    .meta({
      ru: 'Значения, которые Excel принял бы за формулу: defuse — обезвредить, keep — оставить.',
      en: 'Values that Excel would take for formulas: defuse them, or keep them.',
    }),
  mode: string()
    .oneOf(['append', 'file', 'batch'] as const)
    .default('append')
    .meta({
      ru: 'append: один файл растёт целыми строками; file: каждая доставка — свой файл; batch: строки копятся, пока файл не готов. Файлы file и batch появляются целиком.',
      en:
        'append: one file grows by whole lines; file: each delivery is a file of its own; batch: rows gather until ' +
        'a file is ready. Files of file and batch appear whole.',
    }),
  batch: batchSettings,
  ready: string()
    .matches(/^\.[A-Za-z0-9_-]{1,20}$/, {
      message: say('ready: точка и латинские буквы, например .ready', 'ready: a dot and letters, for example .ready'),
    })
    .meta({
      ru: 'Пустой файл с этим окончанием встаёт рядом, когда файл готов (при mode: file): hire-7.csv.ready.',
      en: 'An empty file with this ending stands beside one that is ready (with mode: file): hire-7.csv.ready.',
    }),
  checksum: string()
    .oneOf(['md5', 'sha256'] as const)
    .meta({
      ru: 'Рядом встаёт файл с контрольной суммой (при mode: file): hire-7.csv.sha256.',
      en: 'A file with the checksum stands beside it (with mode: file): hire-7.csv.sha256.',
    }),
})
  .noUnknown()
  .meta({ ru: 'Папка с файлами CSV.', en: 'A drop folder of CSV files.' })
  .required()
  .test(
    'order',
    say(
      'columns: без строки заголовка (header: false) порядок колонок задаёт columns',
      'columns: without a header line (header: false) the columns have to be listed',
    ),
    (value) => value.header || value.columns !== undefined,
  )
  .test(
    'own-name',
    say(
      'name: при mode: file имя должно содержать {id}, {key}, {number} или {row.Колонка}, чтобы у каждой записи был свой файл',
      'name: with mode: file the name needs {id}, {key}, {number} or {row.Column}, so that each record has a file of ' +
        'its own',
    ),
    (value) => value.mode !== 'file' || value.name === undefined || /\{(?:id|key|number|row\.[^}]+)\}/.test(value.name),
  )
  .test(
    'sftp',
    say(
      'sftp: по SFTP файлы отдаются целиком: поставьте mode: file',
      'sftp: files are sent whole by SFTP: put mode: file',
    ),
    ({ mode, sftp }) => sftp === undefined || mode === 'file',
  )
  .test(
    'gathered',
    say(
      'name: при mode: batch у строк одно имя на файл: без {id} и {key}',
      'name: with mode: batch rows share the name of a file: no {id}, no {key}',
    ),
    ({ mode, name = '' }) => mode !== 'batch' || !/\{(?:id|key)\}/.test(name),
  )
  .test(
    'whole-files',
    say(
      '{number}, ready и checksum — для файлов, которые появляются целиком: поставьте mode: file или batch',
      '{number}, ready and checksum are for files that appear whole: put mode: file or batch',
    ),
    ({ mode, name = '', ready, checksum }) =>
      mode !== 'append' || (!/\{number\}/.test(name) && ready === undefined && checksum === undefined),
  );

export type CsvSettings = InferType<typeof csvSettings>;

/** Column → value. */
export const csvRecord = mixed<CsvRecord>()
  .required()
  .test('flat', (value, context) => {
    if (typeof value !== 'object' || Array.isArray(value) || Object.keys(value).length === 0) {
      return context.createError({
        message: say('запись CSV: нужен набор «колонка: значение»', 'a CSV record is a set of `column: value`'),
      });
    }
    const nested = Object.entries(value).find(
      ([, cell]) => typeof cell === 'object' && cell !== null && !isNamedFile(cell),
    );
    if (nested === undefined) return true;
    const [column] = nested;
    return context.createError({
      path: `${context.path}["${column.replace(/["\\]/g, '\\$&')}"]`,
      message: say(
        `колонка «${column}»: одно значение или { file, name }, не список и не набор полей`,
        `column "${column}": one value or { file, name }, not a list or a set of fields`,
      ),
    });
  });
