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
    const guarded = (code?: number | string | null): never => {
      if (isCalledFromThem()) {
        const refusal = new ExitRefusedError('an adapter may not end the service');
        Error.captureStackTrace(refusal, guarded); // the top frame is the class's own
        throw refusal;
      }
      return exit(code);
    };
    process.exit = guarded;
  }
  files.add(pathToFileURL(file).href);
}

function isCalledFromThem(): boolean {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = depth;
  const { stack = '' } = new Error('who calls?');
  Error.stackTraceLimit = stackTraceLimit;
  return [...files].some((file) => stack.includes(file));
}
