import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../node_modules/.cache/huntflow-connector', import.meta.url));

// Stripping types and compiling is half of what a process or a thread of the product costs to start, and the suite
// starts some hundreds of each: all of them, and those that they start, read what the first one left here.
enableCompileCache(folder);
process.env['NODE_COMPILE_CACHE'] = folder;
