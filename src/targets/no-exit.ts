import { pathToFileURL } from 'node:url';

/** A class of somebody's own would have ended the service, and with it intake and every other target. */
class ExitRefusedError extends Error {
  override readonly name = 'ExitRefusedError';
}

const files = new Set<string>();
/** Calls between the class and the exit that are looked through. */
const depth = 100;

/** `process.exit` called from that file, or from what it calls, throws from now on. */
export function refuseExitFrom(file: string): void {
  if (files.size === 0) {
    const exit = process.exit.bind(process);
    process.exit = (code) => {
      const refusal = refusalHere();
      if (refusal !== undefined) throw refusal;
      return exit(code);
    };
  }
  files.add(pathToFileURL(file).href);
}

function refusalHere(): ExitRefusedError | undefined {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = depth;
  const refusal = new ExitRefusedError('an adapter may not end the service');
  Error.captureStackTrace(refusal, process.exit);
  Error.stackTraceLimit = stackTraceLimit;
  return [...files].some((file) => refusal.stack?.includes(file) === true) ? refusal : undefined;
}
