import { errorCode } from '../process/error-code.ts';

// SQLSTATE classes (PostgreSQL manual, appendix A): 08 connection, 53 resources, 57P shutdown; 40 rolled back for the
// sake of others; 25006 only to be read, as after a failover.
const postgres = /^(?:(?:08|40|53|57P)[0-9A-Z]+|25006)$/;
const network = /^(?:ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_)/;
const sqlite = /^(?:SQLITE_(?:BUSY|LOCKED|FULL|IOERR|NOMEM|READONLY|CANTOPEN|PERM)|ERR_DATABASE_THREAD)/;
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

/**
 * The database is there and refuses what it was given: a value too large or of a form it does not know, a rule of the
 * schema. The same statement fails for ever, whatever else goes on.
 */
export function isRefusal(error: unknown): boolean {
  const code = errorCode(error) ?? '';
  return refused.test(code) || (error instanceof Error && error.name === 'DataCloneError');
}

// SQLSTATE classes: 22 data, 23 integrity, 54 limits of the program. Node: a text or buffer longer than there can be.
const refused =
  /^(?:(?:22|23|54)[0-9A-Z]{3}|SQLITE_(?:TOOBIG|CONSTRAINT|MISMATCH|RANGE)\w*|ERR_STRING_TOO_LONG|ERR_OUT_OF_RANGE)$/;
