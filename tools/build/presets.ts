import { cpSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The compiler leaves the presets where they are; an installed package reads them beside its own code. */
const from = fileURLToPath(new URL('../../src/mapping/presets', import.meta.url));
const to = fileURLToPath(new URL('../../dist/src/mapping/presets', import.meta.url));
cpSync(from, to, {
  recursive: true,
  filter: (path) => path.endsWith('.yaml') || statSync(path).isDirectory(),
});
