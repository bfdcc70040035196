import type { Readable, Writable } from 'node:stream';
import { cancel, multiselect, select, text } from '@clack/prompts';
import type { Language } from '../../text.ts';
import { CommandError } from '../terminal.ts';
import { type Answers, type Kind, kinds } from './answers.ts';
import { starters } from './starter.ts';

/** What flags have said already; nobody is asked for it. */
export type Given = { readonly [Key in keyof Answers]?: Answers[Key] | undefined };

/** The terminal; the process's own unless said. */
export interface Streams {
  readonly input?: Readable;
  readonly output?: Writable;
}

/** Asks a person at a terminal for what is not given. Throws CommandError when the person leaves. */
export async function ask(given: Given, defaults: Answers, streams: Streams = {}): Promise<Answers> {
  const language =
    given.language ??
    answered<Language>(
      await select({
        ...streams,
        message: 'Язык · Language (↑ ↓, Enter)',
        showInstructions: false, // they are English, whoever reads
        options: [
          { value: 'ru', label: 'русский' },
          { value: 'en', label: 'English' },
        ],
        initialValue: defaults.language,
      }),
    );
  const say = (ru: string, en: string) => (language === 'ru' ? ru : en);
  const line = async (message: string, initialValue: string, empty = false): Promise<string> =>
    answered<string>(
      await text({
        ...streams,
        message,
        initialValue,
        validate: (value) => (empty || value?.trim() ? undefined : say('нужен ответ', 'an answer is needed')),
      }),
    ).trim();

  const folder = given.folder ?? (await line(say('Папка для настроек', 'Folder for the settings'), defaults.folder));
  const targets =
    given.targets ??
    answered<readonly Kind[]>(
      await multiselect({
        ...streams,
        message: say(
          'Куда передавать? ↑ ↓ выбирают, пробел отмечает, Enter — дальше',
          'Where do records go? ↑ ↓ choose, Space marks, Enter goes on',
        ),
        showInstructions: false,
        options: kinds.map((value) => ({ value, label: starters[value].label[language] })),
        initialValues: [...defaults.targets],
        required: false,
      }),
    );
  const stage =
    given.stage ??
    (await line(
      say(
        'Как называется в Huntflow этап, на котором человека берут? (название или номер)',
        'What is the stage in Huntflow called at which somebody is hired? (name or id)',
      ),
      defaults.stage,
    ));
  const onec =
    given.onec ??
    (targets.includes('onec-odata')
      ? await line(
          say('Адрес OData вашей 1С', 'The OData address of your 1C'),
          'https://1c.example/zup/odata/standard.odata',
        )
      : undefined);
  const organisation =
    given.organisation ??
    (targets.includes('onec-odata')
      ? await line(
          say('Организация, как она называется в 1С', 'The organisation, as 1C calls it'),
          defaults.organisation,
        )
      : defaults.organisation);
  const intranet =
    given.intranet ??
    (targets.includes('rest')
      ? await line(say('Адрес API интранета', 'The address of the intranet API'), 'https://intranet.example/api')
      : undefined);
  return { ...defaults, ...present(given), language, folder, targets, stage, onec, organisation, intranet };
}

function present(given: Given): Partial<Answers> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function answered<T extends string | readonly string[]>(answer: T | symbol): T {
  if (typeof answer !== 'symbol') return answer;
  cancel();
  throw new CommandError({ ru: 'ничего не создано', en: 'nothing was made' });
}
