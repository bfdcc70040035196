import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from '../process/error-code.ts';
import type { Text } from '../text.ts';

/**
 * Why a target cannot write to its folder, as far as it can be known before anything is written: a folder that is
 * missing is
 * made by then, and one whose parent is missing may be on a disk that is not mounted yet.
 */
export async function folderProblem(folder: string): Promise<Text | undefined> {
  try {
    const there = await ifThere(folder);
    const at = there === undefined ? dirname(folder) : folder;
    const found = there ?? (await ifThere(at));
    if (found === undefined) return undefined;
    if (!found.isDirectory()) return notAFolder(folder);
    await access(at, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return errorCode(error) === 'ENOTDIR' ? notAFolder(folder) : notWritable(folder, errorCode(error) ?? '');
  }
}

async function ifThere(path: string): Promise<{ isDirectory(): boolean } | undefined> {
  try {
    return await stat(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function notAFolder(folder: string): Text {
  return {
    ru: `${folder}: на этом пути файл, а нужна папка: уберите его или исправьте настройки цели`,
    en:
      `${folder}: there is a file in this path where a folder is needed: take it away, or mend the settings of ` +
      'the target',
  };
}

function notWritable(folder: string, code: string): Text {
  return {
    ru: `${folder}: сюда нельзя писать (${code}): дайте права пользователю службы и запускайте check от его имени`,
    en:
      `${folder}: writing there is not possible (${code}): grant it to the user of the service, and run check ` +
      'as that user',
  };
}
