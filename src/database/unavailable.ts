import { errorCode, errorPath } from '../process/error-code.ts';
import type { Text } from '../text.ts';
import { isCutOff, isLocked } from './outage.ts';
import { sqliteFile } from './url.ts';

/**
 * Why a database cannot be opened, by the code of the error (PostgreSQL manual, appendix A; sqlite.org/rescode.html;
 * errno), and what to do. Names the server or the file of the URL, never the user or the password. Undefined for an
 * error of another kind.
 */
export function unavailable(error: unknown, url: string): Text | undefined {
  const file = sqliteFile(url);
  return file === undefined ? serverUnavailable(error, url) : fileUnavailable(error, file);
}

function serverUnavailable(error: unknown, url: string): Text | undefined {
  const code = errorCode(error) ?? '';
  // pg has no code for a server that wants a password when the URL has none.
  if (code.startsWith('28') || (error instanceof Error && error.message.startsWith('SASL'))) {
    return {
      ru: 'PostgreSQL не пускает: неверен пользователь или пароль в database.url (DATABASE_URL), или pg_hba.conf не разрешает вход с этой машины',
      en:
        'PostgreSQL lets nobody in: the user or password in database.url (DATABASE_URL) is wrong, or ' +
        'pg_hba.conf does not admit this machine',
    };
  }
  if (code === '3D000') {
    return {
      ru: 'на сервере PostgreSQL нет такой базы данных: создайте её (CREATE DATABASE) или исправьте имя в database.url (DATABASE_URL)',
      en:
        'the PostgreSQL server has no such database: create it (CREATE DATABASE), or mend its name in ' +
        'database.url (DATABASE_URL)',
    };
  }
  if (code === '42501' || code === '3F000') {
    return {
      ru: 'пользователю PostgreSQL не хватает прав создавать таблицы или работать с ними: выполните в этой базе от имени администратора GRANT USAGE, CREATE ON SCHEMA public TO пользователь; таблицы, созданные другим пользователем, передайте этому',
      en:
        'the PostgreSQL user may not create tables, or not use them: as an administrator run GRANT USAGE, ' +
        'CREATE ON SCHEMA public TO user in this database; tables that another user made must be given to this ' +
        'one',
    };
  }
  if (code === '25006') {
    return {
      ru: 'эта база PostgreSQL только для чтения: это реплика — укажите в database.url (DATABASE_URL) основной сервер, или включён default_transaction_read_only — выключите его для этой базы и пользователя',
      en:
        'this PostgreSQL database is read-only: it is a replica, so name the primary in database.url ' +
        '(DATABASE_URL), or default_transaction_read_only is on, so switch it off for this database and user',
    };
  }
  if (code === '53100') return full;
  if (isCutOff(error) || code === 'ENOENT') {
    const server = serverOf(url);
    return {
      ru: `PostgreSQL не отвечает на ${server}: проверьте, что он запущен и доступен отсюда, и адрес с портом в database.url (DATABASE_URL)`,
      en:
        `PostgreSQL does not answer at ${server}: check that it runs and can be reached from here, and the ` +
        'host and port in database.url (DATABASE_URL)',
    };
  }
  return undefined;
}

/** As pg reads it: `?host=` and `?port=` go before, for a socket's folder most of all. */
function serverOf(url: string): string {
  const { hostname, port, searchParams } = new URL(url);
  return `${searchParams.get('host') ?? (hostname || 'localhost')}:${searchParams.get('port') ?? (port || '5432')}`;
}

function fileUnavailable(error: unknown, file: string): Text | undefined {
  const code = errorCode(error) ?? '';
  const path = errorPath(error) ?? file;
  if (/^SQLITE_(?:NOTADB|CORRUPT)/.test(code)) {
    return {
      ru: `${file}: это не база SQLite, или она повреждена: остановите службу и восстановите копию (docs/operations.md, Backup) или уберите файл`,
      en:
        `${file}: this is no SQLite database, or it is damaged: stop the service and restore the backup ` +
        '(docs/operations.md, Backup), or move the file away',
    };
  }
  if (code === 'SQLITE_READONLY_DBMOVED') {
    return {
      ru: `${file}: файл базы или его журнал -wal перенесли, подменили или удалили при работающей службе: верните его на место или перезапустите службу; что она приняла до этого, лежит в прежнем файле`,
      en:
        `${file}: the database file or its -wal was moved, replaced or deleted while the service runs: put it back, ` +
        'or restart the service; what it took before is in the former file',
    };
  }
  if (/^SQLITE_(?:READONLY|CANTOPEN|PERM)/.test(code) || isForbidden(error)) return notWritable(path);
  if (/^(?:ENOENT|EISDIR|ENOTDIR|EEXIST)$/.test(code)) {
    return {
      ru: `${path}: файла базы данных здесь не создать: database.url должен вести к файлу, а выше него — только папки`,
      en:
        `${path}: no database file can be made here: database.url must lead to a file, with nothing but ` +
        'folders above it',
    };
  }
  if (/^(?:SQLITE_FULL|ENOSPC|EDQUOT)$/.test(code)) return full;
  if (isLocked(error)) {
    return {
      ru: `${file}: базу данных долго занимает другая программа: закройте её (кто это, говорит fuser -v ${file}); служба пойдёт дальше сама, команду запустите снова`,
      en:
        `${file}: another program holds the database for long: close it (fuser -v ${file} says which it is); ` +
        'a service goes on by itself, a command is to be run again',
    };
  }
  return undefined;
}

export function isForbidden(error: unknown): boolean {
  return ['EACCES', 'EPERM', 'EROFS'].includes(errorCode(error) ?? '');
}

export function notWritable(path: string): Text {
  return {
    ru: `${path}: нет прав на запись этого файла или его папки: дайте их пользователю службы`,
    en: `${path}: no right to write this file or its folder: grant it to the user of the service`,
  };
}

const full: Text = {
  ru: 'диск базы данных заполнен: освободите место; служба пойдёт дальше сама, команду запустите снова, ничего не потеряно',
  en:
    'the disk of the database is full: free space; a service goes on by itself, a command is to be run again, nothing ' +
    'is lost',
};
