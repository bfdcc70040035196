import { hash } from 'node:crypto';
import type { Transaction } from '../database/connection.ts';
import { statement } from '../database/statement.ts';
import type { Text } from '../text.ts';

/** What several failures have in common. */
export interface Cause {
  /** Fingerprint of all the rest. */
  readonly id: string;
  readonly target: string;
  readonly kind: CauseKind;
  /** What went wrong, for machines, when the adapter says so. */
  readonly code: string | null;
  /** The field or set that it is about. */
  readonly field: string | null;
  /** What the first of its failures said. */
  readonly text: Text;
}

/** Giving up is no kind of its own: what was tried long enough failed of the same. */
export type CauseKind = 'unavailable' | 'rejected' | 'unknown outcome' | 'mapping failed';

const longest = 2000;

/** Failures with the same target, kind, code, field and sentence, but for its variable parts, have one cause. */
export function causeOf(
  target: string,
  kind: CauseKind,
  said: Text | null,
  { code = null, field = null }: { readonly code?: string | null; readonly field?: string | null } = {},
): Cause {
  const text = { ru: (said?.ru ?? '').slice(0, longest), en: (said?.en ?? '').slice(0, longest) };
  const sentence = code === null ? withoutVariables(text.en) : '';
  const id = hash('sha256', JSON.stringify([target, kind, code, field, sentence])).slice(0, 16);
  return { id, target, kind, code, field, text };
}

/**
 * Numbers but HTTP statuses, ids, what is quoted and what was masked go: they differ from one failure of a kind to the
 * next. A trace id is told by its digits among letters: `req-9f8e7d6c`, `01JDQ3K7V8`.
 */
function withoutVariables(sentence: string): string {
  return sentence
    .replaceAll(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi, '#')
    .replaceAll(/[\p{L}\p{N}_+/=-]{8,}/gu, (word) => (isTrace(word) ? '#' : word))
    .replaceAll(/\d+/g, (digits) => (/^[45]\d\d$/.test(digits) ? digits : '#'))
    .split(' ')
    .map((word) => (word.includes('•') ? '•' : word))
    .filter((word, place, words) => word !== '•' || words[place - 1] !== '•')
    .join(' ');
}

/** Letters and digits by turns, at least three times: no word, no name of a field, no code such as `HTTP2` or `SHA256`. */
function isTrace(word: string): boolean {
  return (word.match(/\p{N}+/gu)?.length ?? 0) >= 3 && /[a-z]/i.test(word);
}

const insertCause = statement<Omit<Cause, 'text'> & { text: string }>(`
  insert into causes (id, target, kind, code, field, text) values (:id, :target, :kind, :code, :field, :text)
  on conflict (id) do nothing`);

/** Before the deliveries that name them; in one order, so that two who keep the same wait for each other in turn. */
export async function keepCauses(transaction: Transaction, causes: readonly Cause[]): Promise<void> {
  const distinct = new Map(causes.map((cause) => [cause.id, cause]));
  for (const id of [...distinct.keys()].toSorted()) {
    const cause = distinct.get(id);
    if (cause !== undefined) await insertCause(transaction, { ...cause, text: JSON.stringify(cause.text) });
  }
}
