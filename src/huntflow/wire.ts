import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Hmac } from 'node:crypto';
import type { Json } from './json.ts';

/**
 * A document as Huntflow writes it (facts/huntflow.md 1.4): a space after each comma and colon, ASCII only, `<\/` for
 * `</`. JSON.stringify gives other bytes, and so another signature.
 */
export function wireBytes(document: Json): Buffer {
  return Buffer.from(written(document), 'ascii');
}

function written(value: Json): string {
  if (typeof value === 'string') return writtenText(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, item]) => `${writtenText(key)}: ${written(item)}`)
    .join(', ')}}`;
}

function writtenText(text: string): string {
  return JSON.stringify(text)
    .replaceAll('</', '<\\/')
    .replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** HMAC-SHA256 of the raw bytes in lower-case hex: the value of X-Huntflow-Signature. */
export function sign(secret: string, bytes: Uint8Array): string {
  return createHmac('sha256', secret).update(bytes).digest('hex');
}

export function verify(secrets: readonly string[], bytes: Uint8Array, signature: string | undefined): boolean {
  return new SignatureCheck(secrets).update(bytes).matches(signature);
}

/**
 * Checks a body while it streams, against every secret that is valid now. An empty secret counts as none, and without
 * secrets nothing matches. Digests are compared as bytes, so the case of the hex does not matter.
 */
export class SignatureCheck {
  readonly #hmacs: readonly Hmac[];
  #digests: readonly Buffer[] | undefined;

  constructor(secrets: readonly string[]) {
    this.#hmacs = secrets.filter((secret) => secret !== '').map((secret) => createHmac('sha256', secret));
  }

  update(chunk: Uint8Array): this {
    for (const hmac of this.#hmacs) hmac.update(chunk);
    return this;
  }

  /** Ends the reading; may be asked again. Every secret is compared, so the time taken does not tell which one fits. */
  matches(signature: string | undefined): boolean {
    this.#digests ??= this.#hmacs.map((hmac) => hmac.digest());
    const hex = signature?.trim() ?? '';
    if (!/^[0-9a-f]{64}$/i.test(hex)) return false;
    const given = Buffer.from(hex, 'hex');
    let found = false;
    for (const digest of this.#digests) found = timingSafeEqual(digest, given) || found;
    return found;
  }
}
