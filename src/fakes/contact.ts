import { toPhone } from '../mapping/conversions/phone.ts';
import { draw, drawDigits } from './draw.ts';
import { otherDigits } from './words.ts';

export function isEmail(text: string): boolean {
  return /^\s*[^\s@]+@[^\s@]+\s*$/.test(text);
}

/** `person1234@example.com` (RFC 2606): no post goes anywhere. */
export function fakeEmail(text: string): string {
  return `person${fourDigits(text, 'email')}@example.com`;
}

export function isUrl(text: string): boolean {
  return /^\s*(?:[a-z][a-z0-9+.-]*:\/\/|www\.|mailto:|tel:)/i.test(text);
}

export function fakeUrl(text: string): string {
  return `https://example.com/${fourDigits(text, 'url')}`;
}

export function isPhone(text: string, named: boolean): boolean {
  const digits = text.replaceAll(/\D/g, '');
  if (!/^[\d\s()+.‐‑–—-]+$/.test(text) || digits.length > 15) return false;
  return named
    ? digits.length >= 5
    : digits.length >= 10 && (/^\s*\+/.test(text) || /^[78]?9\d{9}$/.test(digits) || /[\s()-]/.test(text.trim()));
}

/**
 * Written alike. A Russian number becomes one of +7 900 000-xx-xx; what was a number that exists stays one where that
 * can be.
 */
export function fakePhone(text: string): string {
  const digits = text.replaceAll(/\D/g, '');
  const mustExist = toPhone(text).ok;
  let fake = text;
  for (let attempt = 0; attempt < 60; attempt += 1) {
    fake = written(text, otherNumber(digits, attempt));
    if (fake !== text && (!mustExist || toPhone(fake).ok)) return fake;
  }
  return fake === text ? written(text, otherDigits(digits)) : fake;
}

function otherNumber(digits: string, attempt: number): string {
  const purpose = `phone ${attempt}`;
  if (/^[78]?9\d{9}$/.test(digits)) return `${digits.slice(0, -10)}900000${drawDigits(digits, 4, purpose)}`;
  const kept = Math.min(3, digits.length - 4);
  return `${digits.slice(0, kept)}${drawDigits(String(draw(digits, 1000, purpose)), digits.length - kept, purpose)}`;
}

function written(form: string, digits: string): string {
  let at = 0;
  return form.replaceAll(/\d/g, () => digits[at++] ?? '0');
}

function fourDigits(text: string, purpose: string): string {
  return String(draw(text, 10_000, purpose)).padStart(4, '0');
}
