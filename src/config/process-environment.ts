import { type Language, languageOf } from '../text.ts';
import type { Environment } from './environment.ts';

/** The only reader of the environment. */
export function environment(): Environment {
  return process.env;
}

let chosen: Language | undefined;

/** What `--lang` or the folder says holds for the whole process; undefined: nobody says anything. */
export function chooseLanguage(language: Language | undefined): void {
  chosen = language;
}

export function readerLanguage(): Language {
  return chosen ?? languageOf(environment());
}

/** Where a folder keeps the language that `init` was asked to speak: a line of its `.env`. */
export const languageVariable = 'HUNTFLOW_CONNECTOR_LANG';

/** `npm start` and the like. */
export function startedByNpm(): boolean {
  return environment()['npm_lifecycle_event'] !== undefined;
}
