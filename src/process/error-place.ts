import { sep } from 'node:path';
import { errorCode } from './error-code.ts';

/**
 * Class, code and place of an error that nobody foresaw: `TypeError at src/mapping/mapper.ts:40:12`. Never its words:
 * whoever threw it may have quoted a person's data or a secret in them.
 */
export function errorPlace(error: unknown): string {
  if (!(error instanceof Error)) return `a thrown ${error === null ? 'null' : typeof error}`;
  const name = plainWord(error.name) ?? 'Error';
  const code = plainWord(errorCode(error) ?? '');
  const place = placeOf(error);
  return [name, code === name ? undefined : code, place && `at ${place}`].filter(Boolean).join(' ');
}

/** A name or a code, not a sentence: the fields are free for anybody to write. */
function plainWord(text: string): string | undefined {
  return /^[A-Za-z][\w.-]{0,63}$/.test(text) ? text : undefined;
}

/** The top frame with a file. The stack begins with the message, which may look like frames itself. */
function placeOf(error: Error): string | undefined {
  const { stack, message } = error;
  if (typeof stack !== 'string' || typeof message !== 'string') return undefined;
  const begin = message === '' ? 0 : stack.indexOf(message);
  if (begin < 0) return undefined;
  const frames = stack.slice(begin + message.length, begin + message.length + 4000).split('\n');
  for (const frame of frames) {
    const found = /^ {4}at (?:[^()]{0,200} \()?(?:file:\/\/)?(\/?[^():]{1,400}:\d+:\d+)\)?$/.exec(frame);
    if (found?.[1] !== undefined && !found[1].startsWith('node:')) return short(found[1]);
  }
  return undefined;
}

/** From the folder that tells whose file it is; the folders above may be named after a person. */
function short(place: string): string {
  const parts = place.split(/[\\/]/);
  const from = parts.findLastIndex((part) => part === 'node_modules' || part === 'src' || part === 'adapters');
  return parts.slice(from < 0 ? -1 : from).join(sep);
}
