import type { Text } from '../../text.ts';
import type { Answers, Kind } from './answers.ts';

/** How a folder begins with one kind of target. */
export interface Starter {
  /** What a person chooses it by. */
  readonly label: Text;
  /** Its name in connector.yaml; shipped mappings send there. */
  readonly target: string;
  /** Its settings as YAML in one line. */
  readonly settings: (answers: Answers) => string;
  /** Variables that the settings name, to be filled in in `.env`. */
  readonly variables: readonly string[];
  /** Shipped mapping files, from the package's `mappings`; `{language}` is that of the folder. */
  readonly mappings: readonly string[];
}

export const starters: Readonly<Record<Kind, Starter>> = {
  csv: {
    label: { ru: 'файлы CSV для бухгалтерии (Excel, импорт)', en: 'CSV files for payroll (Excel, an import)' },
    target: 'staff-csv',
    settings: () =>
      '{ folder: ./drop, create: true, name: "hires-{date}.csv", delimiter: ";", encoding: windows-1251 }',
    variables: [],
    mappings: ['hire-to-csv.yaml'],
  },
  'onec-odata': {
    label: { ru: '1С:ЗУП через OData', en: '1C:ZUP over OData' },
    target: 'zup',
    settings: ({ onec }) =>
      `{ url: ${JSON.stringify(onec ?? 'https://1c.example/zup/odata/standard.odata')}, user: ` +
      `"\${ONEC_USER}", password: "\${ONEC_PASSWORD}" }`,
    variables: ['ONEC_USER', 'ONEC_PASSWORD'],
    mappings: ['examples/hire-to-1c.yaml', 'examples/hire-withdrawn-to-1c.yaml'],
  },
  rest: {
    label: { ru: 'интранет или другая система с JSON API', en: 'an intranet or another JSON API' },
    target: 'intranet',
    settings: ({ intranet }) =>
      `{ baseUrl: ${JSON.stringify(intranet ?? 'https://intranet.example/api')}, auth: { bearer: ` +
      `"\${INTRANET_TOKEN}" } }`,
    variables: ['INTRANET_TOKEN'],
    mappings: ['examples/hire-to-intranet.yaml'],
  },
  telegram: {
    label: { ru: 'сообщения в Telegram', en: 'messages in Telegram' },
    target: 'telegram',
    settings: () => '{ token: "${TELEGRAM_TOKEN}" }',
    variables: ['TELEGRAM_TOKEN'],
    mappings: ['examples/chats/{language}/hired-to-it.yaml'],
  },
  slack: {
    label: { ru: 'сообщения в Slack', en: 'messages in Slack' },
    target: 'slack',
    settings: () => '{ token: "${SLACK_TOKEN}" }',
    variables: ['SLACK_TOKEN'],
    mappings: ['examples/chats/{language}/hired-to-it.yaml'],
  },
  mattermost: {
    label: { ru: 'сообщения в Mattermost', en: 'messages in Mattermost' },
    target: 'mattermost',
    settings: () => '{ webhook: "${MATTERMOST_WEBHOOK}" }',
    variables: ['MATTERMOST_WEBHOOK'],
    mappings: ['examples/chats/{language}/hired-to-it.yaml'],
  },
  mail: {
    label: { ru: 'письма', en: 'mail' },
    target: 'mail',
    settings: () =>
      '{ host: "${MAIL_HOST}", port: 465, tls: true, user: "${MAIL_USER}", password: "${MAIL_PASSWORD}", ' +
      'from: "${MAIL_FROM}" }',
    variables: ['MAIL_HOST', 'MAIL_USER', 'MAIL_PASSWORD', 'MAIL_FROM'],
    mappings: ['examples/chats/{language}/hired-by-mail.yaml'],
  },
};
