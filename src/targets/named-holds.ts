import { createHash } from 'node:crypto';
import { maskKey } from '../report/mask.ts';

/** What an adapter holds by a name of its own: one chat, while the others flow. */
export interface NamedHold {
  /** Digest of the name, which may be somebody's address. */
  readonly digest: string;
  /** The name as it may be shown. */
  readonly label: string;
  /** Milliseconds since 1970. */
  readonly until: number;
  /** Milliseconds; one that ends further away than this is a leap of the clock, and over. */
  readonly length: number;
}

/** Names kept for a target; the ones that are held longest stay. */
const mostNames = 1000;

export function namedHold(name: string, now: number, length: number): NamedHold {
  return { digest: digestOf(name), label: maskKey(name), until: now + length, length };
}

/** Milliseconds that a name is still held; 0: it is not. */
export function heldFor(holds: readonly NamedHold[], name: string, now: number): number {
  const digest = digestOf(name);
  const hold = holds.find((each) => each.digest === digest);
  return hold === undefined || isOver(hold, now) ? 0 : hold.until - now;
}

/** Those that still hold. */
export function holding(holds: readonly NamedHold[], now: number): NamedHold[] {
  return holds.filter((hold) => !isOver(hold, now));
}

/** With one more; of two of a name the longer one holds. */
export function withHold(holds: readonly NamedHold[], added: NamedHold, now: number): NamedHold[] {
  const others = holding(holds, now).filter(({ digest, until }) => digest !== added.digest || until > added.until);
  if (others.some(({ digest }) => digest === added.digest)) return others;
  return [...others, added].toSorted((a, b) => b.until - a.until).slice(0, mostNames);
}

function isOver({ until, length }: NamedHold, now: number): boolean {
  return until <= now || until - now > length;
}

function digestOf(name: string): string {
  return createHash('sha256').update(name).digest('base64url').slice(0, 22);
}
