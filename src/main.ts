import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtProgram } from './process/built-program.ts';
import { endAtOnce, moreFileThreads } from './process/file-threads.ts';
import { holdYoungGeneration } from './process/heap.ts';
import { tidyMalloc } from './process/tidy-malloc.ts';

// Stripping types and compiling is half of a start; from the second start on it is read from here. An installed package
// gains nothing by it (measured), and nobody may write into it.
const root = import.meta.url.endsWith('.ts') ? fileURLToPath(new URL('../', import.meta.url)) : undefined;
const compiled = root === undefined ? undefined : join(root, 'node_modules/.cache/huntflow-connector');

// Commands end soon. Begun anew, the process is that of the build, or else reads this file from there as well: neither
// ever loads what strips types, which takes 15 MB for good (measured).
if (process.argv.includes('serve')) {
  const threads = moreFileThreads();
  // Of commands that only name it somewhere the files beside their sources are looked for.
  const built = root !== undefined && process.argv[2] === 'serve' ? builtProgram(root) : undefined;
  const cache: Readonly<Record<string, string>> =
    built !== undefined || compiled === undefined ? {} : { NODE_COMPILE_CACHE: compiled };
  tidyMalloc({ ...threads, ...cache }, built);
}
if (compiled !== undefined) enableCompileCache(compiled);
holdYoungGeneration();
const { run } = await import('./cli/program.ts');

process.exitCode = await run(process.argv.slice(2));
// Everything opened is closed by now and the loop empties by itself, unless something of an adapter hangs on.
setTimeout(endAtOnce, 2000).unref();
