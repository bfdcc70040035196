import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { endAtOnce, moreFileThreads } from './process/file-threads.ts';
import { holdYoungGeneration } from './process/heap.ts';
import { tidyMalloc } from './process/tidy-malloc.ts';

// Stripping types and compiling is half of a start; from the second start on it is read from here. An installed package
// gains nothing by it (measured), and nobody may write into it.
const compiled = import.meta.url.endsWith('.ts')
  ? fileURLToPath(new URL('../node_modules/.cache/huntflow-connector', import.meta.url))
  : undefined;

// Commands end soon. Begun anew, the process reads this file from there as well, and never loads what strips types,
// which takes 15 MB for good (measured).
if (process.argv.includes('serve')) {
  const threads = moreFileThreads();
  tidyMalloc(compiled === undefined ? threads : { ...threads, NODE_COMPILE_CACHE: compiled });
}
if (compiled !== undefined) enableCompileCache(compiled);
holdYoungGeneration();
const { run } = await import('./cli/program.ts');

process.exitCode = await run(process.argv.slice(2));
// Everything opened is closed by now and the loop empties by itself, unless something of an adapter hangs on.
setTimeout(endAtOnce, 2000).unref();
