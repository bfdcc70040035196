import type { Command } from 'commander';
import { choose } from '../outbox/choose.ts';
import { isText } from '../text.ts';
import { withComposition } from './open.ts';
import { operator } from './operator.ts';
import { type ConfigOption, configured, count, type JsonOption } from './options.ts';
import { CommandError, type Terminal } from './terminal.ts';

interface ChooseOptions extends ConfigOption, JsonOption {
  readonly step: string;
  readonly object?: string;
  readonly new?: boolean;
  readonly reason?: string;
}

/** `deliveries choose ID --step NAME --object KEY | --new`: answers what a delivery has asked. */
export function chooseCommand(terminal: Terminal): Command {
  return configured('choose', 'answer a question of a step: which object of the target is meant, or a new one')
    .argument('<id>', 'delivery id', count)
    .requiredOption('--step <name>', 'the step that asks: its `as`, else its number, from 1')
    .option('--object <key>', 'this object, as the target calls it')
    .option('--new', 'none of them: make a new one')
    .option('--reason <text>', 'why, kept with the answer')
    .option('--json', 'for machines')
    .action((id: number, options: ChooseOptions) => answer(id, options, terminal));
}

async function answer(id: number, options: ChooseOptions, terminal: Terminal): Promise<void> {
  const { step, object, reason, json } = options;
  if ((object === undefined) === (options.new !== true))
    throw new CommandError({
      ru: 'нужно одно из двух: --object KEY или --new',
      en: 'exactly one is needed: --object KEY or --new',
    });
  await withComposition(options.config, async (composition) => {
    const [delivery] = await composition.outbox.list({ id });
    if (delivery === undefined) throw new CommandError({ ru: `доставки ${id} нет`, en: `there is no delivery ${id}` });
    if (delivery.state !== 'dead' && delivery.state !== 'pending')
      throw new CommandError({
        ru: `доставка ${id} не ждёт ответа (${delivery.state}): отвечают на вопрос той, что ждёт или не доставлена`,
        en:
          `delivery ${id} waits for no answer (${delivery.state}): the question of one that waits or is dead ` +
          'can be answered',
      });
    const target = composition.targets.find(({ name }) => name === delivery.target);
    if (target?.adapter.answer === undefined)
      throw new CommandError({
        ru: `цель «${delivery.target}» не задаёт вопросов об объектах`,
        en: `target "${delivery.target}" asks no questions about objects`,
      });
    const stored = await composition.outbox.record(id);
    const record: unknown = typeof stored === 'string' ? JSON.parse(stored) : null;
    const kept = target.adapter.answer(record, step, object, reason);
    if (isText(kept)) throw new CommandError(kept);
    const retried = await choose(composition, delivery, kept, operator(composition));
    if (!retried.done) throw new CommandError(retried.why);
    const words = {
      ru: `Ответ сохранён, доставка ${id} повторяется сейчас`,
      en: `The answer is kept, delivery ${id} is tried again now`,
    };
    terminal.print(
      json ? JSON.stringify({ id, step, object: object ?? null, new: object === undefined }) : words[terminal.language],
    );
  });
}
