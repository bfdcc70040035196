import { type Language, languageOf } from '../text.ts';
import type { Environment } from './environment.ts';

/** The only reader of the environment. */
export function environment(): Environment {
  return process.env;
}

export function readerLanguage(): Language {
  return languageOf(environment());
}

/** `npm start` and the like. */
export function startedByNpm(): boolean {
  return environment()['npm_lifecycle_event'] !== undefined;
}
