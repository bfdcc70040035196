import type { InferType } from 'yup';
import type { AuditEntry } from '../audit/entry.ts';
import { id, isoTime, listOf, shape, text, time } from './shape.ts';

/** Who did what, when, on what and from where. */
export const auditSchema = shape({
  id: id(),
  at: time(),
  who: text(),
  from: text(),
  action: text(),
  on: listOf(text()),
  hash: text(),
});

export function shownAudit({ seq, at, who, from, action, on, hash }: AuditEntry): InferType<typeof auditSchema> {
  return { id: seq, at: isoTime(at), who, from, action, on: [...on], hash };
}
