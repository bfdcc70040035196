import { array, mixed, object, string } from 'yup';
import { addresses } from './address.ts';
import type { InferType } from 'yup';
import type { Text } from '../../src/adapter.ts';

const say = (ru: string, en: string) => (): Text => ({ ru, en });

const attachment = object({
  name: string().required().meta({ ru: 'Имя файла в письме.', en: 'The name of the file in the letter.' }),
  content: string()
    .nullable()
    .meta({ ru: 'Содержимое текстом, например .ics.', en: 'The content as text, e.g. an .ics.' }),
  file: mixed<string | number>(
    (value): value is string | number => typeof value === 'string' || typeof value === 'number',
  )
    .nullable()
    .meta({
      ru: 'Файл из Хантфлоу: адрес из вебхука или номер.',
      en: "A file of Huntflow's: its address in the webhook, or its id.",
    }),
  type: string()
    .matches(/^[\w.+-]+\/[\w.+-]+(?:;[ \w=".-]*)*$/, {
      message: say(
        'attachments: type бывает вида text/calendar; method=REQUEST',
        'attachments: type is like text/calendar; method=REQUEST',
      ),
    })
    .default('text/plain')
    .meta({ ru: 'Тип MIME; файл из Хантфлоу узнаётся по содержимому.', en: "The MIME type; a file's own is read." }),
})
  .noUnknown()
  .test(
    'one',
    say('attachments: нужно одно из двух, content или file', 'attachments: either content or file is needed'),
    ({ content, file }) => ((content ?? undefined) !== undefined) !== ((file ?? undefined) !== undefined),
  );

/** What the adapter `mail` takes: one letter. At least one of `text` and `html`. */
export const mailRecord = object({
  to: addresses('to').required().meta({ ru: 'Кому.', en: 'To whom.' }),
  cc: addresses('cc').nullable().meta({ ru: 'Копия.', en: 'Copies.' }),
  subject: string().required().meta({ ru: 'Тема.', en: 'The subject.' }),
  text: string().nullable().meta({ ru: 'Текст письма.', en: 'The letter as text.' }),
  html: string().nullable().meta({
    ru: 'Письмо как HTML; значения из вебхука экранируйте функцией $html.',
    en: 'The letter as HTML; values of the webhook are escaped with $html.',
  }),
  attachments: array(attachment.required()).nullable().meta({ ru: 'Вложения.', en: 'Attachments.' }),
})
  .noUnknown()
  .required()
  .test(
    'body',
    say('нужен text или html', 'text or html is needed'),
    ({ text, html }) => Boolean(text) || Boolean(html),
  );

export type MailRecord = InferType<typeof mailRecord>;
