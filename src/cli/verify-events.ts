import type { Command } from 'commander';
import type { Composition } from '../container.ts';
import { withComposition } from './open.ts';
import { operator } from './operator.ts';
import { type ConfigOption, configured, counts, type JsonOption } from './options.ts';
import { canAsk, isConfirmed } from './question.ts';
import { CommandError, type Terminal } from './terminal.ts';

interface VerifyOptions extends ConfigOption, JsonOption {
  readonly yes?: boolean;
}

/** `events verify [IDS]`: lets in what was kept apart for a wrong signature. */
export function verifyEventsCommand(terminal: Terminal): Command {
  return configured('verify', 'take in what the quarantine has: all that a secret of today proves, or these events')
    .argument('[ids...]', 'event ids: taken in without a proof, after a question', counts)
    .option('--yes', 'do not ask')
    .option('--json', 'for machines')
    .action((ids: readonly number[], options: VerifyOptions) =>
      withComposition(options.config, (composition) => verify(ids, options, composition, terminal), { secrets: true }),
    );
}

async function verify(
  ids: readonly number[],
  { yes, json }: VerifyOptions,
  composition: Composition,
  terminal: Terminal,
): Promise<void> {
  const { quarantine } = composition;
  const apart = await quarantine.ids();
  const absent = ids.filter((id) => !apart.includes(id));
  if (absent.length > 0)
    throw new CommandError({
      ru: `в карантине нет: ${absent.join(', ')}`,
      en: `not in quarantine: ${absent.join(', ')}`,
    });
  if (ids.length > 0 && yes !== true) await ask(ids.length, terminal);
  const actor = operator(composition);
  const [admitted, duplicates]: [number[], number[]] = [[], []];
  for (const id of ids.length > 0 ? ids : apart) {
    if (ids.length === 0 && !(await quarantine.proven(id))) continue;
    const outcome = await quarantine.admit(id, actor);
    if (outcome === 'admitted') admitted.push(id);
    else if (outcome === 'duplicate') duplicates.push(id);
  }
  if (admitted.length > 0) quarantine.wake();
  const left = (await quarantine.ids()).length;
  if (json) terminal.print(JSON.stringify({ admitted, duplicates, left }));
  else
    terminal.print(
      {
        ru: `Принято ${admitted.length}, повторов ${duplicates.length}, осталось в карантине ${left}`,
        en: `${admitted.length} taken in, ${duplicates.length} were duplicates, ${left} left in quarantine`,
      }[terminal.language],
    );
  if (!json && left > 0 && ids.length === 0) terminal.note(stillApart[terminal.language]);
}

const stillApart = {
  ru: 'Оставшихся не доказывает ни один нынешний секрет: исправьте secrets в connector.yaml и повторите, или назовите номера (events verify НОМЕР …), чтобы принять без доказательства. Чужое уйдёт по retention, если он задан.',
  en: 'No secret of today proves those that are left: mend secrets in connector.yaml and repeat, or name their ids (events verify ID …) to take them in without a proof. What is none of yours goes by retention, where that is set.',
};

async function ask(count: number, terminal: Terminal): Promise<void> {
  const question = {
    ru: `Их подпись ничем не доказана: прислать мог кто угодно. Принять событий: ${count}?`,
    en: `Nothing proves who sent them: anybody could have. Take in ${count} event(s)?`,
  };
  if (!canAsk()) throw new CommandError({ ru: `${question.ru} Добавьте --yes.`, en: `${question.en} Then add --yes.` });
  if (!(await isConfirmed({ ru: `${question.ru} (да/нет)`, en: `${question.en} (yes/no)` }, terminal)))
    throw new CommandError({ ru: 'ничего не сделано', en: 'nothing was done' });
}
