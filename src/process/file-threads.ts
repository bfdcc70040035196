const setting = 'UV_THREADPOOL_SIZE';

/** Node has four; a file operation on a share that hangs keeps one for ever, and all other files wait for the rest. */
const many = '64';

/**
 * Threads for file operations, enough for the folders of all targets to hang at once; they are heeded by a pool that
 * has not begun, so whoever starts the process anew passes them on. Idle ones cost 10 KB each (measured).
 */
export function moreFileThreads(): Readonly<Record<string, string>> {
  const threads = (process.env[setting] ??= many);
  return { [setting]: threads };
}

/**
 * Ends the process with its exit code, whatever hangs on. `process.exit` waits for every file operation under way, so
 * on a share that hangs it never ends; a process that becomes another one leaves its threads behind.
 */
export function endAtOnce(): void {
  const code = Number(process.exitCode ?? 0);
  process.removeAllListeners('warning'); // that the call is an experimental one
  if (process.platform !== 'win32')
    process.execve?.(process.execPath, [process.execPath, '-e', `process.exitCode = ${code}`], {});
  process.exit();
}
