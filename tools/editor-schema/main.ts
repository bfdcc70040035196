import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { schemaFiles } from './schema-files.ts';

for (const [path, content] of await schemaFiles()) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
