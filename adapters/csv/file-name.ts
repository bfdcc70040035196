import type { DeliveryContext } from '../../src/adapter.ts';
import { shortHash } from '../drop/disk.ts';

export const placeholders: readonly string[] = ['date', 'target', 'id', 'key'];

/**
 * `{date}` is the day on which the record was mapped, in the configured zone; `{key}` stands for the idempotency key.
 */
export class FileName {
  readonly #pattern: string;
  readonly #days: Intl.DateTimeFormat;

  constructor(pattern: string, target: string, zone: string) {
    this.#pattern = ofTarget(pattern, target);
    // Swedish writes dates as YYYY-MM-DD.
    this.#days = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
  }

  of(delivery: Pick<DeliveryContext, 'id' | 'createdAt' | 'idempotencyKey'>): string {
    return this.#pattern.replace(/\{(\w+)\}/g, (whole, name: string) => {
      switch (name) {
        case 'date':
          return this.#days.format(delivery.createdAt);
        case 'id':
          return String(delivery.id);
        case 'key':
          return shortHash(delivery.idempotencyKey);
        default:
          return whole;
      }
    });
  }
}

/** The name that all rows of a target share, but for the day; undefined when each delivery has a file of its own. */
export function commonName(pattern: string, target: string): string | undefined {
  return /\{(?:id|key)\}/.test(pattern) ? undefined : ofTarget(pattern, target);
}

function ofTarget(pattern: string, target: string): string {
  return pattern.replaceAll('{target}', target.replace(/[^\p{L}\p{N}._-]/gu, '_'));
}

/** Whether a name pattern stays in its folder, also on Windows, and is not hidden from those who look there. */
export function staysInFolder(pattern: string): boolean {
  // eslint-disable-next-line no-control-regex
  return !/[/\\<>:"|?*\x00-\x1f]|^\.|[. ]$/.test(pattern);
}
