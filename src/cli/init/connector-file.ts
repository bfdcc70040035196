import type { Answers } from './answers.ts';
import { isId } from './own-copy.ts';
import { starters } from './starter.ts';

/** connector.yaml of a new folder. `schema`: where the editor finds completion, or undefined. */
export function connectorFile(answers: Answers, schema: string | undefined): string {
  const { port, zone, targets, language } = answers;
  const say = (ru: string, en: string) => (language === 'ru' ? ru : en);
  // A stage given by its id is a number, and breaks no mapping when it is renamed.
  const stage = isId(answers.stage) ? answers.stage : JSON.stringify(answers.stage);
  return [
    ...(schema === undefined ? [] : [`# yaml-language-server: $schema=${schema}`]),
    say(
      '# Настройки huntflow-connector. Пути — от этого файла; ${ИМЯ} берётся из окружения и из .env рядом.',
      '# Settings of huntflow-connector. Paths are relative to this file; ${NAME} comes from the environment ' +
        'and from .env beside it.',
    ),
    say('# После изменений: huntflow-connector check', '# After a change: huntflow-connector check'),
    '',
    `server: { host: 127.0.0.1, port: ${port} }   # ${say('сюда Huntflow шлёт вебхуки, через прокси с TLS: POST /webhooks/huntflow', 'Huntflow sends webhooks here, through a proxy with TLS: POST /webhooks/huntflow')}`,
    `console: { host: 127.0.0.1, port: ${port + 1} }   # ${say('страница дежурных (/console/), состояние и метрики', "the operators' page (/console/), health and metrics")}`,
    'database: { url: "${DATABASE_URL:-sqlite:./var/connector.db}" }',
    `zone: ${zone}`,
    'mappings: ./mappings',
    `privacy: { keyFile: ./connector.key }   # ${say('ключ шифрует всё, что хранится о людях', 'the key seals whatever is kept about people')}`,
    `retention: { delivered: 90d, skipped: 30d, dead: never, attachments: 30d }   # ${say('сколько хранить; dead — то, что ждёт человека', 'how long things are kept; dead is what waits for a person')}`,
    '',
    'stages:',
    `  hired: [ ${stage} ]   # ${say('этап, на котором человека берут; надёжнее номер: huntflow-connector stages. Меняя его, поменяйте и в mappings/fixtures и в hiredStages', 'the stage at which somebody is hired; its id is safer: huntflow-connector stages. Changing it, change mappings/fixtures and hiredStages too')}`,
    '',
    'sources:',
    '  huntflow: { secrets: [ "${HUNTFLOW_SECRET}" ] }   # .env',
    '',
    `targets:${targets.length === 0 ? ' {}' : ''}`,
    ...targets.map(
      (kind) => `  ${starters[kind].target}: { adapter: ${kind}, settings: ${starters[kind].settings(answers)} }`,
    ),
    '',
  ].join('\n');
}
