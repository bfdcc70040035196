import { freeSpace, littleLeft, littleSpace } from '../../alarms/machine-sightings.ts';
import { keyMissing } from '../../people/sealing.ts';
import { putBackText } from '../../forget/put-back.ts';
import { existsSync } from 'node:fs';
import { sqliteFile } from '../../database/url.ts';
import { sealingOf } from '../../database/sqlite/backup.ts';
import type { ForgettingRow } from '../../people/forgettings.ts';
import type { Config } from '../../config/config.ts';
import { writtenFolders } from '../../config/folders.ts';
import { listeningUrl } from '../../config/host.ts';
import type { Target } from '../../targets/target.ts';
import { isText } from '../../text.ts';
import { spanWords } from '../../alarms/words.ts';
import { formatTime } from '../table.ts';
import { type DoctorFinding, finding } from './finding.ts';
import { lastBackup } from './last-backup.ts';

const megabyte = 1024 ** 2;
const day = 86_400_000;
/** A backup that is older is an old one. */
const backupAge = 7 * day;

export async function diskFindings(config: Config, targets: readonly Target[]): Promise<DoctorFinding[]> {
  const folders = await Promise.all(
    [...new Set(writtenFolders(config, targets))].map(async (folder) => ({ folder, free: await freeSpace(folder) })),
  );
  return folders.flatMap(({ folder, free }) => {
    if (free === undefined) return [];
    const left = Math.floor(free / megabyte);
    const little = littleLeft(left, folder, targets);
    return free < littleSpace
      ? finding('disk', 'error', little.ru, little.en)
      : finding('disk', 'info', `свободно ${left} МБ (${folder})`, `${left} MB are free (${folder})`);
  });
}

/** Seconds that clocks may differ. */
const notable = 5;
/** No clock that is right is before the day this was written. */
const earliest = Date.parse('2026-01-01');

/** `ahead`: seconds before the database's clock, undefined where there is no other to compare with. */
export function clockFindings(ahead: number | undefined, zone: string, now = Date.now()): DoctorFinding[] {
  if (now < earliest)
    return [
      finding(
        'clock',
        'error',
        'часы этой машины отстают на годы: поставьте верное время (NTP)',
        "this machine's clock is years behind: set it right (NTP)",
      ),
    ];
  if (ahead === undefined || Math.abs(ahead) < notable)
    return [
      finding(
        'clock',
        'info',
        `время этой машины: ${formatTime(now, zone)} (${zone})`,
        `this machine says it is ${formatTime(now, zone)} (${zone})`,
      ),
    ];
  return [
    finding(
      'clock',
      'warning',
      `часы этой машины ${ahead > 0 ? 'спешат' : 'отстают'} на ${Math.abs(ahead)} с от часов базы данных: поставьте те, что неверны (NTP)`,
      `this machine's clock is ${Math.abs(ahead)} s ${ahead > 0 ? 'ahead of' : 'behind'} the database's: set the one that is wrong (NTP)`,
    ),
  ];
}

export function backupFindings(config: Config, isServer: boolean, now = Date.now()): DoctorFinding[] {
  const last = lastBackup(config);
  if (isServer)
    return [
      finding(
        'backup',
        'info',
        'базу PostgreSQL копирует pg_dump, когда — отсюда не видно: проверьте у себя, что копии свежие',
        'PostgreSQL is saved by pg_dump, and when cannot be told from here: make sure that your copies are fresh',
      ),
    ];
  if (last === undefined)
    return [
      finding(
        'backup',
        'warning',
        'резервной копии ещё не было: huntflow-connector backup ФАЙЛ, хотя бы раз в день',
        'there has been no backup yet: huntflow-connector backup FILE, once a day at least',
      ),
    ];
  const age = spanWords(now - last.at);
  return now - last.at > backupAge
    ? [
        finding(
          'backup',
          'warning',
          `последней копии ${age.ru} (${last.file}): huntflow-connector backup ФАЙЛ`,
          `the last backup is ${age.en} old (${last.file}): huntflow-connector backup FILE`,
        ),
      ]
    : [
        finding(
          'backup',
          'info',
          `последней копии ${age.ru} (${last.file})`,
          `the last backup is ${age.en} old (${last.file})`,
        ),
      ];
}

