import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environment } from '../../config/process-environment.ts';
import type { Composition } from '../../container.ts';
import type { Problem } from '../../files/validation.ts';
import { recordFaults } from '../../shown/record-faults.ts';
import type { Target } from '../../targets/target.ts';
import { withComposition } from '../open.ts';
import { operator, userName } from '../operator.ts';
import type { ConfigOption, JsonOption } from '../options.ts';
import { canAsk, isConfirmed } from '../question.ts';
import { CommandError, type Terminal } from '../terminal.ts';

export interface EditOptions extends ConfigOption, JsonOption {
  /** A file of JSON. */
  readonly record?: string;
  readonly reason?: string;
  readonly evenUnknown?: boolean;
  readonly yes?: boolean;
}

export async function editDelivery(id: number, options: EditOptions, terminal: Terminal): Promise<void> {
  await withComposition(options.config, async (composition) => {
    const { outbox, targets, now } = composition;
    const [delivery] = await outbox.list({ id });
    if (delivery === undefined) throw new CommandError({ ru: `доставки ${id} нет`, en: `there is no delivery ${id}` });
    await warnOfTraces(composition, id, options, terminal);
    const before = (await outbox.record(id)) ?? '{}';
    const text = options.record === undefined ? inEditor(before) : readFileSync(options.record, 'utf8');
    const record = recordOf(
      text,
      targets.find(({ name }) => name === delivery.target),
    );
    const outcome = await outbox.edit({
      id,
      record,
      by: userName(),
      actor: operator(composition),
      reason: options.reason ?? null,
      now: now(),
    });
    if (!outcome.done) throw new CommandError(outcome.why);
    if (options.json) terminal.print(JSON.stringify({ edited: id, delivery: outcome.successor }));
    else
      terminal.print(
        {
          ru: `Доставка ${outcome.successor} заняла место доставки ${id} и отправляется`,
          en: `Delivery ${outcome.successor} took the place of delivery ${id} and is being sent`,
        }[terminal.language],
      );
  });
}

/** What an attempt has left at the target is not undone by another record. */
async function warnOfTraces(
  { outbox }: Composition,
  id: number,
  { evenUnknown, yes }: EditOptions,
  terminal: Terminal,
): Promise<void> {
  if (evenUnknown === true || yes === true) return;
  if ((await outbox.extent({ id, safe: true })).ids.length > 0) return;
  const warning = {
    ru: `у цели уже может быть часть доставки ${id} (исход попытки неизвестен или шаги записаны): посмотрите там сначала`,
    en:
      `the target may have some of delivery ${id} already (an attempt of unknown outcome, or steps were ` +
      'written): look there first',
  };
  if (!canAsk()) throw new CommandError({ ru: `${warning.ru}; затем --yes`, en: `${warning.en}; then --yes` });
  terminal.note(warning[terminal.language]);
  if (!(await isConfirmed({ ru: 'Изменить всё равно? (да/нет)', en: 'Edit all the same? (yes/no)' }, terminal)))
    throw new CommandError({ ru: 'ничего не сделано', en: 'nothing was done' });
}

function recordOf(text: string, target: Target | undefined): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CommandError({ ru: 'запись не читается: нужен JSON', en: 'the record cannot be read: JSON is needed' });
  }
  const problems = recordFaults(target?.record, value);
  const at = (path: Problem['path']) => (path.length === 0 ? '' : `${path.join('.')}: `);
  if (problems.length > 0)
    throw new CommandError({
      ru: `запись не подходит цели: ${problems.map(({ path, text }) => at(path) + text.ru).join('; ')}`,
      en: `the record does not fit the target: ${problems.map(({ path, text }) => at(path) + text.en).join('; ')}`,
    });
  return JSON.stringify(value);
}

/** In a folder of its own that goes afterwards: it holds personal data. */
function inEditor(record: string): string {
  const editor = environment()['VISUAL'] ?? environment()['EDITOR'];
  if (editor === undefined || editor === '' || !canAsk())
    throw new CommandError({
      ru: 'назовите файл с записью: --record FILE (или задайте EDITOR)',
      en: 'name a file with the record: --record FILE (or set EDITOR)',
    });
  const folder = mkdtempSync(join(tmpdir(), 'huntflow-connector-'));
  const file = join(folder, 'record.json');
  try {
    writeFileSync(file, `${JSON.stringify(JSON.parse(record), null, 2)}\n`, { mode: 0o600 });
    const [program = '', ...args] = editor.split(' ');
    if (spawnSync(program, [...args, file], { stdio: 'inherit' }).status !== 0)
      throw new CommandError({ ru: 'редактор завершился с ошибкой', en: 'the editor ended with an error' });
    return readFileSync(file, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
