import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';

/**
 * The `worker.ts` beside a module, or in a folder beside it, which Node runs as it is; a build has `worker.js` there.
 * `module`: its `import.meta.url`.
 */
export function workerBeside(module: string, folder = '.'): URL {
  return new URL(`${folder}/worker${module.endsWith('.ts') ? '.ts' : '.js'}`, module);
}

/**
 * What a worker thread sees of the environment: no secret of ours, and the compiled code of earlier starts, without
 * which it takes 30 MB more to begin with (measured).
 */
export function threadEnvironment(): NodeJS.ProcessEnv {
  const folder = getCompileCacheDir(); // of this version of Node, within the one that the variable names
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: dirname(folder) };
}
