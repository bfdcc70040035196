import { dirname } from 'node:path';
import { ListenError } from '../http-listener.ts';
import { AlreadyServedError, DamagedLockError } from '../database/sqlite/serving-lock.ts';
import { HalfCopyError } from '../database/copy/half-copy.ts';
import { sqliteFile } from '../database/url.ts';
import { MigrationError, NewerSchemaError } from '../database/migrate.ts';
import { SpoolTakenError } from '../spool/spool-taken.ts';
import { isForbidden, notWritable, unavailable } from '../database/unavailable.ts';
import { KeyFileError } from '../people/key-file.ts';
import { KeyRingError } from '../people/key-ring.ts';
import { errorCode, errorPath } from '../process/error-code.ts';
import type { Text } from '../text.ts';
import { CommandError } from './terminal.ts';
import { property } from '../process/property.ts';

/** EX_CONFIG of sysexits(3): the unit file says that systemd starts nothing again after it. */
const restartIsVain = 78;

/**
 * A CommandError for whatever a person can mend when the connector, or a command, does not come up; the error itself
 * otherwise. `served`: by the service, which somebody starts again when it ends.
 */
export function startError(error: unknown, url: string, served = false): unknown {
  const text = textOf(error, url);
  if (error instanceof NewerSchemaError) return new CommandError(error.text, served ? restartIsVain : 1);
  return text === undefined ? error : new CommandError(text);
}

function textOf(error: unknown, url: string): Text | undefined {
  if (error instanceof CommandError) return undefined;
  if (error instanceof AlreadyServedError) {
    return {
      ru: 'эту базу уже обслуживает другой huntflow-connector: остановите его или задайте этому свою базу',
      en: error.message,
    };
  }
  if (error instanceof DamagedLockError || error instanceof SpoolTakenError || error instanceof HalfCopyError)
    return error.text;
  if (error instanceof KeyRingError || error instanceof KeyFileError) return error.text;
  if (error instanceof MigrationError) return unavailable(error.cause, url) ?? error.text;
  if (error instanceof ListenError) return portText(error.cause) ?? hostText(error);
  return portText(error) ?? folderText(error) ?? (isOfDatabase(error, url) ? unavailable(error, url) : undefined);
}

function portText(error: unknown): Text | undefined {
  const port = property(error, 'port');
  if (typeof port !== 'number') return undefined;
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return {
        ru: `порт ${port} занят: остановите того, кто его занял, или задайте другой в connector.yaml`,
        en: `port ${port} is taken: stop whoever has it, or set another one in connector.yaml`,
      };
    case 'EACCES':
      return {
        ru: `нет прав на порт ${port}: задайте в connector.yaml порт от 1024`,
        en: `no permission for port ${port}: set one of 1024 or more in connector.yaml`,
      };
    default:
      return undefined;
  }
}

/** No port of a listener can be had on an address that is not this machine's. */
function hostText(error: ListenError): Text {
  return {
    ru: `слушать на ${error.host} нельзя: у этой машины нет такого адреса или имени; в connector.yaml в host нужен её адрес, 127.0.0.1 или 0.0.0.0 (на всех)`,
    en:
      `cannot listen on ${error.host}: this machine has no such address or name; host in connector.yaml must be ` +
      'an address of its own, 127.0.0.1, or 0.0.0.0 for all of them',
  };
}

/** `var/` takes folders of adapters too, whatever the database is. */
function folderText(error: unknown): Text | undefined {
  const path = errorPath(error);
  return path !== undefined && property(error, 'syscall') === 'mkdir' && isForbidden(error)
    ? notWritable(path)
    : undefined;
}

/** Past the migration an error of the network may be of a target or of a listener, and a file may be any. */
function isOfDatabase(error: unknown, url: string): boolean {
  const file = sqliteFile(url);
  if (file === undefined) return false;
  const code = errorCode(error) ?? '';
  const path = errorPath(error);
  return (
    code.startsWith('SQLITE_') ||
    code === 'ENOSPC' ||
    (path !== undefined && (path === dirname(file) || path.startsWith(file)))
  );
}
