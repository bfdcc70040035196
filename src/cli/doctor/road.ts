import { readAlarms } from '../../alarms/read-alarms.ts';
import { webhookSightings } from '../../alarms/webhook-sightings.ts';
import { timeWords } from '../../alarms/words.ts';
import type { LoadedConfig } from '../../config/load-config.ts';
import type { Composition } from '../../container.ts';
import { isStage } from '../../huntflow/stage.ts';
import { checkTarget } from '../../shown/target-check.ts';
import { verbatim } from '../../text.ts';
import { type DoctorFinding, finding } from './finding.ts';

/** Every target proves itself; nothing is written. */
export async function targetFindings({ targets, mappings, toolsFor }: Composition): Promise<DoctorFinding[]> {
  const read = await mappings.read();
  const found = await Promise.all(
    targets.map(async (target): Promise<DoctorFinding[]> => {
      const own = read.mappings.filter(({ to }) => to === target.name);
      const findings = (await checkTarget(target, own, toolsFor)).filter(({ level }) => level !== 'info');
      if (findings.length === 0)
        return [finding('targets', 'info', `цель «${target.name}» в порядке`, `the target "${target.name}" is well`)];
      return findings.map(({ level, text }) => {
        const words = typeof text === 'string' ? verbatim(text) : text;
        return finding(
          'targets',
          level === 'error' ? 'error' : 'warning',
          `«${target.name}»: ${words.ru}`,
          `"${target.name}": ${words.en}`,
        );
      });
    }),
  );
  return found.flat();
}

/** Stages that no event has named: misspelt, renamed, or simply new. */
export async function stageFindings({ config, stages }: Composition): Promise<DoctorFinding[]> {
  const seen = await stages.list();
  if (seen.length === 0) return [];
  return Object.entries(config.stages).flatMap(([alias, members]) =>
    members.some((member) => seen.some(({ id, name }) => isStage(member, id, name)))
      ? []
      : finding(
          'stages',
          'warning',
          `этап «${alias}» не назвало ни одно событие: сверьте его с командой stages, названия меняются, номера — нет`,
          `no event has named the stage "${alias}" yet: compare it with the command stages; names change, ids do not`,
        ),
  );
}

/** Whether each webhook comes as it usually does. */
export async function webhookFindings(composition: Composition, loaded: LoadedConfig): Promise<DoctorFinding[]> {
  const { config, targets, database, now } = composition;
  const sources = config.sources.map(({ name }) => name);
  const { calendar } = await readAlarms(config, targets, loaded.document);
  const times = { now: now(), zone: config.zone, calendar };
  const wrong = await webhookSightings(database.queries, sources, times);
  const rows = await database.queries.selectFrom('webhooks').select(['source', 'last_at']).execute();
  return [
    ...wrong.map(({ kind, text }) =>
      finding('webhook', kind === 'retry' || kind === 'silence' ? 'warning' : 'error', text.ru, text.en),
    ),
    ...sources.map((source) => {
      const last = rows.find((row) => row.source === source)?.last_at;
      if (last === null || last === undefined)
        return finding(
          'webhook',
          'warning',
          `вебхук «${source}» ещё не приходил: адрес и секрет — в Huntflow, Настройки → API; попробуйте send`,
          `the webhook "${source}" has never come: its address and secret are in Huntflow, Settings → API; try send`,
        );
      const time = timeWords(last, times.now, times.zone);
      return finding(
        'webhook',
        'info',
        `вебхук «${source}» приходил в последний раз ${time}`,
        `the webhook "${source}" last came at ${time}`,
      );
    }),
  ];
}
