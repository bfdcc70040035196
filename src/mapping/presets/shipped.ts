import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Preset, readPresets } from './preset.ts';

let read: ReadonlyMap<string, Preset> | undefined;

/** The presets that come with the product, read when the first mapping asks for one. */
export function shippedPresets(): ReadonlyMap<string, Preset> {
  read ??= readPresets(filesBelow(fileURLToPath(new URL('.', import.meta.url))));
  return read;
}

function filesBelow(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .flatMap((name) => (name.endsWith('.yaml') ? [name.slice(0, -'.yaml'.length)] : []))
    .toSorted();
  return new Map(names.map((name) => [name, readFileSync(`${folder}/${name}.yaml`, 'utf8')]));
}
