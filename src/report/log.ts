import { type DestinationStream, type Logger, pino } from 'pino';
import { LogStream } from './log-stream.ts';

export type Log = Logger;

/** Whatever is logged under these names is replaced: secrets first, then everything that could be about a person. */
const redacted = [
  'secret',
  'secrets',
  'password',
  'token',
  'bearer',
  'authorization',
  'cookie',
  'auth',
  'headers',
  'body',
  'record',
  'applicant',
  'first_name',
  'last_name',
  'middle_name',
  'name',
  'email',
  'phone',
  'birthday',
  'comment',
  'values',
];

/** JSON lines on standard error: standard output belongs to what a command prints. */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: redacted.flatMap((name) => [name, `*.${name}`]), censor: '[redacted]' },
  };
  return pino(
    options,
    destination ?? (level === 'silent' ? { write: () => undefined } : new LogStream(process.stderr)),
  );
}
