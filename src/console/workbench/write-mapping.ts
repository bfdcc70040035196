import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ApiError, badField, conflict } from '../api/api-error.ts';
import type { ConsoleParts } from '../parts.ts';
import { readDraft, sourceOf } from './read-draft.ts';

/**
 * Puts a text in the place of a mapping's file, or makes the file; whole or not at all. Throws ApiError where the
 * config does not allow that, the text is faulty, or the file is not the one that `base` tells of any more.
 */
export async function writeMapping(
  parts: ConsoleParts,
  name: string,
  text: string,
  base: string | null,
): Promise<string> {
  if (!parts.config.console.writesMappings)
    throw new ApiError(403, 'read-only', {
      ru: 'консоль не записывает маппинги: скачайте файл, или разрешите console.writesMappings в connector.yaml',
      en: 'the console writes no mappings: download the file, or allow console.writesMappings in connector.yaml',
    });
  if (!/^[\p{L}\p{N}][\p{L}\p{N}_-]{0,99}$/u.test(name))
    throw badField('name', {
      ru: 'имя маппинга: до 100 букв, цифр, _ и -',
      en: 'the name of a mapping has up to 100 letters, digits, _ and -',
    });
  const { mapping, faults } = await readDraft(parts, name, text);
  const wrong = faults.find(({ level }) => level === 'error');
  if (wrong !== undefined) throw badField(`text:${wrong.line}:${wrong.column}`, wrong.text);
  if (mapping?.name !== name)
    throw badField('text', { ru: `mapping в файле должно быть ${name}`, en: `mapping in the file has to be ${name}` });
  const source = await sourceOf(parts, name);
  if ((source?.hash ?? null) !== base)
    throw conflict({
      ru: `файл маппинга «${name}» изменился, пока вы работали: сравните и сохраните снова`,
      en: `the file of mapping "${name}" changed while you worked: compare, and save again`,
    });
  const file = basename(source?.file ?? `${name}.yaml`);
  await replaceFile(join(parts.config.mappings, file), text);
  return file;
}

async function replaceFile(path: string, text: string): Promise<void> {
  const beside = `${path}.${randomBytes(6).toString('hex')}.new`;
  const handle = await open(beside, 'wx', 0o644);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
