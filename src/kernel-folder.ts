import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';

/** PROC_SUPER_MAGIC of statfs(2). */
const procfs = 0x9fa0;

/**
 * Whether a path leads below /proc or another mount of its kind, where nothing can be made. A `mkdir` there says that the parent is
 * missing, which it is not, and Node's `mkdir` with `recursive` goes on making the parent for ever (nodejs 24, measured).
 */
export function isKernelFolder(path: string): boolean {
  if (process.platform !== 'linux') return false;
  let there = path;
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there);
  try {
    return statfsSync(there).type === procfs;
  } catch {
    return false; // whoever opens it says why not
  }
}
