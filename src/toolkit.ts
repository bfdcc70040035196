import { readFile } from 'node:fs/promises';
import { adapterErrorKind, type Attachment, type Text } from './adapter.ts';
import { isText } from './text.ts';
import type { AnswerView } from './mapping/formulas/answer-formula.ts';

/**
 * What adapters need of the house, shipped ones and your own: exported as `huntflow-connector/toolkit`, beside the
 * contract in adapter.ts.
 */
export { nearest } from './files/did-you-mean.ts';
export { parseDuration } from './config/duration.ts';
export { errorCode, errorPath } from './process/error-code.ts';
export { isPlainObject } from './process/plain-object.ts';
export { isText } from './text.ts';
export { diskError, ifPresent } from './targets/disk-error.ts';
export { WrittenFolder } from './targets/written-folder.ts';
export { spokenCode } from './report/masking/spoken-code.ts';
export { spokenNames } from './report/masking/spoken-names.ts';

/** As `holdsFor` of the formulas, loaded when a target asks for it: few do, and every start would pay. */
export async function holdsFor(source: string, view: AnswerView, length: number): Promise<boolean | undefined> {
  const formulas = await import('./mapping/formulas/answer-formula.ts');
  return formulas.holdsFor(source, view, length);
}

/** What a fetched file holds, sealed on the disk or not. */
export async function bytesOf({ path, read }: Attachment): Promise<Buffer> {
  if (read !== undefined) return read();
  if (path === undefined) throw new Error('an attachment has a path or can be read');
  return readFile(path);
}

/** What an error of the contract says to people; undefined for any other error, whose words may quote anybody. */
export function errorText(error: unknown): Text | undefined {
  if (adapterErrorKind(error) === undefined) return undefined;
  const text: unknown = error instanceof Error && 'text' in error ? error.text : undefined;
  return isText(text) ? { ru: text.ru, en: text.en } : undefined;
}

/** Seconds after which the target wants to be asked again, of an error that says so. */
export function errorRetryAfter(error: unknown): number | undefined {
  const seconds: unknown = error instanceof Error && 'retryAfter' in error ? error.retryAfter : undefined;
  return typeof seconds === 'number' && seconds >= 0 ? seconds : undefined;
}
