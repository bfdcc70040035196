import type { Selectable } from 'kysely';
import type { Executor } from '../database/executor.ts';
import type { WebhooksTable } from '../database/tables/alarms.ts';
import { hour, type Sighting } from './alarm.ts';
import type { Calendar } from './calendar.ts';
import { missedIn } from './silence.ts';
import { plural } from '../words/plural.ts';
import { timeWords } from './words.ts';

export interface WebhookTimes {
  readonly now: number;
  readonly zone: string;
  readonly calendar: Calendar;
}

/** Huntflow tries four times within 18.5 minutes, then it switches the webhook off (facts/huntflow.md 1.1). */
const lastTry = 1_110_000;
const tries = 4;
/** A repetition is told of for so long; milliseconds. */
const retryShown = 600_000;

export async function webhookSightings(
  executor: Executor,
  sources: readonly string[],
  times: WebhookTimes,
): Promise<Sighting[]> {
  const rows = await executor
    .selectFrom('webhooks')
    .selectAll()
    .where('source', 'in', [...sources, ''])
    .execute();
  const sightings: Sighting[] = [];
  for (const row of rows) {
    sightings.push(...refusedSightings(row, times), ...retrySightings(row, times));
    const events = await hoursOf(executor, row.source);
    sightings.push(...silenceSightings(row, events, times));
  }
  return sightings;
}

async function hoursOf(executor: Executor, source: string): Promise<ReadonlyMap<number, number>> {
  const rows = await executor
    .selectFrom('webhook_hours')
    .select(['hour', 'events'])
    .where('source', '=', source)
    .orderBy('hour')
    .execute();
  return new Map(rows.map((row) => [row.hour, row.events]));
}

function refusedSightings(row: Selectable<WebhooksTable>, { now, zone }: WebhookTimes): Sighting[] {
  const { source, unsigned, unkept, refused_since: since } = row;
  const count = unsigned + unkept;
  if (count === 0 || since === null) return [];
  const from = timeWords(since, now, zone);
  const sightings: Sighting[] = [];
  if (unsigned > 0)
    sightings.push({
      cause: `signature/${source}`,
      kind: 'signature',
      subject: source,
      count: unsigned,
      text: {
        ru: `вебхук «${source}» отвергнут с ${from}: подпись не сходится (${plural('times', unsigned, 'ru')}). Если это Huntflow, секрет в connector.yaml не тот: исправьте sources.${source}.secrets и перезапустите службу за 18 минут, потом Huntflow выключит вебхук.`,
        en: `the webhook "${source}" has been refused since ${from}: its signature does not fit (${plural('times', unsigned, 'en')}). If it is Huntflow, the secret in connector.yaml is not the one of the webhook: mend sources.${source}.secrets and restart the service within 18 minutes, then Huntflow switches it off.`,
      },
    });
  if (count >= tries && now - since >= lastTry)
    sightings.push({
      cause: `off/${source}`,
      kind: 'off',
      subject: source,
      count,
      text: {
        ru: `Huntflow, вероятно, выключил вебхук «${source}»: с ${from} отвергнуто ${plural('times', count, 'ru')}, и ни одного верного с тех пор. Исправьте причину и включите вебхук в Huntflow (Настройки → API).`,
        en: `Huntflow has probably switched the webhook "${source}" off: refused ${plural('times', count, 'en')} since ${from}, and none was taken since. Mend the cause and switch it on in Huntflow (Settings → API).`,
      },
    });
  return sightings;
}

function retrySightings({ source, retried_at, last_at, retry }: Selectable<WebhooksTable>, times: WebhookTimes) {
  const { now, zone } = times;
  if (retried_at === null || now - retried_at >= (last_at === retried_at ? hour : retryShown)) return [];
  const from = timeWords(retried_at, now, zone);
  const sighting: Sighting = {
    cause: `retry/${source}`,
    kind: 'retry',
    subject: source,
    count: retry ?? 1,
    text: {
      ru: `Huntflow повторил вебхук «${source}» в ${from} (попытка ${(retry ?? 1) + 1} из 4): прежний ответ опоздал или потерялся. После четвёртой он выключает вебхук; проверьте прокси, базу и нагрузку.`,
      en: `Huntflow had to send a webhook of "${source}" again at ${from} (try ${(retry ?? 1) + 1} of 4): an answer was late or lost. After the fourth it switches the webhook off; look at the proxy, the database and the load.`,
    },
  };
  return [sighting];
}

function silenceSightings(
  { source, last_at }: Selectable<WebhooksTable>,
  events: ReadonlyMap<number, number>,
  times: WebhookTimes,
): Sighting[] {
  if (last_at === null) return [];
  const missed = missedIn(last_at, times.now, events, times);
  if (missed === undefined) return [];
  const from = timeWords(last_at, times.now, times.zone);
  return [
    {
      cause: `silence/${source}`,
      kind: 'silence',
      subject: source,
      count: missed,
      text: {
        ru: `вебхук «${source}» молчит с ${from}, а обычно за такие часы этого дня недели их около ${missed}. Включён ли он в Huntflow (Настройки → API), отвечает ли прокси?`,
        en: `the webhook "${source}" has been silent since ${from}, and usually about ${missed} come in such hours of this weekday. Is it on in Huntflow (Settings → API), does the proxy answer?`,
      },
    },
  ];
}
