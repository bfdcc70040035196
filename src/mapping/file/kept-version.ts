import type { Json } from '../../huntflow/json.ts';
import type { Dictionaries } from '../dictionaries/dictionaries.ts';
import type { Preset } from '../presets/preset.ts';
import { type FileReading, type MappingContext, readMappingFile } from './mapping-file.ts';

/**
 * Reads a kept version again, against today's targets and stages; its tests are not run. `shown` names it in faults.
 */
export function readVersion(content: string, shown: string, context: MappingContext): Promise<FileReading> {
  const {
    text,
    dictionaries,
    preset,
  }: {
    readonly text: string;
    readonly dictionaries: readonly (readonly [string, readonly (readonly [string, Json])[]])[];
    readonly preset?: Preset;
  } = JSON.parse(content);
  const entries: Dictionaries['entries'] = new Map(dictionaries.map(([name, rows]) => [name, new Map(rows)]));
  return readMappingFile(
    shown,
    shown,
    text,
    { ...context, skipTests: true, ...(preset !== undefined && { presets: new Map([[preset.name, preset]]) }) },
    { entries, faulty: new Map(), faults: [] },
  );
}
