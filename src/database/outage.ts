import { errorCode } from '../process/error-code.ts';

// SQLSTATE classes (PostgreSQL manual, appendix A): 08 connection, 53 resources, 57P shutdown; 40 rolled back for the
// sake of others.
const postgres = /^(?:08|40|53|57P)[0-9A-Z]+$/;
const network = /^(?:ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_)/;
const sqlite = /^(?:SQLITE_(?:BUSY|LOCKED|FULL|IOERR|NOMEM)|ERR_DATABASE_THREAD)/;
/** pg names these by words alone. */
const words =
  /^(?:Query read timeout|Connection terminated|timeout expired|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/;

/** The database is away, full or locked: the statement was not at fault, and the same one may succeed later. */
export function isOutage(error: unknown): boolean {
  const code = errorCode(error) ?? '';
  return postgres.test(code) || network.test(code) || sqlite.test(code) || isCutOff(error);
}

/**
 * The connection is gone or says nothing, so that whatever else is asked over it, or over a new one, may wait as long.
 */
export function isCutOff(error: unknown): boolean {
  const code = errorCode(error) ?? '';
  return (
    /^(?:08|57P)[0-9A-Z]+$/.test(code) || network.test(code) || (error instanceof Error && words.test(error.message))
  );
}

/** Another process writes for longer than anybody waits: whoever asks next waits as long. */
export function isLocked(error: unknown): boolean {
  return /^SQLITE_(?:BUSY|LOCKED)/.test(errorCode(error) ?? '');
}
