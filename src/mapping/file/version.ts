import type { Dictionary } from '../dictionaries/dictionary.ts';
import type { Preset } from '../presets/preset.ts';

/**
 * The text of a mapping file with its preset and the dictionaries it uses, as one JSON text; the same content gives the
 * same text.
 */
export function versionContent(
  text: string,
  dictionaries: ReadonlyMap<string, Dictionary>,
  preset: Preset | undefined,
): string {
  const used = [...dictionaries]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, entries]) => [name, [...entries]]);
  return JSON.stringify({ text: text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'), dictionaries: used, preset });
}
