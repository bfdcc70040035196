import type { DeliveryContext } from '../../src/adapter.ts';
import { shortHash } from '../drop/disk.ts';

export const placeholders: readonly string[] = ['date', 'target', 'id', 'key', 'number', 'row.COLUMN'];

/** Whether a placeholder is known: one of the list, or a column of the record. */
export function isPlaceholder(name: string): boolean {
  return placeholders.includes(name) || /^row\..+/.test(name);
}

/**
 * `{date}` is the day on which the record was mapped, in the configured zone; `{key}` stands for the idempotency key,
 * `{row.Отдел}` for the record's cell, made fit for a file name. `{number}` stays, for whoever counts the files.
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

  of(
    delivery: Pick<DeliveryContext, 'id' | 'createdAt' | 'idempotencyKey'>,
    cells: ReadonlyMap<string, string> = new Map(),
  ): string {
    const name = this.#pattern.replace(/\{([^{}]+)\}/g, (whole, part: string) => {
      switch (part) {
        case 'date':
          return this.#days.format(delivery.createdAt);
        case 'id':
          return String(delivery.id);
        case 'key':
          return shortHash(delivery.idempotencyKey);
        default:
          return part.startsWith('row.') ? fileSafe(cells.get(part.slice(4)) ?? '') : whole;
      }
    });
    // Windows keeps these for devices, whatever follows the first dot; a dot hides a file, a blank is lost.
    return /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(name) || /^[. ]/.test(name) ? `_${name}` : name;
  }
}

// Of 255 bytes that a name may have, six are for its number, and Cyrillic takes two each.
const longestPart = 80;

/** What comes from a record leads out of no folder, hides nothing and is no longer than a disk takes. */
export function fileSafe(text: string): string {
  const safe = text
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}\p{M}._ -]+/gu, '_')
    .replace(/^[. ]+|[. ]+$/g, '');
  let cut = '';
  for (const character of safe) {
    if (Buffer.byteLength(cut + character) > longestPart) break;
    cut += character;
  }
  return cut.trimEnd() || '_';
}

/** The name that all rows of a target share, but for the day; undefined when each delivery has a file of its own. */
export function commonName(pattern: string, target: string, gathers = false): string | undefined {
  const own = gathers ? /\{(?:id|key)\}/ : /\{(?:id|key|number)\}/;
  return own.test(pattern) ? undefined : ofTarget(pattern, target);
}

function ofTarget(pattern: string, target: string): string {
  return pattern.replaceAll('{target}', target.replace(/[^\p{L}\p{N}._-]/gu, '_'));
}

/** Whether a name pattern stays in its folder, also on Windows, and is not hidden from those who look there. */
export function staysInFolder(pattern: string): boolean {
  return !/[/\\<>:"|?*\p{Cc}]|^\.|[. ]$/u.test(pattern);
}
