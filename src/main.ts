import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { holdYoungGeneration } from './process/heap.ts';
import { tidyMalloc } from './process/tidy-malloc.ts';

// Commands end soon.
if (process.argv.includes('serve')) tidyMalloc();

// Stripping types and compiling is half of a start; from the second start on it is read from here. An installed package
// gains nothing by it (measured), and nobody may write into it.
if (import.meta.url.endsWith('.ts'))
  enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/huntflow-connector', import.meta.url)));
holdYoungGeneration();
const { run } = await import('./cli/program.ts');

process.exitCode = await run(process.argv.slice(2));
// Everything opened is closed by now and the loop empties by itself, unless something of an adapter hangs on.
setTimeout(() => process.exit(), 2000).unref();
