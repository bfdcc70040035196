import { createHash } from 'node:crypto';
import { errorCode } from '../../src/toolkit.ts';
import type { Depot } from './depot.ts';

/** A small file that stands beside another once that one is whole: its checksum, or the word that it is ready. */
export interface Companion {
  /** What follows the other's name: `.sha256`, `.ready`. */
  readonly suffix: string;
  /** What stands before the other's name in it; empty for a marker. */
  readonly digest: string;
}

export interface CompanionRules {
  readonly checksum?: 'md5' | 'sha256' | undefined;
  readonly ready?: string | undefined;
}

/** In the order in which they appear: readers wait for the last. */
export function companionsOf(bytes: Uint8Array, { checksum, ready }: CompanionRules): Companion[] {
  const companions: Companion[] = [];
  if (checksum !== undefined)
    companions.push({ suffix: `.${checksum}`, digest: createHash(checksum).update(bytes).digest('hex') });
  if (ready !== undefined) companions.push({ suffix: ready, digest: '' });
  return companions;
}

/** Puts those that are missing beside `name`; a checksum is what sha256sum and md5sum read. */
export async function placeCompanions(name: string, companions: readonly Companion[], depot: Depot): Promise<void> {
  for (const { suffix, digest } of companions) {
    const file = depot.path(`${name}${suffix}`);
    const hidden = depot.path(`.${name}${suffix}.part`);
    await depot.writeHidden(hidden, Buffer.from(digest === '' ? '' : `${digest}  ${name}\n`));
    if ((await depot.place(hidden, file)) === 'taken') await depot.remove(hidden);
  }
}

/** After a crash: a file whose reader has it already needs none. */
export async function completeCompanions(name: string, companions: readonly Companion[], depot: Depot): Promise<void> {
  if (companions.length === 0 || !(await depot.exists(depot.path(name)))) return;
  try {
    await placeCompanions(name, companions, depot);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}
