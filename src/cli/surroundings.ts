import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import type { Config } from '../config/config.ts';
import { configHeader, configMark } from '../config/config-mark.ts';
import { type Listener, listeningUrl } from '../config/host.ts';
import { isSealedDatabase } from '../database/sqlite/backup.ts';
import { sqliteFile } from '../database/url.ts';
import type { Fault } from '../files/fault.ts';
import type { YamlDocument } from '../files/yaml-document.ts';
import { KeyFileError, readKeyFile } from '../people/key-file.ts';
import { KeyRing, KeyRingError } from '../people/key-ring.ts';
import { KeyStore } from '../people/key-store.ts';
import { keyMissing } from '../people/sealing.ts';
import { errorCode } from '../process/error-code.ts';
import { mountOf } from '../process/mount.ts';
import type { Text } from '../text.ts';

/** Less is soon full: a thousand webhooks with their deliveries take some 10 MB. */
const enough = 500 * 1024 ** 2;

/** No clock that is right is before the day this was written. */
const earliest = Date.parse('2026-01-01');

/** What a start needs of this machine beside the config: a folder for the database, space, ports, the time. */
export async function surroundingFaults(config: Config, document: YamlDocument): Promise<Fault[]> {
  const file = sqliteFile(config.database.url);
  const [database, keys, ...ports] = await Promise.all([
    file === undefined ? [] : databaseFaults(file, document),
    keyFaults(config, document),
    portFaults('server', config, document),
    portFaults('console', config, document),
  ]);
  return [...database, ...keys, ...ports.flat(), ...(Date.now() < earliest ? [document.fault([], wrongClock)] : [])];
}

/** A key file that cannot be read, is another store's, or that a sealed database misses, keeps the service from starting. */
async function keyFaults({ database, privacy: { keyFile, store } }: Config, document: YamlDocument): Promise<Fault[]> {
  const file = sqliteFile(database.url);
  if (keyFile === undefined)
    return file !== undefined && isSealedDatabase(file) ? [document.fault(['privacy'], keyMissing)] : [];
  const keys = store !== undefined && sqliteFile(store) !== undefined ? new KeyStore(store) : undefined;
  try {
    if (keys === undefined) readKeyFile(keyFile);
    else await new KeyRing(keys, keyFile).look();
    return [];
  } catch (error) {
    if (error instanceof KeyFileError || error instanceof KeyRingError)
      return [document.fault(['privacy', 'keyFile'], error.text)];
    const code = errorCode(error);
    if (code === undefined) throw error;
    return [document.fault(['privacy'], storeUnreadable(code))];
  } finally {
    await keys?.close();
  }
}

async function databaseFaults(file: string, document: YamlDocument): Promise<Fault[]> {
  const fault = (text: Text, level: Fault['level']) => document.fault(['database', 'url'], text, { level });
  let there = file;
  try {
    while ((await statIfThere(there)) === undefined) there = dirname(there);
    await access(there, constants.R_OK | constants.W_OK);
    if (there === file) await access(dirname(file), constants.W_OK | constants.X_OK);
    const { bavail, bsize } = await statfs(there);
    const mount = await mountOf(there === file ? dirname(file) : there);
    return [
      ...(bavail * bsize < enough
        ? [fault(littleSpace(there, Math.floor((bavail * bsize) / 1024 ** 2)), 'warning')]
        : []),
      ...(mount !== undefined && /^(?:nfs|cifs|smb|9p|fuse\.(?:sshfs|glusterfs))/.test(mount.type)
        ? [fault(onShare(mount.type), 'warning')]
        : []),
    ];
  } catch (error) {
    const code = errorCode(error) ?? '';
    // Rights are those of whoever runs check, who may not be the user of the service.
    return [fault(notWritable(there, code), code === 'EACCES' || code === 'EPERM' ? 'warning' : 'error')];
  }
}

async function statIfThere(path: string): Promise<object | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** A service of this config that runs already is no fault, so what has the port is asked whether it is one. */
async function portFaults(section: 'server' | 'console', config: Config, document: YamlDocument): Promise<Fault[]> {
  const listener = config[section];
  const code = listener.port === 0 ? undefined : await listenProblem(listener);
  if (code === undefined || (code === 'EADDRINUSE' && (await isOurs(listener, config)))) return [];
  const key = code === 'EADDRINUSE' || code === 'EACCES' ? 'port' : 'host';
  return [document.fault([section, key], listenText(listener, code), { level: 'warning' })];
}

function listenProblem({ host, port }: Listener): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error) => resolve(errorCode(error) ?? 'unknown'));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(undefined)));
  });
}

async function isOurs(listener: Listener, { file }: Config): Promise<boolean> {
  try {
    const response = await fetch(`${listeningUrl(listener)}/health/live`, { signal: AbortSignal.timeout(2000) });
    if (!(await response.text()).startsWith('{"status":"live"')) return false;
    const mark = response.headers.get(configHeader);
    return mark === null || mark === configMark(file);
  } catch {
    return false;
  }
}

function listenText({ host, port }: Listener, code: string): Text {
  if (code === 'EADDRINUSE')
    return {
      ru: `порт ${port} на ${host} занят другой программой (возможно, huntflow-connector другой папки): serve не запустится, пока она его не освободит`,
      en:
        `another program (perhaps the huntflow-connector of another folder) has port ${port} on ${host}: serve will ` +
        'not start until it is free',
    };
  if (code === 'EACCES')
    return {
      ru: `нет прав на порт ${port}: задайте порт от 1024`,
      en: `no permission for port ${port}: set one of 1024 or more`,
    };
  return {
    ru: `у этой машины нет адреса или имени ${host} (${code}): serve на ней не запустится`,
    en: `this machine has no address or name ${host} (${code}): serve will not start on it`,
  };
}

const wrongClock: Text = {
  ru: 'часы этой машины отстают на годы: поставьте верное время, иначе сроки доставок и подписи TLS не сойдутся',
  en: "this machine's clock is years behind: set it right, or due times and certificates of targets will not fit",
};

function littleSpace(path: string, left: number): Text {
  return {
    ru: `на диске с базой (${path}) свободно ${left} МБ: освободите место, на полном диске вебхуки не сохранить`,
    en: `${left} MB are free on the disk of the database (${path}): make room, a full disk takes no webhooks`,
  };
}

function onShare(type: string): Text {
  return {
    ru: `база SQLite лежит на сетевой папке (${type}), а журнал SQLite этого не переносит: перенесите её на местный диск или возьмите PostgreSQL`,
    en:
      `the SQLite database lies on a share (${type}), which its write-ahead log does not bear: move it to a ` +
      'local disk, or use PostgreSQL',
  };
}

function storeUnreadable(code: string): Text {
  return {
    ru: `хранилище ключей (privacy.store) не читается (${code}): дайте права пользователю службы, или, если оно повреждено, верните его из файла, который сделала backup --keys (restore КОПИЯ --keys ФАЙЛ)`,
    en:
      `the store of keys (privacy.store) cannot be read (${code}): grant it to the user of the service, or, if it is ` +
      'damaged, bring it back from the file that backup --keys made (restore COPY --keys FILE)',
  };
}

function notWritable(path: string, code: string): Text {
  return {
    ru: `${path}: базе данных здесь не записать (${code}); дайте права пользователю службы и запускайте check от его имени`,
    en:
      `${path}: the database cannot be written here (${code}); grant it to the user of the service, and run ` +
      'check as that user',
  };
}
