import { fileURLToPath } from 'node:url';
import { shippedAdapters } from '../../src/targets/target.ts';
import { shippedPresets } from '../../src/mapping/presets/shipped.ts';
import { connectorSchema } from './connector-schema.ts';
import type { JsonSchema } from '../../src/files/json-schema.ts';
import { mappingSchema } from './mapping-schema.ts';

/** What `npm run schema` writes: absolute path → content. */
export async function schemaFiles(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    [pathOf('connector'), written(connectorSchema(await shippedAdapters()))],
    [pathOf('mapping'), written(mappingSchema(shippedPresets()))],
  ]);
}

function pathOf(name: string): string {
  return fileURLToPath(new URL(`../../docs/schemas/${name}.schema.json`, import.meta.url));
}

function written(schema: JsonSchema): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}
