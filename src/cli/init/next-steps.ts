import { join } from 'node:path';
import type { Text } from '../../text.ts';
import type { Answers, Kind } from './answers.ts';
import { typed } from './folder.ts';
import { hiredTo } from './own-copy.ts';
import { starters } from './starter.ts';
import { shellWord } from './typed-command.ts';

/** What is left to a person once the folder is made, in the order in which it is done. */
export function nextSteps(answers: Answers): readonly Text[] {
  const { folder, port } = answers;
  return [
    ...toFillIn(answers),
    { ru: `проверьте: ${typed(folder, 'check')}`, en: `check it: ${typed(folder, 'check')}` },
    ...(answers.targets.includes('onec-odata')
      ? [
          {
            ru: `спросите 1С, подходит ли она (ничего не пишет): ${typed(folder, 'check --live')}`,
            en: `ask 1C whether it fits (writes nothing): ${typed(folder, 'check --live')}`,
          },
        ]
      : []),
    {
      ru: `запустите: ${typed(folder, 'serve')} (или служба: huntflow-connector.service в этой папке)`,
      en: `run it: ${typed(folder, 'serve')} (or as a service: huntflow-connector.service in this folder)`,
    },
    ...(answers.targets.length > 0 ? [trial(answers), look(answers)] : []),
    {
      ru: `в Huntflow, Настройки → API → вебхуки: адрес вашего прокси, который передаёт на порт ${port}, путь /webhooks/huntflow, и секрет из .env`,
      en:
        'in Huntflow, Settings → API → webhooks: the address of your proxy, which passes on to port ' +
        `${port}, path /webhooks/huntflow, and the secret of .env`,
    },
  ];
}

function trial({ folder, targets }: Answers): Text {
  const sample = targets.every(isChat) ? 'hired.json' : 'applicant-status-hired.json';
  const send = typed(folder, `send ${shellWord(join(folder, 'mappings', 'fixtures', sample))}`);
  return {
    ru: `попробуйте, в другом окне: вебхук с выдуманным человеком (${send})`,
    en: `try it, in another window: a webhook with an invented person (${send})`,
  };
}

function isChat(kind: Kind): boolean {
  return starters[kind].mappings.some((mapping) => mapping.startsWith('examples/chats/'));
}

function look({ folder, targets, port }: Answers): Text {
  const list = typed(folder, 'deliveries list');
  const rows = join(folder, 'drop');
  const page = `http://127.0.0.1:${port + 1}/console/`;
  return {
    ru: `посмотрите, что вышло: ${page} в браузере или ${list}${targets.includes('csv') ? `; строка CSV лежит в ${rows}` : ''}`,
    en: `see what came of it: ${page} in a browser, or ${list}${targets.includes('csv') ? `; the CSV row is in ${rows}` : ''}`,
  };
}

function toFillIn({ folder, targets, onec, intranet, organisation }: Answers): readonly Text[] {
  const env = join(folder, '.env');
  const unfilled = targets.flatMap((kind) => starters[kind].variables).join(', ');
  const address = (known: string | undefined, kind: 'onec-odata' | 'rest', key: string): readonly Text[] => {
    const place = `targets.${starters[kind].target}.settings.${key}`;
    return known === undefined && targets.includes(kind)
      ? [
          {
            ru: `впишите адрес в ${join(folder, 'connector.yaml')}: ${place}`,
            en: `write the address into ${join(folder, 'connector.yaml')}: ${place}`,
          },
        ]
      : [];
  };
  return [
    unfilled === ''
      ? {
          ru: `секрет вебхука уже придуман, он в ${env}; вписывать ничего не нужно`,
          en: `the secret of the webhook is made, it is in ${env}; nothing has to be filled in`,
        }
      : {
          ru: `впишите в ${env}: ${unfilled}; секрет вебхука там уже есть`,
          en: `fill in ${unfilled} in ${env}; the secret of the webhook is there`,
        },
    ...address(onec, 'onec-odata', 'url'),
    ...address(intranet, 'rest', 'baseUrl'),
    ...targets
      .filter((kind) => isChat(kind) && kind !== 'mail')
      .map((kind) => `mappings/${hiredTo(starters[kind].target)}.yaml`)
      .map((file) => ({
        ru: `впишите свой канал вместо it-channel в ${file}, в record и в тест`,
        en: `put your own channel for it-channel into ${file}, into record and test`,
      })),
    ...(targets.includes('mail')
      ? [
          {
            ru: 'впишите адрес ИТ-отдела вместо it@example.org в mappings/hired-by-mail.yaml, в record и в тест',
            en: 'put the address of your IT department for it@example.org into mappings/hired-by-mail.yaml, into record and test',
          },
        ]
      : []),
    ...(targets.includes('onec-odata')
      ? [
          {
            ru: `посмотрите with в mappings/hire-to-1c.yaml: organisation — «${organisation}», snils и inn — дополнительные поля вашей анкеты; что меняете, поправьте и в expect теста`,
            en: `look at "with" in mappings/hire-to-1c.yaml: organisation is "${organisation}", snils and inn are fields of your own questionnaire; what you change, change in expect of the test too`,
          },
        ]
      : []),
  ];
}
