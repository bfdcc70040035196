import { mixed } from 'yup';
import { type Adapter, type AdapterClass, type Finding, type Text, UnavailableError } from '../adapter.ts';

/** Seconds; the class is read at the start, so only a start mends it. */
const pause = 60;

/**
 * Stands in for a class of somebody's own that does not come to life: what its target is owed waits, without attempts,
 * and everything else goes on, for a webhook that gets no answer is switched off by Huntflow.
 */
export class HeldAdapter implements Adapter<unknown> {
  readonly #why: Text;

  constructor(why: Text) {
    this.#why = why;
  }

  async deliver(): Promise<never> {
    throw new UnavailableError(
      {
        ru: `Записи ждут: ${this.#why.ru}. Исправьте класс и перезапустите службу.`,
        en: `The records wait: ${this.#why.en}. Mend the class and restart the service.`,
      },
      { retryAfter: pause, holds: 'target' },
    );
  }

  async check(): Promise<Finding[]> {
    return [{ level: 'error', text: this.#why }];
  }
}

/** The class of a file that cannot be loaded; takes every record, for nobody knows what the right one would. */
export function heldClass(why: Text): AdapterClass {
  return class Held extends HeldAdapter {
    static readonly type = 'held';
    static readonly settings = mixed();
    static readonly record = mixed();

    constructor() {
      super(why);
    }
  };
}
