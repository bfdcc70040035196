import { UnavailableError } from '../../src/adapter.ts';
import type { Text } from '../../src/adapter.ts';

/** What a failed file operation means for people; `where` is a path of the settings, never of a record. */
export function diskError(error: unknown, where: string): UnavailableError {
  const code = codeOf(error);
  const why = reasonOf(code);
  return new UnavailableError({ ru: `${where}: ${why.ru} (${code}).`, en: `${where}: ${why.en} (${code}).` });
}

/** The system's code, e.g. `ENOENT`. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'error';
}

/** The result, or undefined when there is no such file. */
export async function ifPresent<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function reasonOf(code: string): Text {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return {
        ru: 'на диске нет места; освободите его, запись повторится',
        en: 'the disk is full; free some space, the row will be tried again',
      };
    case 'EACCES':
    case 'EPERM':
      return {
        ru: 'нет прав на запись; дайте их пользователю службы',
        en: 'writing is not permitted; grant it to the user of the service',
      };
    case 'EROFS':
      return { ru: 'диск подключён только для чтения', en: 'the disk is mounted read-only' };
    case 'ENOENT':
      return {
        ru: 'папки нет; создайте её или исправьте folder',
        en: 'there is no such folder; make it or mend folder',
      };
    case 'ENOTDIR':
    case 'EISDIR':
    case 'ELOOP':
      return {
        ru: 'на этом месте не то: нужна папка с обычными файлами',
        en: 'something else is there: a folder with plain files is needed',
      };
    case 'EMFILE':
    case 'ENFILE':
      return { ru: 'открыто слишком много файлов; поднимите предел', en: 'too many files are open; raise the limit' };
    default:
      return { ru: 'диск не принял запись; проверьте его', en: 'the disk did not take the row; check it' };
  }
}
