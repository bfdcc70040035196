import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** By the package's own name: sources and their build do not lie equally deep. */
export function productVersion(): string {
  const description: { readonly version: string } = JSON.parse(
    readFileSync(fileURLToPath(import.meta.resolve('huntflow-connector/package.json')), 'utf8'),
  );
  return description.version;
}
