import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';

/** Megabytes (2^20 bytes). */
export interface Memory {
  readonly resident: number;
  /** The process's own; undefined where the system does not tell it apart. */
  readonly own: number | undefined;
  /** Pages of files, such as a mapped database: the system takes them back when it needs them. */
  readonly file: number | undefined;
}

const listed = existsSync('/proc/self/status');

/**
 * Arguments before the program's own. Where no list of processes says what one weighs, it has to tell itself; in
 * JavaScript, for stripping types weighs 35 MB.
 */
export const memoryProbe: readonly string[] = listed
  ? []
  : [
      '--import',
      'data:text/javascript,process.on("message",()=>process.send?.(process.memoryUsage.rss()));process.channel?.unref()',
    ];

/** What else its standard files are to have: a service with a channel to it does not begin anew as it does in earnest. */
export const memoryChannel: readonly 'ipc'[] = listed ? [] : ['ipc'];

/** Of a process that was started with the arguments of `memoryProbe` and with `memoryChannel`. */
export async function memoryOf(child: ChildProcess): Promise<Memory> {
  if (listed) {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    const megabytes = (name: string) =>
      Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? NaN) / 1024;
    return {
      resident: megabytes('VmRSS'),
      own: megabytes('RssAnon'),
      file: megabytes('RssFile') + megabytes('RssShmem'),
    };
  }
  const answer = once(child, 'message');
  child.send('memory');
  const [rss] = await answer;
  return { resident: Number(rss) / 1024 ** 2, own: undefined, file: undefined };
}
