import { domainToASCII } from 'node:url';
import { mixed } from 'yup';
import type { Text } from '../../src/adapter.ts';

/**
 * One mailbox. A name with a comma in it is no second address: nodemailer loses the first of `A, B <b@x>` (measured).
 */
export interface Mailbox {
  readonly name?: string | null | undefined;
  readonly address: string;
}

export type Address = string | Mailbox | { readonly email: string };

const say = (ru: string, en: string) => (): Text => ({ ru, en });

/** RFC 5321 4.1.2, the common part of it: no quotes, no blanks, a local part of ASCII (SMTPUTF8 is not everywhere). */
const isMailbox = (text: string): boolean =>
  text.length <= 254 && /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u.test(text);

/** As SMTP takes it: a domain of other letters in its ASCII form, for SMTPUTF8 is not everywhere (facts/targets.md 5). */
export function wireAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}@${domainToASCII(address.slice(at + 1)) || address.slice(at + 1)}`;
}

/** Undefined for what is no address. */
export function mailboxOf(value: unknown): { readonly name: string; readonly address: string } | undefined {
  if (typeof value === 'string') return isMailbox(value.trim()) ? { name: '', address: value.trim() } : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  const { name, address, email }: { name?: unknown; address?: unknown; email?: unknown } = { ...value };
  const found = typeof address === 'string' ? address.trim() : typeof email === 'string' ? email.trim() : '';
  if (!isMailbox(found)) return undefined;
  return { name: typeof name === 'string' ? oneLine(name) : '', address: found };
}

/** Line ends end a header (RFC 5322 2.2): none gets into one. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();

/** A field of one address or a list; nulls in a list are passed over. */
export const addresses = (name: string) =>
  mixed<Address | readonly (Address | null)[]>().test(
    'addresses',
    say(
      `${name}: нужен адрес почты (латиницей до @), { name, address } или список таких`,
      `${name}: an e-mail address (ASCII before the @), { name, address } or a list of them is needed`,
    ),
    (value) =>
      value === undefined ||
      value === null ||
      (Array.isArray(value)
        ? value.every((one) => one === null || mailboxOf(one) !== undefined)
        : mailboxOf(value) !== undefined),
  );

/** As they are to be written, in their order, each once. */
export function mailboxes(value: Address | readonly (Address | null)[] | null | undefined) {
  const seen = new Set<string>();
  return [value].flat().flatMap((one) => {
    const mailbox = mailboxOf(one);
    if (mailbox === undefined || seen.has(mailbox.address.toLowerCase())) return [];
    seen.add(mailbox.address.toLowerCase());
    return [mailbox];
  });
}
