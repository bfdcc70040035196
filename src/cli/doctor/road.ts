import { readAlarms } from '../../alarms/read-alarms.ts';
import { webhookSightings } from '../../alarms/webhook-sightings.ts';
import { timeWords } from '../../alarms/words.ts';
import type { LoadedConfig } from '../../config/load-config.ts';
import type { Composition } from '../../container.ts';
import { isStage } from '../../huntflow/stage.ts';
import { formatTime } from '../table.ts';
import { plural } from '../../words/plural.ts';
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
          `«${target.name}»: ${ended(words.ru)} Исправьте цель или её настройки, потом check --live`,
          `"${target.name}": ${ended(words.en)} Mend the target or its settings, then check --live`,
        );
      });
    }),
  );
  return found.flat();
}

function ended(sentence: string): string {
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** What waits for a person, and what a person holds back. */
export async function deliveryFindings({ outbox, states }: Composition): Promise<DoctorFinding[]> {
  const [open, known] = [await outbox.openAtAGlance(), await states.all()];
  const dead = open.flatMap(({ target, state, count }) => {
    if (state !== 'dead') return [];
    return finding(
      'deliveries',
      'warning',
      `«${target}»: ${plural('waitingDeliveries', count, 'ru')}; почему и что делать — команда causes`,
      `"${target}": a person must see to ${plural('deliveries', count, 'en')}; the command causes says why and what to do`,
    );
  });
  const paused = [...known].flatMap(([name, { state }]) =>
    state.is === 'paused'
      ? finding(
          'targets',
          'warning',
          `«${name}» на паузе: доставки ждут, пока кто-нибудь не скажет targets resume ${name}`,
          `"${name}" is paused: deliveries wait until somebody says targets resume ${name}`,
        )
      : [],
  );
  return [...dead, ...paused];
}

/** Huntflow is content with what lies there, and only a person can let it out. */
export async function quarantineFindings({ inbox, config }: Composition): Promise<DoctorFinding[]> {
  const apart = await inbox.list({ state: 'quarantined' });
  const oldest = apart.at(-1);
  if (oldest === undefined) return [];
  const since = formatTime(oldest.receivedAt, config.zone);
  return [
    finding(
      'webhook',
      'warning',
      `в карантине вебхуков: ${apart.length}, первый с ${since}: их подпись не подошла; исправьте секрет в connector.yaml, затем events verify`,
      `in quarantine: ${apart.length} webhook(s), the first since ${since}: their signature did not fit; mend the secret in connector.yaml, then events verify`,
    ),
  ];
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
  const { config, targets, database, inbox, now } = composition;
  const sources = config.sources.map(({ name }) => name);
  const { calendar } = await readAlarms(config, targets, loaded.document);
  const times = { now: now(), zone: config.zone, calendar };
  const wrong = await webhookSightings(database.queries, sources, times);
  const rows = await database.queries.selectFrom('webhooks').select(['source', 'last_at']).execute();
  // The tally is written now and then: what came just before a crash is in the inbox alone.
  const newest = await Promise.all(
    sources.map(async (source) => {
      const [event] = await inbox.list({ source, limit: 1 });
      const last = Math.max(rows.find((row) => row.source === source)?.last_at ?? 0, event?.receivedAt ?? 0);
      return [source, last === 0 ? undefined : last] as const;
    }),
  );
  return [
    ...wrong.map(({ kind, text }) =>
      finding('webhook', kind === 'retry' || kind === 'silence' ? 'warning' : 'error', text.ru, text.en),
    ),
    ...newest.map(([source, last]) => {
      if (last === undefined)
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
