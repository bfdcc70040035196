import { randomBytes } from 'node:crypto';
import { languageVariable } from '../../config/process-environment.ts';
import type { Answers } from './answers.ts';
import { starters } from './starter.ts';

/**
 * `.env` of a new folder, with a secret made for it: 43 characters, Huntflow takes up to 64 (facts/huntflow.md 1.2).
 */
export function envFile({ targets, language }: Answers): string {
  const variables = targets.flatMap((kind) => starters[kind].variables);
  return [
    language === 'ru'
      ? '# Секреты. Файл читает только его владелец; в git ему не место. Значения с # и пробелами пишут в кавычках.'
      : '# Secrets. Only the owner reads this file; keep it out of git. Values with # or blanks are written in quotes.',
    language === 'ru'
      ? '# Тот же секрет укажите в Huntflow: Настройки → API → вебхуки.'
      : '# The same secret goes into Huntflow: Settings → API → webhooks.',
    `HUNTFLOW_SECRET=${randomBytes(32).toString('base64url')}`,
    ...variables.map((name) => `${name}=`),
    language === 'ru'
      ? '# На каком языке говорят команды и служба этой папки: ru или en.'
      : '# The language in which commands and the service of this folder speak: ru or en.',
    `${languageVariable}=${language}`,
    '',
  ].join('\n');
}
