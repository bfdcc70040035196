import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from '../process/error-code.ts';
import type { Text } from '../text.ts';

export type FileBytes =
  | { readonly ok: true; readonly bytes: Buffer }
  | { readonly ok: false; readonly missing: boolean; readonly text: Text };

/** Milliseconds; an editor or a copy over the network has ended by then, or is looked at again when it has. */
const stillAfter = 50;
const looks = 3;

/**
 * The bytes of a file that people put there, or what is wrong with it. Never waits for anybody: a pipe, a device or a
 * socket is none, however it is named. `limit` in bytes.
 */
export async function readPlainFile(path: string, limit: number): Promise<FileBytes> {
  let file: FileHandle;
  try {
    // Without O_NONBLOCK opening a pipe waits for somebody who writes into it.
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    return unread(errorCode(error));
  }
  try {
    return await readStill(file, limit);
  } catch (error) {
    return unread(errorCode(error));
  } finally {
    await file.close().catch(() => undefined);
  }
}

/** The same for a file that is read before anything lives; what changes meanwhile is taken as it is. */
export function readPlainFileNow(path: string, limit: number): FileBytes {
  let file: number | undefined;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = fstatSync(file);
    if (!stat.isFile()) return { ok: false, missing: false, text: noFile };
    if (stat.size > limit) return { ok: false, missing: false, text: tooLarge(limit) };
    return { ok: true, bytes: readFileSync(file) };
  } catch (error) {
    return unread(errorCode(error));
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** What changes while it is read is read again. */
async function readStill(file: FileHandle, limit: number): Promise<FileBytes> {
  for (let look = 0; look < looks; look += 1) {
    if (look > 0) await sleep(stillAfter);
    const before = await file.stat();
    if (!before.isFile()) return { ok: false, missing: false, text: noFile };
    if (before.size > limit) return { ok: false, missing: false, text: tooLarge(limit) };
    const bytes = Buffer.alloc(before.size + 1); // one more shows that it grew
    const { length, whole } = await readInto(file, bytes);
    const after = await file.stat();
    if (whole && length === before.size && after.size === before.size && after.mtimeMs === before.mtimeMs)
      return { ok: true, bytes: bytes.subarray(0, length) };
  }
  return { ok: false, missing: false, text: changing };
}

async function readInto(
  file: FileHandle,
  bytes: Buffer,
): Promise<{ readonly length: number; readonly whole: boolean }> {
  let length = 0;
  while (length < bytes.length) {
    const { bytesRead } = await file.read(bytes, length, bytes.length - length, length);
    if (bytesRead === 0) return { length, whole: true };
    length += bytesRead;
  }
  return { length, whole: false };
}

function unread(code: string | undefined): FileBytes {
  return { ok: false, missing: code === 'ENOENT', text: openSentence(code) };
}

function openSentence(code: string | undefined): Text {
  switch (code) {
    case 'ENOENT':
      return {
        ru: 'файла нет: ссылка указывает в никуда, или его только что удалили',
        en: 'the file is not there: a link leads nowhere, or it has just been removed',
      };
    case 'ENXIO':
    case 'EISDIR':
    case 'ENODEV':
      return noFile;
    case 'ELOOP':
      return { ru: 'ссылка указывает сама на себя', en: 'the link refers to itself' };
    case 'EACCES':
    case 'EPERM':
      return { ru: 'файл не читается: проверьте права доступа', en: 'the file cannot be read: check its permissions' };
    default:
      return {
        ru: `файл не читается (${code ?? 'ошибка чтения'})`,
        en: `the file cannot be read (${code ?? 'a read error'})`,
      };
  }
}

const noFile: Text = {
  ru: 'это не обычный файл, а папка, канал, сокет или устройство: уберите его отсюда',
  en: 'this is no plain file but a folder, a pipe, a socket or a device: move it away',
};
const changing: Text = {
  ru: 'файл меняется, пока его читают: он будет прочитан, когда запись закончится',
  en: 'the file changes while it is read: it will be read when the writing has ended',
};

function tooLarge(limit: number): Text {
  const size = `${Math.floor(limit / 1024 ** 2)}`;
  return { ru: `файл больше ${size} МБ`, en: `the file is larger than ${size} MB` };
}