/** Of data that lies sealed with keys which are not named, what was found before says what to do. */
export function sealingFindings({ privacy }: Config, before: readonly DoctorFinding[]): DoctorFinding[] {
  const faults = before.filter(({ about, level }) => about === 'database' && level === 'error');
  if (faults.some(({ text }) => text.en === keyMissing.en) || (privacy.keyFile !== undefined && faults.length > 0))
    return [];
  return privacy.keyFile === undefined
    ? [
        finding(
          'sealing',
          'warning',
          'личные данные в базе не зашифрованы: keys new ФАЙЛ и privacy.keyFile в connector.yaml',
          'personal data in the database is not sealed: keys new FILE, and privacy.keyFile in connector.yaml',
        ),
      ]
    : [finding('sealing', 'info', 'личные данные в базе зашифрованы', 'personal data in the database is sealed')];
}

/** Acts that the store of keys knows of and the database has not: nobody forgot anew whom a copy brought back. */
export function actFindings(acts: { readonly first: number; readonly last: number } | undefined): DoctorFinding[] {
  return acts === undefined ? [] : [finding('database', 'warning', putBackText(acts).ru, putBackText(acts).en)];
}

interface CopiesLookedAt {
  readonly config: Config;
  /** The last one. */
  readonly forgotten: ForgettingRow | undefined;
}

/** A copy from before there was a key is open, and whoever was forgotten since it was made stands in it. */
export function copyFindings({ config, forgotten }: CopiesLookedAt): DoctorFinding[] {
  const last = lastBackup(config);
  // Copies of a server are not ours to know of.
  if (last === undefined || sqliteFile(config.database.url) === undefined) return [];
  const sealing = existsSync(last.file) ? sealingOf(last.file) : undefined;
  if (sealing === 'unreadable')
    return [
      finding(
        'backup',
        'warning',
        `последняя копия (${last.file}) не читается: она повреждена, или у вас нет на неё прав; если повреждена, снимите новую`,
        `the last copy (${last.file}) cannot be read: it is damaged, or you have no rights to it; if it is damaged, make a new one`,
      ),
    ];
  if (config.privacy.keyFile !== undefined && sealing === 'open')
    return [
      finding(
        'backup',
        'warning',
        `последнюю копию (${last.file}) сняли, когда ключа ещё не было, люди в ней читаются: снимите новую, прежние уничтожьте`,
        `the last copy (${last.file}) was made before there was a key, and people can be read in it: make a new one, destroy the earlier ones`,
      ),
    ];
  // Until it ended the rows were there still.
  if (forgotten === undefined || (forgotten.finished_at ?? Infinity) < last.at) return [];
  return [
    finding(
      'backup',
      'warning',
      `последняя копия снята до акта № ${forgotten.id}: снимите новую (backup, backup --keys), прежние уничтожьте`,
      `the last copy was made before act ${forgotten.id}: make a new one (backup, backup --keys), destroy the earlier ones`,
    ),
  ];
}

export function retentionFindings({ retention }: Config): DoctorFinding[] {
  return retention === undefined
    ? [
        finding(
          'retention',
          'warning',
          'retention не задан: ничего не удаляется, данные людей хранятся вечно',
          'retention is not set: nothing is ever deleted, personal data is kept for ever',
        ),
      ]
    : [];
}

/** Milliseconds. */
const longestAnswer = 3000;

export async function serviceFindings(config: Config): Promise<DoctorFinding[]> {
  const { port } = config.console;
  if (port === 0) return [];
  const url = listeningUrl(config.console);
  try {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(longestAnswer) });
    const health: { readonly status?: unknown; readonly text?: unknown } = JSON.parse(await response.text());
    if (health.status === 'ready')
      return [finding('service', 'info', `служба работает (${url})`, `the service runs (${url})`)];
    const reason = isText(health.text) ? health.text : undefined;
    return [
      finding(
        'service',
        'error',
        `служба не принимает вебхуки: ${reason?.ru ?? 'причина в журнале'}`,
        `the service takes no webhooks: ${reason?.en ?? 'the log says why'}`,
      ),
    ];
  } catch {
    return [
      finding(
        'service',
        'warning',
        `служба не отвечает на ${url}: если она должна работать, запустите её (systemctl status huntflow-connector)`,
        `the service does not answer at ${url}: start it if it should run (systemctl status huntflow-connector)`,
      ),
    ];
  }
}
