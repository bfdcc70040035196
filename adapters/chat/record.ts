import { mixed, object, string } from 'yup';
import type { Schema } from 'yup';
import type { Text } from '../../src/adapter.ts';

/** Whom a chat can reach: its own id of a person or a room, or an e-mail address that the chat looks up. */
export type Recipient = string | number | { readonly email: string };

/** A recipient as a record has it: formulas that found nobody leave null. */
export type Addressed = Recipient | { readonly email: null } | null;

/** One recipient; several, of whom the first that can be reached gets it; or several who all get it. */
export type Recipients = NonNullable<Addressed> | readonly Addressed[] | { readonly all: readonly Addressed[] };

/** What every chat takes. All of it is plain text: what comes from outside is escaped for the chat in use. */
export interface ChatRecord {
  readonly to: Recipients;
  readonly text: string;
  /** A file of Huntflow's by its address or id, where the chat takes files. */
  readonly file?: { readonly file: string | number; readonly name?: string | null | undefined } | null | undefined;
  readonly link?: { readonly text?: string | null | undefined; readonly url: string } | null | undefined;
}

const say = (ru: string, en: string) => (): Text => ({ ru, en });

const isId = (value: unknown): boolean =>
  (typeof value === 'string' && value.trim() !== '') || (typeof value === 'number' && Number.isSafeInteger(value));

const isEmail = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length === 1 &&
  'email' in value &&
  (value.email === null || (typeof value.email === 'string' && value.email.includes('@')));

/** Formulas that found nobody leave a hole in a list, and the next one is asked. */
const isRecipient = (value: unknown): boolean => value === null || isId(value) || isEmail(value);

const isList = (value: unknown): boolean => Array.isArray(value) && value.length > 0 && value.every(isRecipient);

function isRecipients(value: unknown): boolean {
  if (typeof value === 'object' && value !== null && 'all' in value)
    return Object.keys(value).length === 1 && isList(value.all);
  return isList(value) || (value !== null && isRecipient(value));
}

const recipients = mixed<Recipients>()
  .required()
  .test(
    'recipients',
    say(
      'to: нужен id собеседника или чата, { email }, их список (по порядку, до первого достижимого) или { all: [...] }',
      'to: the id of a person or chat is needed, { email }, a list of them (in order, until one is reached), ' +
        'or { all: [...] }',
    ),
    isRecipients,
  )
  .meta({
    ru: 'Кому: id, { email }, список (до первого достижимого) или { all: [...] } (всем).',
    en: 'To whom: an id, { email }, a list (until one is reached) or { all: [...] } (to everybody).',
  });

const link = object({
  text: string()
    .nullable()
    .meta({ ru: 'Подпись ссылки; без неё виден адрес.', en: 'What is shown for the link; its address without one.' }),
  url: string()
    .required()
    .test(
      'address',
      say('link.url: нужен адрес http:// или https://', 'link.url: an http:// or https:// address is needed'),
      (value) => /^https?:\/\/[^\s]+$/i.test(value) && URL.canParse(value),
    )
    .meta({ ru: 'Адрес http или https.', en: 'An http or https address.' }),
})
  .noUnknown()
  .nullable()
  .default(undefined)
  .meta({ ru: 'Ссылка под текстом.', en: 'A link below the text.' });

const file = object({
  file: mixed<string | number>((value): value is string | number => isId(value))
    .required()
    .meta({ ru: 'Адрес файла из вебхука или его номер.', en: 'The address of a file in the webhook, or its id.' }),
  name: string().nullable().meta({ ru: 'Имя файла.', en: 'The name of the file.' }),
})
  .noUnknown()
  .nullable()
  .default(undefined)
  .meta({
    ru: 'Файл из Хантфлоу (Telegram, Slack, Mattermost): attachments.hosts в connector.yaml.',
    en: "A file of Huntflow's (Telegram, Slack, Mattermost): attachments.hosts in connector.yaml.",
  });

/** yup schema of {@link ChatRecord}. */
export const chatRecord: Schema<ChatRecord> = object({
  to: recipients,
  text: string().required().meta({
    ru: 'Текст как он есть: разметка не действует, длинный обрезается по слову.',
    en: 'Plain text: markup does nothing, a long one is cut at a word.',
  }),
  link,
  file,
})
  .noUnknown()
  .required();
