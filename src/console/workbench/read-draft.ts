import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Fault } from '../../files/fault.ts';
import { type Dictionaries, loadDictionaries } from '../../mapping/dictionaries/dictionaries.ts';
import { type FileReading, readMappingFile } from '../../mapping/file/mapping-file.ts';
import type { Mapping } from '../../mapping/file/mapping.ts';
import { errorCode } from '../../process/error-code.ts';
import { hash } from 'node:crypto';
import { notFound } from '../api/api-error.ts';
import type { ConsoleParts } from '../parts.ts';

/** Characters of a mapping file. */
export const longestMapping = 1_000_000;

/** A text that somebody works on, read as a file would be; `mapping` is undefined while a fault is an error. */
export async function readDraft(parts: ConsoleParts, name: string, text: string): Promise<FileReading> {
  const { mappings } = parts;
  const file = `${name}.yaml`;
  return readMappingFile(
    join(parts.config.mappings, file),
    file,
    text,
    { ...mappings.context, skipTests: true },
    await dictionariesOf(parts),
  );
}

export function dictionariesOf({ config }: ConsoleParts): Promise<Dictionaries> {
  return loadDictionaries(join(config.mappings, 'dictionaries'), 'dictionaries');
}

/** The mapping in use, or with a text what that comes to. */
export async function mappingOrDraft(
  parts: ConsoleParts,
  name: string,
  text: string | undefined,
): Promise<{ readonly mapping: Mapping | undefined; readonly faults: readonly Fault[] }> {
  if (text !== undefined) return readDraft(parts, name, text);
  const mapping = parts.mappings.current.find((each) => each.name === name);
  if (mapping === undefined) throw unknownMapping(name);
  return { mapping, faults: [] };
}

/** The file as it stands on the disk, and what tells it from another. */
export interface MappingSourceText {
  readonly file: string;
  readonly text: string;
  readonly hash: string;
}

/** Undefined: there is no such mapping. */
export async function sourceOf(
  { config, mappings }: ConsoleParts,
  name: string,
): Promise<MappingSourceText | undefined> {
  const known =
    mappings.refused.find((each) => each.name === name)?.file ??
    mappings.current.find((each) => each.name === name)?.file;
  if (known === undefined) return undefined;
  const file = basename(known);
  try {
    const text = await readFile(join(config.mappings, file), 'utf8');
    return { file, text, hash: hash('sha256', text) };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

export function unknownMapping(name: string) {
  const shown = name.slice(0, 100);
  return notFound({ ru: `маппинга «${shown}» нет`, en: `there is no mapping "${shown}"` });
}
