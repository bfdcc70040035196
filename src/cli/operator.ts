import { userInfo } from 'node:os';
import type { Actor } from '../audit/entry.ts';
import type { Composition } from '../container.ts';

/** The operating system's user; a number where it has no name, as in a container. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}

/** Whoever runs a command, as the audit knows him. */
export function operator({ audit }: Pick<Composition, 'audit'>): Actor {
  return audit.actor(userName(), 'cli');
}
