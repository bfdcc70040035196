import { createHash, createHmac } from 'node:crypto';
import type { AuditEntry } from './entry.ts';

/** The hash of a link: whoever has not the key cannot make another that fits. `previous`: empty for the first. */
export function linkHash(key: string, previous: string, entry: Omit<AuditEntry, 'hash' | 'key'>): string {
  const { seq, at, who, from, action, on } = entry;
  return createHmac('sha256', Buffer.from(key, 'hex'))
    .update(JSON.stringify([previous, seq, at, who, from, action, on]))
    .digest('hex');
}

/** Tells keys apart without giving any of them away. */
export function fingerprint(key: string): string {
  return createHash('sha256').update('audit key').update(Buffer.from(key, 'hex')).digest('hex').slice(0, 16);
}
