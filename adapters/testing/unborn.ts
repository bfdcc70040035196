import { BrokenFact } from './broken-fact.ts';

/** There is nothing to try: the class, or what the test puts around it, does not come to life. */
export class UnbornError extends BrokenFact {
  constructor(ru: string, en: string, error: unknown) {
    const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    super(`${ru}: ${words}`, `${en}: ${words}`, error);
  }
}
