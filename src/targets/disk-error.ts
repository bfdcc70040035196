import { UnavailableError } from '../adapter.ts';
import { errorCode } from '../process/error-code.ts';
import type { Text } from '../text.ts';

/** What a failed file operation means for people; `where` is a path of the settings, never of a record. */
export function diskError(error: unknown, where: string): UnavailableError {
  const code = errorCode(error) ?? 'error';
  const why = reasonOf(code);
  return new UnavailableError(
    { ru: `${where}: ${why.ru} (${code}).`, en: `${where}: ${why.en} (${code}).` },
    { cause: error },
  );
}

/** The result, or undefined when there is no such file. */
export async function ifPresent<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function reasonOf(code: string): Text {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return {
        ru: 'на диске нет места; освободите его, запись повторится',
        en: 'the disk is full; free some space, it will be tried again',
      };
    case 'EACCES':
    case 'EPERM':
      return {
        ru: 'нет прав на запись; дайте их пользователю службы (check запускайте от его имени)',
        en: 'writing is not permitted; grant it to the user of the service (and run check as that user)',
      };
    case 'EROFS':
      return { ru: 'диск подключён только для чтения', en: 'the disk is mounted read-only' };
    case 'ENOENT':
      return {
        ru: 'папки нет; создайте её, подключите её диск или исправьте folder',
        en: 'there is no such folder; make it, mount its disk, or mend folder',
      };
    case 'ENOTDIR':
    case 'EISDIR':
    case 'ELOOP':
      return {
        ru: 'на этом месте не то: нужна папка с обычными файлами; уберите лишнее или исправьте настройки цели',
        en:
          'something else is there: a folder with plain files is needed; take it away, or mend the settings of ' +
          'the target',
      };
    case 'EMFILE':
    case 'ENFILE':
      return { ru: 'открыто слишком много файлов; поднимите предел', en: 'too many files are open; raise the limit' };
    case 'EBUSY':
    case 'EAGAIN':
    case 'ETXTBSY':
      return {
        ru: 'файл занят другой программой; повторим',
        en: 'another program holds the file; it will be tried again',
      };
    case 'ESTALE':
    case 'ENOTCONN':
    case 'EHOSTDOWN':
    case 'EHOSTUNREACH':
    case 'ETIMEDOUT':
    case 'ENODEV':
      return {
        ru: 'общий ресурс не отвечает; подключите его снова, запись повторится',
        en: 'the share does not answer; mount it again, it will be tried again',
      };
    default:
      return { ru: 'диск не принял запись; проверьте его', en: 'the disk did not take it; check it' };
  }
}
